import { render, screen } from '@testing-library/react';
import { version, useId } from 'react';
import { version as domVersion } from 'react-dom';
import { describe, expect, it } from 'vitest';

const Numbered = () => <p>{useId()}</p>;

describe('this run', () => {
  it('really uses React 18.2', () => {
    expect([version, domVersion]).toEqual(['18.2.0', '18.2.0']);
  });

  it('renders with it', () => {
    render(<Numbered />);
    expect(screen.getByText(/:r/)).toBeInstanceOf(HTMLParagraphElement);
  });
});
