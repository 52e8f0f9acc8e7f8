// What the protocol drafted and what the caller wants, put together into the request of one attempt.
import { askOption } from '../base/ask-option.ts';
import { compact } from '../base/compact.ts';
import { UsageError } from '../base/errors.ts';
import { isObject } from '../base/is-object.ts';
import type { AttemptContext, ConnectionRequest } from '../connection/connection-state.ts';
import type { Adapter, RequestDraft } from '../protocol/adapter.ts';
import type { TurnOptions } from '../store/chat.ts';
import { type HeadersOption, readHeaders } from './headers.ts';

export interface RequestOptions {
  /** Where the backend listens. The protocol may append a path to it. */
  readonly url?: string | undefined;
  readonly headers?: HeadersOption | undefined;
  /** As in `fetch`. Default `same-origin`. */
  readonly credentials?: ConnectionRequest['credentials'] | undefined;
}

export interface RequestParts {
  readonly draft: RequestDraft;
  readonly options: RequestOptions;
  readonly turnOptions: TurnOptions;
  readonly adapter: Pick<Adapter, 'framings' | 'accepts'>;
}

/** `prepareRequest` has been applied to `draft`; `headers()` is called here, once an attempt. */
export async function composeRequest(
  { draft, options, turnOptions, adapter: { framings, accepts } }: RequestParts,
  context: AttemptContext,
): Promise<ConnectionRequest> {
  const own = await askOption('headers', () => readHeaders(options.headers, context));
  const body = await askOption('body', () => bodyOf(draft, turnOptions));
  return compact({
    url: addressOf(options.url ?? '', draft),
    method: draft.method,
    headers: {
      ...(accepts.length > 0 ? { accept: accepts.join(', ') } : undefined),
      ...(body === undefined ? undefined : { 'content-type': 'application/json' }),
      ...lowerCased(draft.headers),
      ...own,
      ...lowerCased(turnOptions.headers),
    },
    body,
    credentials: options.credentials,
    framings,
  });
}

/** Not by `URL`: the address may be relative, and a server has no base to resolve it with. */
function addressOf(url: string, { path = '', query = {} }: RequestDraft): string {
  const [withoutHash = ''] = url.split('#');
  const [base = '', search = ''] = splitOnce(withoutHash, '?');
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(query)) params.set(name, value);
  const joined = path === '' ? base : `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  const text = params.toString();
  return text === '' ? joined : `${joined}?${text}`;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function bodyOf(draft: RequestDraft, { body }: TurnOptions): string | undefined {
  if (body === undefined) return draft.body === undefined ? undefined : JSON.stringify(draft.body);
  if (draft.body !== undefined && !isObject(draft.body)) {
    throw new UsageError(
      'invalid-option',
      'The body of this protocol is no object, so the `body` option cannot be merged with it. Use `prepareRequest`.',
    );
  }
  return JSON.stringify({ ...draft.body, ...body });
}

function lowerCased(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}
