// Keeps chats across reloads: one bounded record a chat, written now and then, read when the chat is held, and its
// unfinished answer gone on with by one page at a time.
import type { Cancel } from '../base/clock.ts';
import { isStreamError, UsageError } from '../base/errors.ts';
import { exportConversation, importConversation, readMessage } from '../message/export.ts';
import { isRecord, readShape, shaped } from '../message/shape.ts';
import type { ChatContent, ChatStorage, PendingTurn } from '../store/stored-chat.ts';

/** Where records are. Keys are chat ids. */
export interface ChatRecords {
  read(id: string): string | null | undefined | Promise<string | null | undefined>;
  /** `undefined` removes. Called in `pagehide` too, where nothing asynchronous is sure to happen. */
  write(id: string, record: string | undefined): void | Promise<void>;
  /**
   * Calls `onHeld` once this page alone may go on with the chat and write its record, now or later, until the result is
   * called. Default: at once.
   */
  lock?(id: string, onHeld: () => void): Cancel;
  /** Calls `onHide` when the page may be about to go. Default: never. */
  watchHide?(onHide: () => void): Cancel;
}

export interface ChatStorageOptions {
  /** A longer record is written without other versions, or not at all. Default 2,000,000 characters. */
  readonly maxChars?: number;
  /** Least time between two writes. Default 1,000. */
  readonly everyMs?: number;
}

export function chatStorage(records: ChatRecords, options: ChatStorageOptions = {}): ChatStorage {
  const { maxChars = 2_000_000, everyMs = 1_000 } = options;

  return {
    hold(chat) {
      let isHeld = true;
      let mayWrite = false;
      /** The last record; `null` before there was one. */
      let written: string | undefined | null = null;
      let stale = false;
      let cancelTimer: Cancel | undefined;

      /** What the storage throws, a full disk say, is told and ends nothing. */
      async function guarded(run: () => unknown) {
        try {
          await run();
        } catch (thrown) {
          chat.report(isStreamError(thrown) ? thrown : storageError(thrown));
        }
      }

      function write() {
        cancelTimer?.();
        cancelTimer = undefined;
        if (!mayWrite || !stale) return;
        stale = false;
        void guarded(() => {
          const record = serialise(chat.content(), maxChars);
          if (record === written) return undefined;
          written = record;
          if (record === undefined) chat.report(tooLongError(maxChars));
          return records.write(chat.id, record);
        });
      }

      function end() {
        write();
        unsubscribe();
        unhide?.();
        unlock?.();
      }

      function look() {
        stale = true;
        if (mayWrite) cancelTimer ??= chat.clock.after(everyMs, write);
      }

      const load = () =>
        guarded(async () => {
          const record = await records.read(chat.id);
          if (isHeld && typeof record === 'string' && chat.isUntouched) chat.restore(parse(record, chat.id));
        });

      const unsubscribe = chat.subscribe(look);
      const unhide = records.watchHide?.(write);
      const onHeld = () => {
        void load().then(() => {
          if (!isHeld) return;
          mayWrite = true;
          if (stale) look();
          chat.resume();
        });
      };
      // Another page may write this chat: what it has stored is shown meanwhile.
      if (records.lock !== undefined) void load();
      const unlock = records.lock?.(chat.id, onHeld);
      if (unlock === undefined) onHeld();

      return () => {
        isHeld = false;
        // What still runs is being stopped: its last state is the one to keep.
        const { running } = chat;
        if (running === undefined) end();
        else void running.then(end);
      };
    },
  };
}

function serialise({ conversation, pending, draft }: ChatContent, maxChars: number): string | undefined {
  const textOf = (branches: typeof conversation.branches) =>
    JSON.stringify({
      format: 'rivulet-chat',
      version: 1,
      conversation: exportConversation({ ...conversation, branches }),
      turn: pending,
      draft,
    });
  const whole = textOf(conversation.branches);
  if (whole.length <= maxChars) return whole;
  const short = textOf([]);
  return short.length <= maxChars ? short : undefined;
}

function parse(record: string, id: string): ChatContent {
  const value: unknown = JSON.parse(record);
  if (!isRecord(value) || value['format'] !== 'rivulet-chat' || value['version'] !== 1) {
    throw new UsageError('invalid-option', 'The stored chat is of another format or version, so it was not restored.');
  }
  const conversation = { ...importConversation(value['conversation']), id };
  const { draft, turn } = readShape(value, 'chat', {
    draft: 'string',
    'turn?': shaped({
      key: 'string',
      trigger: ['send', 'regenerate', 'retry', 'continue'],
      base: (base, at) => readBase(base, at),
      'cursor?': 'string',
    }),
  }) as { draft: string; turn?: PendingTurn };
  return { conversation, pending: turn, draft };
}

/** As it was, and therefore still to come. */
function readBase(value: unknown, at: string): PendingTurn['base'] {
  return { ...readMessage(value, at), status: 'pending' };
}

function storageError(cause: unknown): UsageError {
  return new UsageError(
    'invalid-option',
    'The chat could not be read from its storage, or written to it. It goes on without.',
    { cause },
  );
}

function tooLongError(maxChars: number): UsageError {
  return new UsageError(
    'invalid-option',
    `The chat is longer than the ${maxChars} characters that are stored, so it would not survive a reload. Raise \`maxChars\`, or keep long chats on a server.`,
  );
}
