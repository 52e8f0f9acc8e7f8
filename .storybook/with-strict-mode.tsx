// The toolbar's StrictMode: effects run twice, as they do in development.
import type { Decorator } from '@storybook/react-vite';
import { StrictMode } from 'react';

export const withStrictMode: Decorator = (Story, { globals }) =>
  globals['strict'] === 'on' ? (
    <StrictMode>
      <Story />
    </StrictMode>
  ) : (
    <Story />
  );
