import { act, render, renderHook, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import { useChatStream, type UseChatStreamOptions } from '../../src/hooks/use-chat-stream.ts';
import { useConnectionStatus } from '../../src/hooks/use-connection-status.ts';
import type { Message } from '../../src/message/message.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import type { Script, ScriptStep } from '../../src/transport/script.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const token = (text: string): ScriptStep => ({ event: 'token', data: JSON.stringify({ token: text }) });
const done: ScriptStep = { event: 'done', data: '{}' };

function setup(script: Script, options: Partial<UseChatStreamOptions> = {}) {
  const clock = createFakeClock();
  const transport = scriptedTransport(script, { clock });
  const renders: string[] = [];
  const hook = renderHook(
    (props: Partial<UseChatStreamOptions>) => {
      const chat = useChatStream({
        url: '/chat',
        protocol: namedEvents(),
        transport,
        platform: { clock },
        ...options,
        ...props,
      });
      renders.push(chat.messages.map(textOf).join('|'));
      return chat;
    },
    { wrapper: StrictMode, initialProps: {} },
  );
  const pass = (ms: number) => act(() => clock.pass(ms));
  const frame = async () => {
    await pass(0);
    act(() => clock.frame());
  };
  return { ...hook, clock, transport, renders, pass, frame };
}

function textOf(message: Message): string {
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

describe('useChatStream', () => {
  it('sends nothing until asked, and one request then, in StrictMode too', async () => {
    const { result, transport, pass } = setup({ steps: [token('Hello'), done] });
    await pass(0);
    expect(transport.requests).toHaveLength(0);
    await act(async () => {
      await result.current.send('Hi');
    });
    expect(transport.requests).toHaveLength(1);
    expect(JSON.parse(transport.requests[0]?.request.body ?? '')).toMatchObject({ message: 'Hi' });
    expect(result.current.messages.map(textOf)).toEqual(['Hi', 'Hello']);
    expect(result.current).toMatchObject({ status: 'ready', isBusy: false, error: undefined });
  });

  it('shows what a frame brought in one render', async () => {
    const { result, renders, frame } = setup({ steps: [token('a'), token('b'), token('c'), { afterMs: 1_000 }, done] });
    act(() => void result.current.send('Hi'));
    expect(result.current.status).toBe('submitted');
    await frame();
    expect(result.current.status).toBe('streaming');
    const shown = new Set(renders.map((text) => text.split('|')[1]));
    expect([...shown]).toEqual([undefined, '', 'abc']);
  });

  it('keeps functions and finished messages across renders', async () => {
    const { result, frame } = setup([{ steps: [token('one'), done] }, { steps: [token('two'), 'stall'] }]);
    await act(() => result.current.send('Hi'));
    const before = result.current;
    act(() => void result.current.send('again'));
    await frame();
    expect(result.current.send).toBe(before.send);
    expect(result.current.messages[1]).toBe(before.messages[1]);
  });

  it('shows an answer that was cut as interrupted, with its text and a way to try again', async () => {
    const { result } = setup([{ steps: [token('par'), 'lost'] }, { steps: [token('whole'), done] }]);
    await act(() => result.current.send('Hi'));
    expect(result.current).toMatchObject({ status: 'interrupted', error: { code: 'closed-early' } });
    expect(result.current.messages[1]).toMatchObject({ status: 'interrupted', parts: [{ text: 'par' }] });
    await act(() => result.current.retry());
    expect(result.current.messages[1]).toMatchObject({ status: 'complete', parts: [{ text: 'whole' }] });
  });

  it('resumes by hand after it gave up, after what stands', async () => {
    const { result, transport, pass } = setup(
      [
        { steps: [{ event: 'token', data: '{"token":"par"}', id: '7' }, 'lost'] },
        { refuse: { status: 503 } },
        { steps: [token('tial'), done] },
      ],
      { protocol: namedEvents({ resumable: true }), retry: { giveUp: { attempts: 2, afterMs: 0 } } },
    );
    act(() => void result.current.send('Hi'));
    await pass(60_000);
    expect(result.current).toMatchObject({ status: 'interrupted', messages: [{}, { parts: [{ text: 'par' }] }] });
    const outcome = await act(() => result.current.resume());
    expect(outcome.status).toBe('complete');
    expect(result.current.messages[1]).toMatchObject({ status: 'complete', parts: [{ text: 'partial' }] });
    await expect(result.current.resume()).resolves.toEqual({ status: 'refused' });
    expect(transport.requests.at(-1)?.request.headers).toMatchObject({ 'last-event-id': '7' });
  });

  it('goes on with an interrupted answer when the connection is retried by hand', async () => {
    const { result, transport, pass } = setup(
      [
        { steps: [{ event: 'token', data: '{"token":"par"}', id: '7' }, 'lost'] },
        { refuse: { status: 503 } },
        { steps: [token('tial'), done] },
      ],
      { protocol: namedEvents({ resumable: true }), retry: { giveUp: { attempts: 2, afterMs: 0 } } },
    );
    const { result: banner } = renderHook(() => useConnectionStatus(result.current.chat), { wrapper: StrictMode });
    act(() => void result.current.send('Hi'));
    await pass(60_000);
    expect(banner.current.status).toBe('interrupted');
    act(() => banner.current.retryNow());
    await pass(0);
    expect(result.current.messages[1]).toMatchObject({ status: 'complete', parts: [{ text: 'partial' }] });
    expect(banner.current.status).toBe('closed');
    expect(transport.requests.at(-1)?.request.headers).toMatchObject({ 'last-event-id': '7' });
  });

  it('keeps an interrupted answer that cannot be gone on with when the connection is retried by hand', async () => {
    const { result, transport, pass } = setup([{ steps: [token('par'), 'lost'] }, { steps: [token('x'), done] }]);
    await act(() => result.current.send('Hi'));
    act(() => result.current.chat.status.retryNow());
    await pass(0);
    expect(result.current).toMatchObject({ status: 'interrupted', connection: { status: 'interrupted' } });
    expect(transport.requests).toHaveLength(1);
  });

  it('aborts the request when the owner unmounts', async () => {
    const { result, transport, frame, unmount } = setup({ steps: [token('a'), 'stall'] });
    act(() => void result.current.send('Hi'));
    await frame();
    expect(transport.requests[0]?.closed).toBe(false);
    unmount();
    expect(transport.requests[0]?.closed).toBe(true);
  });

  it('leaves a chat that was passed in running when a reader unmounts', async () => {
    const clock = createFakeClock();
    const transport = scriptedTransport({ steps: [token('a'), 'stall'] }, { clock });
    const chat = createChat({ url: '/chat', protocol: namedEvents(), transport, platform: { clock } });
    const { result, unmount } = renderHook(() => useChatStream({ chat }), { wrapper: StrictMode });
    act(() => void result.current.send('Hi'));
    await act(() => clock.pass(0));
    unmount();
    expect(transport.requests[0]?.closed).toBe(false);
    expect(chat.getSnapshot().status).toBe('submitted');
    clock.frame();
    expect(chat.getSnapshot().conversation.messages[1]).toMatchObject({ status: 'streaming', parts: [{ text: 'a' }] });
    chat.dispose();
  });

  it('calls the callbacks of the latest render, with the final message', async () => {
    const finished: string[] = [];
    const { result, rerender, frame, pass } = setup({ steps: [token('Hel'), { afterMs: 100 }, token('lo'), done] });
    act(() => void result.current.send('Hi'));
    await frame();
    rerender({ onFinish: ({ message }: { readonly message: Message }) => void finished.push(textOf(message)) });
    await pass(100);
    expect(finished).toEqual(['Hello']);
  });

  it('uses the headers of the latest render', async () => {
    const { result, rerender, transport } = setup({ steps: [done] });
    rerender({ headers: { Authorization: 'Bearer 2' } });
    await act(() => result.current.send('Hi'));
    expect(transport.requests[0]?.request.headers).toMatchObject({ authorization: 'Bearer 2' });
  });

  it('turns to another conversation with another id, at once and without a trace of the old one', async () => {
    const { result, rerender, transport, frame } = setup({ steps: [token('a'), 'stall'] }, { id: 'first' });
    act(() => void result.current.send('Hi'));
    await frame();
    rerender({ id: 'second' });
    expect(result.current.messages).toEqual([]);
    expect(result.current.chat.id).toBe('second');
    expect(transport.requests[0]?.closed).toBe(true);
  });

  it('shares nothing with another of the same id; what is passed in is shared', async () => {
    const clock = createFakeClock();
    const options = { url: '/chat', id: 'c', protocol: namedEvents(), platform: { clock } };
    const transport = scriptedTransport({ steps: [token('Hello'), done] }, { clock });
    const { result } = renderHook(() => {
      const one = useChatStream({ ...options, transport });
      return [one, useChatStream({ ...options, transport }), useChatStream({ chat: one.chat })] as const;
    });
    await act(() => result.current[0].send('Hi'));
    expect(result.current.map(({ messages }) => messages.map(textOf))).toEqual([['Hi', 'Hello'], [], ['Hi', 'Hello']]);
  });

  it('renders initial messages at once', () => {
    const initial: Message = {
      id: 'm',
      role: 'assistant',
      parts: [{ id: 'p', type: 'text', text: 'Welcome', status: 'complete' }],
      status: 'complete',
      createdAt: 0,
      metadata: {},
      version: 0,
    };
    function Reader() {
      const { messages } = useChatStream({ url: '/chat', protocol: namedEvents(), initialMessages: [initial] });
      return <p>{messages.map(textOf)}</p>;
    }
    render(<Reader />);
    expect(screen.getByText('Welcome')).toBeInstanceOf(HTMLElement);
  });
});
