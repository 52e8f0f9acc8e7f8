// A conversation as plain JSON that says its version, and back: from unknown input, checked to the last field.
import { UsageError } from '../base/errors.ts';
import type { Branch, BranchVersion, Conversation, Message, Part, PartType } from './message.ts';
import { endMessage } from './reduce.ts';
import { isRecord, listOf, misfit, type Reader, readShape, type Shape, shaped } from './shape.ts';

export interface ExportedConversation extends Conversation {
  readonly format: 'rivulet-conversation';
  readonly version: 1;
}

/** The conversation with all its versions, ready for `JSON.stringify`. */
export function exportConversation({ id, messages, branches }: Conversation): ExportedConversation {
  return { format: 'rivulet-conversation', version: 1, id, messages, branches };
}

/**
 * Reads what `exportConversation` made, after `JSON.parse`. Throws a `UsageError` whose `field` is the place that does not
 * fit. Fields it does not know are left out; an answer that was still arriving is `interrupted`, because nothing arrives
 * any more.
 */
export function importConversation(value: unknown): Conversation {
  if (!isRecord(value) || value['format'] !== 'rivulet-conversation') {
    throw new UsageError(
      'invalid-option',
      'The conversation cannot be read: it is no object with `format: "rivulet-conversation"`. Pass what exportConversation() gave, after JSON.parse.',
      { field: 'format' },
    );
  }
  if (value['version'] !== 1) {
    throw new UsageError(
      'invalid-option',
      'The conversation cannot be read: its `version` is not 1, the only one this release knows. Update the package that reads it.',
      { field: 'version' },
    );
  }
  const { id } = readShape(value, 'conversation', { id: 'string' }) as { id: string };
  const conversation = { id, ...readVersion(value, 'conversation', 0) };
  checkIds(conversation.messages);
  return conversation;
}

/** Branches hold versions, which hold branches: deeper than anyone forks, shallower than the stack. */
const maxDepth = 200;

function readVersion(value: unknown, at: string, depth: number): BranchVersion {
  if (depth > maxDepth) throw misfit(at, `at most ${maxDepth} versions deep`);
  return readShape(value, at, {
    messages: listOf(readMessage),
    branches: listOf((branch, where) => readBranch(branch, where, depth + 1)),
  }) as unknown as BranchVersion;
}

function readBranch(value: unknown, at: string, depth: number): Branch {
  const branch = readShape(value, at, {
    after: (after, where) => (after === null ? null : readShape({ after }, where, { after: 'string' })['after']),
    versions: listOf((version, where) => (version === null ? null : readVersion(version, where, depth))),
    active: 'number',
  }) as unknown as Branch;
  if (branch.versions[branch.active] !== null) throw misfit(`${at}.active`, 'the index of the version that is null');
  return branch;
}

function checkIds(messages: readonly Message[]): void {
  const seen = new Set<string>();
  messages.forEach(({ id }, index) => {
    if (seen.has(id)) throw misfit(`conversation.messages[${index}].id`, 'an id of its own');
    seen.add(id);
  });
}

export function readMessage(value: unknown, at: string): Message {
  const message = readShape(value, at, messageShape) as unknown as Message;
  if (message.status !== 'pending' && message.status !== 'streaming') return message;
  const times = message.parts.map((part) => ('startedAt' in part && part.startedAt) || 0);
  return endMessage(message, 'interrupted', Math.max(message.createdAt, ...times));
}

const spans = listOf(shaped({ 'part?': 'string', 'start?': 'number', 'end?': 'number', 'quote?': 'string' }));
const strings = listOf((value, at) => readShape({ value }, at, { value: 'string' })['value']);

const prose: Shape = {
  text: 'string',
  status: ['streaming', 'complete'],
  'startedAt?': 'number',
  'endedAt?': 'number',
  'signature?': 'string',
  'redacted?': 'string',
};
const answerable: Shape = { 'message?': 'string', data: 'any', 'approved?': 'boolean', 'reason?': 'string' };

const partShapes: { readonly [T in PartType]: Shape } = {
  text: prose,
  reasoning: prose,
  refusal: prose,
  tool: {
    callId: 'string',
    name: 'string',
    'title?': 'string',
    by: ['client', 'server'],
    'parent?': 'string',
    status: ['streaming', 'called', 'awaiting', 'complete', 'failed', 'denied'],
    argsText: 'string',
    args: 'any',
    result: 'any',
    'preliminary?': 'boolean',
    'error?': 'string',
    'approval?': shaped({ id: 'string', ...answerable }),
  },
  approval: { approvalId: 'string', ...answerable },
  source: {
    kind: ['url', 'document'],
    'url?': 'string',
    'title?': 'string',
    'mediaType?': 'string',
    'quote?': 'string',
    'score?': 'number',
    'at?': spans,
    data: 'any',
  },
  file: { mediaType: 'string', 'url?': 'string', 'base64?': 'string', 'name?': 'string', 'reasoning?': 'boolean' },
  status: {
    'key?': 'string',
    state: 'string',
    'label?': 'string',
    status: ['active', 'done', 'failed'],
    'progress?': 'number',
    'items?': strings,
    data: 'any',
    'startedAt?': 'number',
    'endedAt?': 'number',
  },
  data: { name: 'string', 'key?': 'string', data: 'any' },
};

function readPart(value: unknown, at: string): Part {
  const { type } = readShape(value, at, { type: Object.keys(partShapes) }) as { type: PartType };
  return readShape(value, at, {
    type: 'any',
    id: 'string',
    'step?': 'string',
    'run?': 'string',
    'meta?': 'record',
    ...partShapes[type],
  }) as unknown as Part;
}

const usage = shaped({
  'input?': 'number',
  'output?': 'number',
  'total?': 'number',
  'reasoning?': 'number',
  'cached?': 'number',
  'cost?': 'number',
});

const usages: Reader = (value, at) => {
  if (!isRecord(value)) throw misfit(at, 'an object');
  return Object.fromEntries(Object.entries(value).map(([step, figures]) => [step, usage(figures, `${at}.${step}`)]));
};

const messageShape: Shape = {
  id: 'string',
  role: ['user', 'assistant', 'system'],
  parts: listOf(readPart),
  status: ['pending', 'streaming', 'complete', 'unconfirmed', 'stopped', 'interrupted', 'failed'],
  createdAt: 'number',
  metadata: 'record',
  'serverId?': 'string',
  'model?': 'string',
  'usage?': usage,
  'usageByStep?': usages,
  'finishReason?': ['stop', 'length', 'tool-calls', 'content-filter', 'paused', 'aborted', 'other', 'unknown'],
  'error?': shaped({
    code: 'string',
    message: 'string',
    retryable: 'boolean',
    'status?': 'number',
    'retryAt?': 'number',
    'remoteCode?': 'string',
    details: 'any',
  }),
  version: 'number',
  'round?': 'number',
};
