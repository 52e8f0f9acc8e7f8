// What a connection is made of: its transport, its requests, and the platform it stands on.
import type { Clock } from '../base/clock.ts';
import type { StreamError } from '../base/errors.ts';
import type { RejectedResponse, Transport } from '../transport/transport.ts';
import type { ConnectionLimits } from './attempt.ts';
import type { Random, RetryPolicy } from './backoff.ts';
import type { RequestSource, Resumption } from './connection-state.ts';
import type { Environment } from './environment.ts';
import type { OriginLimit } from './origin-limit.ts';

export interface ConnectionOptions {
  readonly transport: Transport;
  /** The first request, made again for every attempt until something is to be resumed. */
  readonly request: RequestSource;
  /** What the first request asks for, where it goes on with what stands already, after a reload say. Default `first`. */
  readonly mode?: 'first' | Resumption['mode'] | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly limits?: Partial<ConnectionLimits> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Shared by the page's connections; see `origin-limit.ts`. Default: streams are not counted. */
  readonly originLimit?: OriginLimit | undefined;
  /** Whether an attempt that is given up could be gone on with: a silent one is then not waited for. Default: no. */
  readonly canResume?: (() => boolean) | undefined;
  /** Whether a request after a 401 can carry other credentials than before. Default `true`. */
  readonly canRefresh?: boolean | undefined;
  /** What an error reply means. Its error is shown instead; one that is not retryable is not retried. */
  readonly explain?: ((response: RejectedResponse) => StreamError) | undefined;
}
