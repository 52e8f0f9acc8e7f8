// Another answer in the place of one that was cut and cannot be gone on with: asked for and read behind what stands,
// which it replaces only when it is whole.
import type { Clock } from '../base/clock.ts';
import type { StreamError } from '../base/errors.ts';
import { appendMessages, forkAfter, messageById, placeBefore } from '../message/conversation.ts';
import { endMessage, reduceMessage } from '../message/reduce.ts';
import type { Conversation, Message } from '../message/message.ts';
import type { Chunk } from '../protocol/chunk.ts';
import type { Turn, TurnEnding } from './turn.ts';

export interface Restarted<Opened> {
  readonly opened: Opened;
  readonly message: Message;
  readonly ending: TurnEnding;
  /** What the whole answer came as. */
  readonly chunks: readonly Chunk[];
}

export interface RestartOptions<Opened> {
  readonly clock: Clock;
  /** The empty message of a new version. */
  readonly newVersion: () => Message;
  /** Opens the turn that fills `base`; `standing` gives what is there of it. */
  readonly open: (base: Message, standing: () => Message) => Opened;
}

/** Every restart is a generation that is paid for. */
const maxRestarts = 3;

/**
 * Only where the same answer cannot be had: a connection that was given up can be tried again by hand. An answer that was
 * continued stays too, because its tools would run again. What the caller's own code threw another try would throw again.
 */
export function mayRestart(base: Message, error: StreamError | undefined): boolean {
  return base.parts.length === 0 && error?.code !== 'retries-exhausted' && error?.code !== 'option-failed';
}

/** Tries until an answer ends otherwise than interrupted, a few times; gives the last one. */
export async function restart<Opened extends { readonly turn: Turn }>(
  options: RestartOptions<Opened>,
): Promise<Restarted<Opened>> {
  for (let left = maxRestarts; ; left -= 1) {
    const restarted = await readBehind(options);
    if (restarted.ending !== 'interrupted' || left <= 1) return restarted;
  }
}

async function readBehind<Opened extends { readonly turn: Turn }>({
  clock,
  newVersion,
  open,
}: RestartOptions<Opened>): Promise<Restarted<Opened>> {
  const base = newVersion();
  let message = base;
  let chunks: Chunk[] = [];
  const opened = open(base, () => message);
  for await (const update of opened.turn.updates) {
    if (update.kind === 'end') {
      return { opened, message: endMessage(message, update.ending, clock.now()), ending: update.ending, chunks };
    }
    message = reduceMessage(update.replace ? base : message, update.chunks, clock.now());
    if (update.replace) chunks = [];
    for (const chunk of update.chunks) chunks.push(chunk);
  }
  return { opened, message, ending: 'interrupted', chunks };
}

/** The new version in the place of the old one, which is kept as `interrupted`. */
export function swapVersion(conversation: Conversation, old: Message, fresh: Message): Conversation {
  if (messageById(conversation, old.id) === undefined) return conversation;
  return appendMessages(forkAfter(conversation, placeBefore(conversation, old.id)), fresh);
}
