// One turn without a chat to keep: its chunks by `for await`, or by a callback, and a way to stop it.
import { UsageError } from '../base/errors.ts';
import { randomId } from '../base/random-id.ts';
import type { Message } from '../message/message.ts';
import type { MessageOf, MessageTypes } from '../message/message-types.ts';
import type { Chunk } from '../protocol/chunk.ts';
import { callSafely } from '../base/call-safely.ts';
import type { SendInput, TurnOptions, TurnOutcome } from '../store/chat.ts';
import { createChatStore } from '../store/chat-store.ts';
import { createRetelling } from '../store/retelling.ts';
import { type ChatOptions, checkChatOptions } from './chat-options.ts';
import { turnOpener } from './open-turn.ts';
import { platform } from './platform.ts';

export interface StreamChatOptions<Types extends MessageTypes = MessageTypes>
  extends
    Omit<ChatOptions<Types>, 'whenBusy' | 'throttleMs' | 'onInterrupted' | 'persist' | 'onToolCall'>,
    Pick<TurnOptions, 'body' | 'signal'> {
  /** What is asked. */
  readonly message: string | SendInput<Types>;
  /** Each chunk once, in order. Where it is given, nobody has to iterate. */
  readonly onChunk?: (chunk: Chunk) => void;
}

export interface ChatStream<Types extends MessageTypes = MessageTypes> extends AsyncIterable<Chunk> {
  /** The answer as it stands. */
  readonly message: MessageOf<Types>;
  /**
   * Resolves when the turn has ended, with how; never rejects. Where nobody iterates, chunks that come are folded into
   * `message` and let go.
   */
  finished(): Promise<TurnOutcome<MessageOf<Types>>>;
  /** Ends the turn and aborts its request. What arrived stays. */
  stop(): void;
}

/**
 * Asks at once. Read the answer in one of three ways: iterate, pass `onChunk`, or await `finished()`.
 *
 * Iterating reads no faster than its loop, so a slow one slows the server. Leaving the loop stops the turn. The loop ends
 * with the turn, and throws the turn's `StreamError` where that failed or was interrupted for good. Each chunk comes
 * once, also where the server replays an answer after a loss.
 */
export function streamChat<Types extends MessageTypes = MessageTypes>(
  options: StreamChatOptions<Types>,
): ChatStream<Types>;
export function streamChat(options: StreamChatOptions): ChatStream {
  checkChatOptions(options);
  const { message, body, signal, onChunk, onFinish, onError, observe, generateId = randomId } = options;
  const parts = { ...platform(), ...options.platform };
  const retell = createRetelling();
  let queue: Chunk[] = [];
  let outcome: TurnOutcome | undefined;
  let reader: 'expected' | 'iterates' | 'none' = onChunk === undefined ? 'expected' : 'none';
  /** Lets the turn go on once the loop has taken what came. */
  let drained: (() => void) | undefined;
  /** Tells the loop that there is something to take. */
  let wake: (() => void) | undefined;

  const chat = createChatStore(
    { openTurn: turnOpener(() => options, parts), clock: parts.clock, generateId },
    {
      id: options.id ?? generateId(),
      initialMessages: options.initialMessages,
      callbacks: () => ({ onFinish, onError, observe }),
      onUpdate(update, standing) {
        answer = standing;
        const chunks = retell(update);
        if (onChunk !== undefined) for (const chunk of chunks) callSafely(onChunk, chunk);
        if (reader === 'none' || chunks.length === 0) return undefined;
        queue.push(...chunks);
        wake?.();
        return new Promise((resolve) => (drained = resolve));
      },
    },
  );
  const done = chat.send(message, { ...(body && { body }), ...(signal && { signal }) }).then((ended) => {
    outcome = ended;
    wake?.();
    return ended;
  });

  let answer = chat.getSnapshot().conversation.messages.at(-1) as Message;

  function takeMore() {
    drained?.();
    drained = undefined;
  }

  function stop() {
    chat.stop();
    takeMore();
  }

  function letGo() {
    reader = 'none';
    queue = [];
    takeMore();
  }

  async function* read(): AsyncGenerator<Chunk, void> {
    try {
      for (;;) {
        const chunks = queue;
        queue = [];
        yield* chunks;
        if (queue.length > 0) continue;
        if (outcome !== undefined) break;
        takeMore();
        await new Promise<void>((resolve) => (wake = resolve));
      }
      if (outcome.error !== undefined) throw outcome.error;
    } finally {
      chat.stop();
      letGo();
    }
  }

  return {
    get message() {
      return outcome?.message ?? answer;
    },
    finished() {
      if (reader === 'expected') letGo();
      return done;
    },
    stop,
    [Symbol.asyncIterator]() {
      if (reader === 'iterates') {
        throw new UsageError('invalid-option', 'A chat stream was iterated twice, but its chunks come once.');
      }
      reader = 'iterates';
      return read();
    },
  };
}
