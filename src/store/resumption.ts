// How a turn can go on after a loss: by what the adapter, its declared headers or its idempotency allow, in this order.
import type { AttemptContext, ConnectionRequest, Resumption } from '../connection/connection-state.ts';
import type { Adapter, ReplyHead, RequestDraft, TurnInput, TurnPoint } from '../protocol/adapter.ts';
import type { Diagnostics } from './diagnostics.ts';

/** How far the answer is applied. */
export type AppliedPoint = Omit<TurnPoint, 'input'>;

/** Makes the protocol's draft a request: adds the caller's url, headers and body, and what `prepareRequest` says. */
export type BuildRequest = (
  draft: RequestDraft,
  context: AttemptContext,
) => ConnectionRequest | Promise<ConnectionRequest>;

export interface ResumptionOptions {
  readonly adapter: Adapter;
  readonly input: TurnInput;
  readonly buildRequest: BuildRequest;
  /** The caller's word for it, on top of the adapter's. */
  readonly idempotent?: boolean | undefined;
  readonly resumeHeaders?: Adapter['resumeHeaders'] | undefined;
}

export interface Resumptions {
  /** Some of what `after` gives may begin at the start again. */
  readonly mayReplay: boolean;
  /** The turn's own request, with the turn's key where one is declared. */
  readonly first: Resumption['request'];
  /**
   * After what is applied, as the adapter's `state` and the `point` have it; `undefined`: it cannot be gone on with.
   * `framing` is that of the reply that is gone on with: a socket has no headers, so it is asked by a message.
   */
  after(point: AppliedPoint, state: unknown, framing?: ReplyHead['framing']): Resumption | undefined;
}

/**
 * | the adapter or the caller declares       | and                  | goes on with                                   | mode     |
 * | ---------------------------------------- | -------------------- | ---------------------------------------------- | -------- |
 * | `resume`, which gives a request          |                      | that request                                   | `resumes` |
 * | `last-event-id`, and no `resume` speaks  | a cursor was applied | the same request after that cursor             | `resumes` |
 * | the same, over a socket                  | a cursor was applied | `{type: 'resume', after}`                      | `resumes` |
 * | `idempotent`                             |                      | the same request, from the start               | replay   |
 * | otherwise                                |                      | nothing: repeating would be a second answer    | -        |
 */
export function createResumptions(options: ResumptionOptions, diagnostics: Diagnostics): Resumptions {
  const { adapter, input, buildRequest } = options;
  const declared = [...(adapter.resumeHeaders ?? []), ...(options.resumeHeaders ?? [])];
  const idempotent = options.idempotent ?? adapter.idempotent ?? false;
  const key = declared.includes('idempotency-key') ? { 'idempotency-key': input.turn } : undefined;

  const request = async (draft: RequestDraft, context: AttemptContext, more?: Readonly<Record<string, string>>) => {
    const built = await buildRequest(draft, context);
    return { framings: adapter.framings, ...built, headers: { ...built.headers, ...key, ...more } };
  };
  const first: Resumption['request'] = (context) => request(adapter.request(input), context);

  return {
    mayReplay: idempotent || adapter.resumes === 'replay',
    first,
    after(point, state, framing = adapter.framings[0]) {
      const { cursor } = point;
      const { resumes: mode = 'continue' } = adapter;
      // One that throws may not have its own request replaced by another: that could be a second generation.
      const draft = diagnostics.guard(() => adapter.resume?.(state, { ...point, input }), null);
      if (draft) return { mode, request: (context) => request(draft, context) };
      if (draft === undefined && cursor !== undefined && declared.includes('last-event-id')) {
        if (framing === 'socket') {
          const message: RequestDraft = { method: 'POST', body: { type: 'resume', after: cursor } };
          return { mode, request: (context) => request(message, context) };
        }
        const after = { 'last-event-id': cursor };
        return { mode, request: (context) => request(adapter.request(input), context, after) };
      }
      return idempotent ? { mode: 'replay', request: first } : undefined;
    },
  };
}
