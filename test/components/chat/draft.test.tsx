import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import { Chat } from '../../../src/components/chat/chat.tsx';
import { createChat } from '../../../src/compose/create-chat.ts';
import { localChatStorage } from '../../../src/compose/local-chat-storage.ts';
import { namedEvents } from '../../../src/protocol/named-events.ts';
import { scriptedTransport } from '../../../src/transport/scripted.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { message } from '../../support/messages.ts';

const field = () => screen.getByRole('textbox') as HTMLTextAreaElement;

describe('what is being written in a Chat', () => {
  it('is there again after a reload, where the chat persists, and gone once it was sent', async () => {
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    const clock = createFakeClock();
    const transport = scriptedTransport({ steps: [{ event: 'done', data: '{}' }] }, { clock });
    const open = async () => {
      const page = render(
        <StrictMode>
          <Chat
            id="c1"
            url="/chat"
            protocol={namedEvents()}
            transport={transport}
            platform={{ clock }}
            persist={localChatStorage({ storage })}
          />
        </StrictMode>,
      );
      await act(() => clock.pass(2_000));
      return page;
    };
    const user = userEvent.setup();

    const first = await open();
    await user.type(field(), 'Half a question');
    await act(() => clock.pass(2_000));
    first.unmount();

    const second = await open();
    expect(field().value).toBe('Half a question');
    await user.type(field(), '?{Enter}');
    await act(() => clock.pass(2_000));
    expect(field().value).toBe('');
    expect(transport.requests[0]?.request.body).toContain('Half a question?');
    second.unmount();

    await open();
    expect(field().value).toBe('');
    expect(screen.getByText('Half a question?')).toBeTruthy();
  });

  it('renders no message when a key is pressed', async () => {
    const chat = createChat({
      url: '/chat',
      protocol: namedEvents(),
      initialMessages: [
        message({ id: 'm1', parts: [{ id: 'm1/t', type: 'text', text: 'Hello', status: 'complete' }] }),
      ],
    });
    let rendered = 0;
    const parts = {
      text: () => {
        rendered += 1;
        return <p>Hello</p>;
      },
    };
    render(<Chat chat={chat} parts={parts} />);
    const before = rendered;
    await userEvent.setup().type(field(), 'abc');
    expect(chat.draft.getSnapshot()).toBe('abc');
    expect(before).toBeGreaterThan(0);
    expect(rendered).toBe(before);
  });
});
