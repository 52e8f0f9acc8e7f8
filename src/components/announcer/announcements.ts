// What a listener should be told when a conversation goes from one state to the next. Pure: two states in, texts out.
//
// | what became true                          | said                                             | how        |
// | ----------------------------------------- | ------------------------------------------------ | ---------- |
// | an answer began                           | that it is being answered, once a turn           | politely   |
// | a tool began, ended, asks, failed         | so, with its name                                | politely   |
// | the answer is whole                       | its text if short, else that it is, and how long | politely   |
// | it was stopped or broke off               | so                                               | politely   |
// | it failed                                 | why                                              | at once    |
// | the connection's trouble began or passed  | so                                               | politely   |
// | messages were there, or came in whole     | nothing                                          |            |
import type { ConnectionState } from '../../connection/connection-state.ts';
import type { Message, ToolPart } from '../../message/message.ts';
import type { announceTexts, messageTexts, troubleTexts } from '../../labels/texts.ts';
import { connectionTrouble } from '../connection-banner/connection-trouble.ts';
import { endMark } from '../internal/end-mark.ts';
import { errorLabel } from '../internal/error-label.ts';
import type { Wording } from '../internal/labels-context.tsx';
import { messageText } from '../internal/message-text.ts';
import { speakable } from './speakable.ts';

/** `complete`: the answer when it is whole. `sentences`: each sentence as it is. `status`: never the answer itself. */
export type AnnouncePolicy = 'complete' | 'sentences' | 'status' | 'off';

export interface Announcement {
  readonly text: string;
  readonly urgency: 'polite' | 'assertive';
  /** Tool steps come in bursts: the caller may drop some. */
  readonly kind: 'turn' | 'tool' | 'connection' | 'sentence';
}

/** What was last looked at, and how much of the living answer was already said. */
export interface Heard {
  readonly messages: readonly Message[];
  readonly connection: ConnectionState | undefined;
  /** Turns that were seen alive, by id and version: only they are spoken of. */
  readonly living: ReadonlySet<string>;
  /** Characters of the newest answer that were spoken as sentences. */
  readonly spoken: number;
}

type AnnouncerWording = Wording<keyof typeof announceTexts | keyof typeof messageTexts | keyof typeof troubleTexts>;

/** Longer answers are told by their length. */
const longestSpoken = 500;

export function beginHearing(messages: readonly Message[], connection: ConnectionState | undefined): Heard {
  return { messages, connection, living: new Set(messages.filter(isLive).map(turnOf)), spoken: 0 };
}

export function hear(
  heard: Heard,
  messages: readonly Message[],
  connection: ConnectionState | undefined,
  policy: AnnouncePolicy,
  wording: AnnouncerWording,
): readonly [Heard, readonly Announcement[]] {
  const said: Announcement[] = [];
  const living = new Set(heard.living);
  let spoken = heard.spoken;
  if (messages !== heard.messages) {
    // A thread may be long, and this runs with every token: what comes first is mostly the same.
    const same = messages.findIndex((message, index) => message !== heard.messages[index]);
    const changed = same < 0 ? [] : messages.slice(same);
    const before = new Map(heard.messages.slice(Math.max(0, same)).map((message) => [message.id, message]));
    for (const message of changed) {
      const old = before.get(message.id);
      if (old === message || message.role !== 'assistant') continue;
      const turn = turnOf(message);
      if (isLive(message) && !living.has(turn)) {
        living.add(turn);
        spoken = 0;
        said.push(turnSays(wording.say('announceResponding')));
      }
      if (!living.has(turn)) continue;
      said.push(...toolAnnouncements(old, message, wording));
      if (policy === 'sentences') {
        const [upTo, sentences] = newSentences(messageText(message), spoken, !isLive(message), wording.locale);
        spoken = upTo;
        for (const text of sentences) said.push({ text, urgency: 'polite', kind: 'sentence' });
      }
      if (!isLive(message)) {
        living.delete(turn);
        said.push(endOf(message, policy, wording));
      }
    }
  }
  said.push(...connectionAnnouncements(heard.connection, connection, wording));
  return [{ messages, connection, living, spoken }, policy === 'off' ? [] : said];
}

function isLive(message: Message): boolean {
  return message.role === 'assistant' && (message.status === 'pending' || message.status === 'streaming');
}

function turnOf(message: Message): string {
  return `${message.id} ${message.version}`;
}

function turnSays(text: string, urgency: 'polite' | 'assertive' = 'polite'): Announcement {
  return { text, urgency, kind: 'turn' };
}

function endOf(message: Message, policy: AnnouncePolicy, wording: AnnouncerWording): Announcement {
  const { say } = wording;
  switch (message.status) {
    case 'stopped':
      return turnSays(say('announceStopped'));
    case 'interrupted':
      return turnSays(say('announceInterrupted'));
    case 'failed':
      return turnSays(
        `${say('announceFailed')}. ${say(message.error === undefined ? 'errorGeneric' : errorLabel(message.error))}`,
        'assertive',
      );
    default: {
      const whole = wholeAnswer(speakable(messageText(message)), policy, wording);
      const mark = endMark(message);
      return turnSays(mark === undefined ? whole : `${whole}. ${say(mark.label)}`);
    }
  }
}

function wholeAnswer(text: string, policy: AnnouncePolicy, { say, locale }: AnnouncerWording): string {
  if (policy !== 'complete' || text === '') return say('announceComplete');
  if (text.length <= longestSpoken) return text;
  // Chinese, Japanese and Thai do not part their words: readers of them count characters.
  if (/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]/.test(text.slice(0, 200))) {
    return say('announceCompleteCharacters', { count: [...text.replace(/\s/g, '')].length });
  }
  return say('announceCompleteWords', { count: countWords(text, locale) });
}

function countWords(text: string, locale: string): number {
  let count = 0;
  for (const { isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
    if (isWordLike === true) count += 1;
  }
  return count;
}

/** Whole sentences after `from`; the last one counts as whole only at the end. */
function newSentences(text: string, from: number, ended: boolean, locale: string): [number, readonly string[]] {
  const rest = text.slice(from);
  const segments = [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(rest)];
  const whole = ended ? segments : segments.slice(0, -1);
  const length = whole.reduce((sum, { segment }) => sum + segment.length, 0);
  return [from + length, whole.map(({ segment }) => speakable(segment)).filter((sentence) => sentence !== '')];
}

function toolAnnouncements(
  old: Message | undefined,
  message: Message,
  wording: AnnouncerWording,
): readonly Announcement[] {
  if (old?.parts === message.parts) return [];
  const before = new Map(old?.parts.map((part) => [part.id, part]));
  const said: Announcement[] = [];
  for (const part of message.parts) {
    const was = before.get(part.id);
    if (part.type !== 'tool' || part === was) continue;
    const text = toolSays(was?.type === 'tool' ? was.status : undefined, part, wording);
    if (text !== undefined) said.push({ text, urgency: 'polite', kind: 'tool' });
  }
  return said;
}

function toolSays(was: ToolPart['status'] | undefined, part: ToolPart, { say }: AnnouncerWording): string | undefined {
  if (was === part.status) return undefined;
  const name = part.title ?? part.name;
  switch (part.status) {
    case 'streaming':
    case 'called':
      return was === undefined ? say('announceToolStart', { name }) : undefined;
    case 'awaiting':
      return say('announceApproval', { name });
    case 'complete':
      return say('announceToolEnd', { name });
    case 'failed':
      return say('announceToolFailed', { name });
    case 'denied':
      return undefined;
    default:
      part.status satisfies never;
      return undefined;
  }
}

function connectionAnnouncements(
  before: ConnectionState | undefined,
  after: ConnectionState | undefined,
  { say }: AnnouncerWording,
): readonly Announcement[] {
  if (before === undefined || after === undefined || before === after) return [];
  const was = connectionTrouble(before);
  const is = connectionTrouble(after);
  if (was === is) return [];
  const tell = (text: string): readonly Announcement[] => [{ text, urgency: 'polite', kind: 'connection' }];
  switch (is) {
    case undefined:
      return after.status === 'open' ? tell(say('resumed')) : [];
    case 'failed':
      return tell(say('connectionFailed'));
    case 'limit':
      return tell(say('connectionLimit'));
    default:
      return tell(say(is));
  }
}
