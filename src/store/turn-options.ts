// What a turn is given, and the bounds it keeps.
import type { Clock } from '../base/clock.ts';
import type { ConnectionLimits } from '../connection/attempt.ts';
import type { Random, RetryPolicy } from '../connection/backoff.ts';
import type { Environment } from '../connection/environment.ts';
import type { OriginLimit } from '../connection/origin-limit.ts';
import type { Message } from '../message/message.ts';
import type { Adapter, Codecs, TurnInput } from '../protocol/adapter.ts';
import type { Transport } from '../transport/transport.ts';
import type { OnDiagnostic } from './diagnostics.ts';
import type { BuildRequest } from './resumption.ts';

export interface TurnLimits {
  /** A frame larger than this ends the turn. Default 8 MB. */
  readonly maxFrameBytes: number;
  /** An answer larger than this ends the turn. Default 32 MB. */
  readonly maxMessageBytes: number;
  /** How long a gap among numbered records is waited for before resuming. Default 200. */
  readonly gapMs: number;
}

export interface RunTurnOptions {
  readonly adapter: Adapter;
  readonly input: TurnInput;
  readonly transport: Transport;
  readonly buildRequest: BuildRequest;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly codecs: Codecs;
  readonly limits?: Partial<ConnectionLimits & TurnLimits> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly originLimit?: OriginLimit | undefined;
  /** As in `ConnectionOptions`. */
  readonly canRefresh?: boolean | undefined;
  /** The caller's declarations, on top of the adapter's. */
  readonly idempotent?: boolean | undefined;
  readonly resumeHeaders?: Adapter['resumeHeaders'] | undefined;
  /** The message that the chunks go to, as it stands: what a replay must cover before it is shown. */
  readonly standing?: (() => Message) | undefined;
  /** The message as it was when the turn began, which a replay is laid on. Default: `standing` without its parts. */
  readonly base?: Message | undefined;
  /** The turn began on an earlier page: it goes on after `cursor`, or is replayed, or ends `interrupted` at once. */
  readonly resume?: { readonly cursor?: string | undefined } | undefined;
  readonly onDiagnostic?: OnDiagnostic | undefined;
  /** Told of every batch, for figures about quality; never of content. */
  readonly onArrival?: ((chunks: number, bytes: number) => void) | undefined;
}

export const defaultTurnLimits: TurnLimits = { maxFrameBytes: 8_388_608, maxMessageBytes: 33_554_432, gapMs: 200 };
