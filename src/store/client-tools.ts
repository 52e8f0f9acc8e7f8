// Runs the calls that the client is to run, by the caller's `onToolCall`, each once.
import type { Message, ToolPart } from '../message/message.ts';
import type { ClientToolCall } from './chat.ts';

export interface ToolAnswer {
  readonly callId: string;
  readonly result: unknown;
  readonly error: boolean;
}

/** A call that waits for the client: whole, without a result, and allowed where it had to be. */
export function isClientCall(part: Message['parts'][number]): part is ToolPart {
  return part.type === 'tool' && part.by === 'client' && part.status === 'called';
}

export interface ClientTools {
  /** Starts what is new in the message; answers arrive by `onAnswer`, now or later. */
  run(message: Message): void;
}

export function createClientTools(
  onToolCall: () => ((call: ClientToolCall) => unknown) | undefined,
  onAnswer: (answer: ToolAnswer) => void,
): ClientTools {
  const begun = new Set<string>();

  async function runCall(handle: (call: ClientToolCall) => unknown, call: ClientToolCall): Promise<void> {
    try {
      const result = await handle(call);
      if (result !== undefined) onAnswer({ callId: call.id, result, error: false });
    } catch (error) {
      // The model is told that its call failed and can go on; the words are the tool's own.
      onAnswer({ callId: call.id, result: error instanceof Error ? error.message : String(error), error: true });
    }
  }

  return {
    run(message) {
      const handle = onToolCall();
      if (handle === undefined) return;
      for (const part of message.parts) {
        if (!isClientCall(part)) continue;
        const key = `${message.id} ${message.round ?? 0} ${part.callId}`;
        if (begun.has(key)) continue;
        begun.add(key);
        void runCall(handle, { id: part.callId, name: part.name, args: part.args, message });
      }
    },
  };
}
