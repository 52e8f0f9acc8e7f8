// Folds chunks into a message. Pure: the clock's reading is handed in, ids follow from the message's own. What keeps
// its content keeps its identity. Order and repeats are `sequence`'s business; ends without a terminal chunk the store's.
import { compact, pick } from '../base/compact.ts';
import { type Chunk, type ChunkOf, type ErrorChunk, isAborted, type Meta, type UsageChunk } from '../protocol/chunk.ts';
import { common, createDraft, type Draft } from './draft.ts';
import type { Message, MessageError, Usage } from './message.ts';
import { reduceData } from './reduce-data.ts';
import { closeProse, endPart, interrupts, isProse, reduceProse, settle } from './reduce-prose.ts';
import { endImplicitPhases, endPhases, reduceStatus } from './reduce-status.ts';
import { reduceToolChunk } from './reduce-tool.ts';
import { inRound } from './round.ts';

/** `at` is the wall-clock reading that parts of this batch begin and end with. */
export function reduceMessage(message: Message, chunks: readonly Chunk[], at: number): Message {
  const draft = createDraft(message, at);
  for (const chunk of chunks) {
    // A terminal chunk ends the turn; whatever follows in the batch does not count.
    if (isOver(draft.message)) break;
    reduceChunk(draft, inRound(chunk, message.round));
  }
  return draft.finish();
}

/** What the client has to say about a message that may be over: the result of a call, the answer to a question. */
export function amendMessage(message: Message, chunk: Chunk, at: number): Message {
  const draft = createDraft(message, at);
  reduceChunk(draft, chunk);
  return draft.finish();
}

/** An interrupted message that goes on: its last prose is open again, so that what comes continues it. */
export function reopenMessage(message: Message, at: number): Message {
  const draft = createDraft(message, at);
  draft.message.status = 'streaming';
  delete draft.message.error;
  const index = draft.parts.findLastIndex(interrupts);
  const part = draft.parts[index];
  if (part !== undefined && isProse(part)) {
    const prose = draft.edit(index, part.type);
    prose.status = 'streaming';
    delete prose.endedAt;
  }
  // A call that the cut ended, and nothing else: one that failed says how, or has a result.
  draft.parts.forEach((standing, place) => {
    if (standing.type !== 'tool' || standing.status !== 'failed') return;
    if (standing.error !== '' || standing.result !== undefined) return;
    const tool = draft.edit(place, 'tool');
    tool.status = 'streaming';
    delete tool.error;
  });
  return draft.finish();
}

/** Ends a message that got no terminal chunk: stopped by the reader, cut by the network, refused by the server. */
export function endMessage(
  message: Message,
  status: 'complete' | 'unconfirmed' | 'stopped' | 'interrupted' | 'failed',
  at: number,
  error?: MessageError,
): Message {
  const draft = createDraft(message, at);
  closeParts(draft);
  draft.message.status = status;
  if (error !== undefined) draft.message.error = error;
  return draft.finish();
}

function isOver(message: Message): boolean {
  return message.status !== 'pending' && message.status !== 'streaming';
}

function reduceChunk(draft: Draft, chunk: Chunk): void {
  switch (chunk.type) {
    case 'heartbeat':
    case 'unknown':
      return;
    case 'start':
      begin(draft);
      if (chunk.id !== undefined) draft.message.serverId = chunk.id;
      if (chunk.model !== undefined) draft.message.model = chunk.model;
      mergeMeta(draft, chunk.meta);
      return;
    case 'meta':
      mergeMeta(draft, chunk.meta);
      return;
    case 'text':
    case 'reasoning':
    case 'refusal':
      begin(draft);
      reduceProse(draft, chunk);
      return;
    case 'part-end':
      endPart(draft, chunk);
      return;
    case 'tool-start':
    case 'tool-args':
    case 'tool-call':
    case 'tool-result':
    case 'approval':
      begin(draft);
      if (chunk.type !== 'tool-result') settle(draft);
      reduceToolChunk(draft, chunk);
      return;
    case 'source':
      begin(draft);
      endImplicitPhases(draft);
      reduceSource(draft, chunk);
      return;
    case 'file':
      begin(draft);
      settle(draft);
      draft.add({
        ...common(chunk),
        ...pick(chunk, 'mediaType', 'url', 'base64', 'name', 'reasoning', 'meta'),
        type: 'file',
      });
      return;
    case 'status':
      begin(draft);
      reduceStatus(draft, chunk);
      return;
    case 'data':
      begin(draft);
      if (!chunk.transient) reduceData(draft, chunk);
      return;
    case 'step':
      if (chunk.phase === 'end') closeProse(draft, (part) => chunk.id === undefined || part.step === chunk.id);
      if (chunk.phase === 'reset') draft.remove((part) => part.step === chunk.id);
      return;
    case 'usage':
      reduceUsage(draft, chunk);
      return;
    case 'finish':
      closeParts(draft);
      draft.message.status = isAborted(chunk) ? 'stopped' : 'complete';
      draft.message.finishReason = chunk.reason;
      return;
    case 'error':
      if (chunk.fatal === false) return;
      closeParts(draft);
      draft.message.status = 'failed';
      draft.message.error = errorOf(chunk, draft.at);
      return;
    default:
      chunk satisfies never;
  }
}

function begin(draft: Draft): void {
  if (draft.message.status === 'pending') draft.message.status = 'streaming';
}

function mergeMeta(draft: Draft, meta: Meta | undefined): void {
  if (meta !== undefined) draft.message.metadata = { ...draft.message.metadata, ...meta };
}

/** Nothing more comes: a call whose arguments were still arriving never became one. */
function closeParts(draft: Draft): void {
  closeProse(draft, () => true);
  endPhases(draft, () => true);
  draft.parts.forEach((part, index) => {
    if (part.type !== 'tool' || part.status !== 'streaming') return;
    const tool = draft.edit(index, 'tool');
    tool.status = 'failed';
    tool.error ??= '';
  });
}

function reduceSource(draft: Draft, chunk: ChunkOf<'source'>): void {
  const id = chunk.id === undefined ? undefined : `${draft.message.id}/source:${chunk.id}`;
  const index = draft.parts.findIndex(
    (part) =>
      part.type === 'source' && (id === undefined ? chunk.url !== undefined && part.url === chunk.url : part.id === id),
  );
  const facts = pick(chunk, 'kind', 'url', 'title', 'mediaType', 'quote', 'score', 'data');
  if (index < 0) {
    draft.add({ ...common(chunk), ...facts, at: chunk.at && [chunk.at], id, type: 'source' });
    return;
  }
  const source = Object.assign(draft.edit(index, 'source'), facts);
  if (chunk.at !== undefined) source.at = [...(source.at ?? []), chunk.at];
}

const usageKeys = ['input', 'output', 'total', 'reasoning', 'cached', 'cost'] as const;

function reduceUsage(draft: Draft, chunk: UsageChunk): void {
  const step = chunk.step ?? '';
  const byStep = {
    ...draft.message.usageByStep,
    [step]: { ...draft.message.usageByStep?.[step], ...pick(chunk, ...usageKeys) },
  };
  const sum: { -readonly [K in keyof Usage]: Usage[K] } = {};
  for (const usage of Object.values(byStep)) {
    for (const key of usageKeys) {
      const value = usage[key];
      if (value !== undefined) sum[key] = (sum[key] ?? 0) + value;
    }
  }
  draft.message.usageByStep = byStep;
  draft.message.usage = sum;
}

/** The chunk's own words are the server's, meant for a reader; a retry time becomes a moment. */
function errorOf(chunk: ErrorChunk, at: number): MessageError {
  const limited = chunk.status === 429 || chunk.status === 503;
  return compact({
    code: limited ? 'rate-limited' : 'failed',
    message: chunk.message ?? '',
    retryable: chunk.retryable ?? true,
    remoteCode: chunk.code,
    status: chunk.status,
    details: chunk.details,
    retryAt: chunk.retryAfter === undefined ? undefined : at + chunk.retryAfter * 1000,
  });
}
