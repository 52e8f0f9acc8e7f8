// Our messages as the AI SDK's `UIMessage`s and back: for servers that speak its protocol, and for people who bring
// their stored conversations along. Phases (`status` parts) are ours alone and are not carried over.
import type { FilePart, Message, Part, Role, SourcePart, ToolPart } from './message.ts';

/** The AI SDK's `UIMessage`, as loosely as we need it: its own type fits, in every version since 5. */
export interface UIMessage {
  readonly id: string;
  readonly role: Role;
  readonly metadata?: unknown;
  readonly parts: readonly UIMessagePart[];
}

export interface UIMessagePart {
  readonly type: string;
}

type Fields = Readonly<Record<string, unknown>>;

export function toUIMessages(messages: readonly Message[]): UIMessage[] {
  return messages.map(({ id, role, metadata, parts }) => {
    const made: UIMessagePart[] = [];
    parts.forEach((part, index) => {
      if (role === 'assistant' && beginsStep(part, parts[index - 1])) made.push({ type: 'step-start' });
      made.push(...toUIPart(part));
    });
    return Object.keys(metadata).length === 0 ? { id, role, parts: made } : { id, role, metadata, parts: made };
  });
}

/** A server turns each step into a model's message of its own, so what follows a tool's result needs a new one. */
function beginsStep(part: Part, previous: Part | undefined): boolean {
  return previous === undefined || part.step !== previous.step || (previous.type === 'tool' && part.type !== 'tool');
}

function toUIPart(part: Part): readonly UIMessagePart[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal': {
      const { text, signature, redacted } = part;
      const kept = unlessEmpty({ signature, redacted, refusal: part.type === 'refusal' ? true : undefined });
      const type = part.type === 'reasoning' ? 'reasoning' : 'text';
      const state = part.status === 'complete' ? 'done' : 'streaming';
      return [withoutUndefined({ type, text, state, providerMetadata: providerMetadata(part, kept) })];
    }
    case 'tool':
      return [toUITool(part)];
    case 'source':
      return [toUISource(part)];
    case 'file': {
      const { mediaType, name: filename, base64 } = part;
      const url = part.url ?? `data:${mediaType};base64,${base64 ?? ''}`;
      return [
        withoutUndefined({ type: part.reasoning === true ? 'reasoning-file' : 'file', mediaType, filename, url }),
      ];
    }
    case 'data':
      return [withoutUndefined({ type: `data-${part.name}`, id: part.key, data: part.data })];
    case 'approval': {
      const { approvalId: id, message, data, approved, reason } = part;
      return [
        { type: 'data-approval', id, data: withoutUndefined({ message, data, approved, reason }) } as UIMessagePart,
      ];
    }
    default:
      return [];
  }
}

/** What the AI SDK has no word for travels as metadata of a provider of our name. */
function providerMetadata(part: Part, kept: Fields | undefined): Fields | undefined {
  const theirs = asObject(part.meta?.['providerMetadata']);
  return kept === undefined ? theirs : { ...theirs, rivulet: kept };
}

function unlessEmpty(facts: Fields): Fields | undefined {
  const kept = withoutUndefined(facts);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

const states = {
  streaming: 'input-streaming',
  called: 'input-available',
  awaiting: 'approval-requested',
  complete: 'output-available',
  failed: 'output-error',
  denied: 'output-denied',
} as const;

function toUITool(part: ToolPart): UIMessagePart {
  const { callId: toolCallId, name, args: input, title, result, error, approval, preliminary, meta, status } = part;
  const early = status === 'called' && preliminary === true;
  const answered = approval?.approved !== undefined && (status === 'called' || status === 'awaiting');
  const state = early ? 'output-available' : answered ? 'approval-responded' : states[status];
  const dynamic = meta?.['dynamic'] === true;
  return withoutUndefined({
    type: dynamic ? 'dynamic-tool' : `tool-${name}`,
    toolName: dynamic ? name : undefined,
    toolCallId,
    title,
    state,
    input,
    output: state === 'output-available' ? result : undefined,
    preliminary: early ? true : undefined,
    errorText: status === 'failed' ? (error ?? '') : undefined,
    providerExecuted: meta?.['providerExecuted'],
    callProviderMetadata: meta?.['providerMetadata'],
    approval:
      approval &&
      withoutUndefined({
        id: approval.id,
        approved: approval.approved,
        reason: approval.reason,
        ...asObject(approval.data),
      }),
  });
}

function toUISource(part: SourcePart): UIMessagePart {
  const { id, kind, url, title, mediaType, quote, score, at } = part;
  const sourceId = id.replace(/^.*\/source:/, '');
  const metadata = providerMetadata(part, unlessEmpty({ quote, score, at }));
  return withoutUndefined(
    kind === 'url'
      ? { type: 'source-url', sourceId, url, title, providerMetadata: metadata }
      : {
          type: 'source-document',
          sourceId,
          mediaType: mediaType ?? 'text/plain',
          title: title ?? '',
          filename: asObject(part.data)?.['filename'],
          providerMetadata: metadata,
        },
  );
}

/** Parts that it does not know become `data` parts of their name. Messages of versions before 5 keep their text. */
export function fromUIMessages(messages: readonly UIMessage[]): Message[] {
  return messages.map((message) => {
    const { id, role, metadata } = message;
    const { parts = [], content } = message as { parts?: readonly UIMessagePart[]; content?: unknown };
    const made: Part[] = [];
    let step = 0;
    for (const part of parts) {
      if (part.type === 'step-start') step += 1;
      else made.push(...fromUIPart(part as Fields & UIMessagePart, `${id}/${made.length}`, id, step));
    }
    if (made.length === 0 && typeof content === 'string') {
      made.push({ type: 'text', id: `${id}/0`, text: content, status: 'complete' });
    }
    const createdAt = momentOf(asObject(metadata)?.['createdAt'] ?? (message as { createdAt?: unknown }).createdAt);
    return { id, role, parts: made, status: 'complete', createdAt, metadata: asObject(metadata) ?? {}, version: 0 };
  });
}

function momentOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  const moment = typeof value === 'string' ? Date.parse(value) : value;
  return typeof moment === 'number' && Number.isFinite(moment) ? moment : 0;
}

function fromUIPart(part: Fields & UIMessagePart, id: string, messageId: string, at: number): readonly Part[] {
  const { type } = part;
  const step = at === 0 ? undefined : String(at);
  const theirs = asObject(part['providerMetadata']);
  const { rivulet, ...others } = theirs ?? {};
  const kept = asObject(rivulet) ?? {};
  const meta = Object.keys(others).length > 0 ? { providerMetadata: others } : undefined;
  const base = { id, step, meta };
  if (type === 'text' || type === 'reasoning') {
    const { refusal, signature, redacted } = kept;
    const status = part['state'] === 'streaming' ? 'streaming' : 'complete';
    const kind = refusal === true ? 'refusal' : type;
    return [
      withoutUndefined({ ...base, type: kind, text: String(part['text'] ?? ''), status, signature, redacted }) as Part,
    ];
  }
  if (type === 'file' || type === 'reasoning-file') {
    const { mediaType, filename: name, url } = part;
    return [
      withoutUndefined({
        ...base,
        type: 'file',
        mediaType: String(mediaType ?? ''),
        name,
        url,
        reasoning: type === 'file' ? undefined : true,
      }) as FilePart,
    ];
  }
  if (type === 'source-url' || type === 'source-document') {
    const { sourceId, url, title, mediaType, filename } = part;
    const kind = type === 'source-url' ? 'url' : 'document';
    const data = filename === undefined ? undefined : { filename };
    return [
      withoutUndefined({
        ...base,
        ...kept,
        id: `${messageId}/source:${String(sourceId)}`,
        type: 'source',
        kind,
        url,
        title,
        mediaType,
        data,
      }) as SourcePart,
    ];
  }
  if (type === 'dynamic-tool' || type.startsWith('tool-')) return [fromUITool(part, messageId, step)];
  const isData = type.startsWith('data-');
  const name = isData ? type.slice('data-'.length) : type;
  return [
    withoutUndefined({ ...base, type: 'data', name, key: part['id'], data: isData ? part['data'] : part }) as Part,
  ];
}

function fromUITool(part: Fields & UIMessagePart, messageId: string, step: string | undefined): ToolPart {
  const { type, state, toolCallId, title, input, output, errorText, preliminary, providerExecuted } = part;
  const asked = asObject(part['approval']);
  const { id, approved, reason, ...data } = asked ?? {};
  const found = Object.entries(states).find(([, theirs]) => theirs === state)?.[0] as ToolPart['status'] | undefined;
  const dynamic = type === 'dynamic-tool' ? true : undefined;
  const meta = unlessEmpty({ dynamic, providerExecuted, providerMetadata: part['callProviderMetadata'] });
  return withoutUndefined({
    type: 'tool',
    id: `${messageId}/tool:${String(toolCallId)}`,
    step,
    meta,
    callId: String(toolCallId),
    name: dynamic ? String(part['toolName']) : type.slice('tool-'.length),
    title,
    // A call that nobody answered waits for the client.
    by: state === 'input-available' && providerExecuted !== true ? 'client' : 'server',
    status: preliminary === true ? 'called' : (found ?? 'called'),
    argsText: input === undefined ? '' : JSON.stringify(input),
    args: input,
    result: output,
    preliminary,
    error: errorText,
    approval:
      asked &&
      withoutUndefined({ id: String(id), approved, reason, data: Object.keys(data).length > 0 ? data : undefined }),
  }) as ToolPart;
}

function asObject(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function withoutUndefined<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
