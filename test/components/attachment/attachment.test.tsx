import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  Attachment,
  AttachmentFacts,
  AttachmentName,
  AttachmentPicture,
  AttachmentRemove,
  AttachmentRoot,
} from '../../../src/components.ts';
import { itConforms } from '../conformance.tsx';

const pdf = { name: 'tides.pdf', mediaType: 'application/pdf', size: 1_843_200 };

itConforms('Attachment', <Attachment file={pdf} onRemove={() => undefined} />, { slot: 'attachment', tag: 'div' });
itConforms('AttachmentRoot', <AttachmentRoot />, { slot: 'attachment', tag: 'div' });
itConforms('AttachmentPicture', <AttachmentPicture />, { slot: 'attachment-picture', tag: 'img' });
itConforms('AttachmentName', <AttachmentName>x</AttachmentName>, { slot: 'attachment-name', tag: 'span' });
itConforms('AttachmentFacts', <AttachmentFacts />, { slot: 'attachment-facts', tag: 'span' });
itConforms('AttachmentRemove', <AttachmentRemove />, { slot: 'attachment-remove', tag: 'button' });

describe('Attachment', () => {
  it('is named by its file, and tells its kind and size', () => {
    render(<Attachment file={pdf} />);
    expect(screen.getByRole('group', { name: 'Attachment tides.pdf' }).textContent).toContain('PDF · 1.8 MB');
  });

  it('shows a picture that the page holds, and no other', () => {
    const { container, rerender } = render(<Attachment file={{ mediaType: 'image/png', base64: 'AAAA' }} />);
    expect(container.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,AAAA');
    const remote = { mediaType: 'image/png', url: 'https://tracker.example/x.png' };
    rerender(<Attachment file={remote} />);
    expect(container.querySelector('img')).toBeNull();
    rerender(<Attachment file={remote} allowImages />);
    expect(container.querySelector('img')?.getAttribute('src')).toBe(remote.url);
    rerender(<Attachment file={{ mediaType: 'image/svg+xml', url: 'data:image/svg+xml,x' }} allowImages />);
    expect(container.querySelector('img')).toBeNull();
  });

  it('links to what can be fetched, and never to code', () => {
    const { rerender } = render(<Attachment file={{ ...pdf, url: 'https://x.example/tides.pdf' }} />);
    expect(screen.getByRole('link', { name: 'tides.pdf' }).getAttribute('download')).toBe('tides.pdf');
    rerender(<Attachment file={{ ...pdf, url: 'javascript:alert(1)' }} />);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('can be taken away', async () => {
    let removed = 0;
    render(<Attachment file={pdf} onRemove={() => (removed += 1)} />);
    await userEvent.click(screen.getByRole('button', { name: 'Remove tides.pdf' }));
    expect(removed).toBe(1);
  });
});
