// What an answer is before any format has written it: the steps of a script, the texts cut into tokens, and when each is due.
import type { FinishReason, Json } from '../protocol/chunk.ts';
import type { Random } from './random.ts';

/** One step of a script. Texts are of any length; how they are cut into tokens is the request's choice. */
export type ScriptStep =
  | { readonly type: 'status'; readonly state: string; readonly label: string; readonly items?: readonly string[] }
  | { readonly type: 'sources'; readonly sources: readonly ScriptSource[] }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool';
      readonly id: string;
      readonly name: string;
      readonly args: Json;
      readonly result: Json;
      /** Asked before the tool is run, in formats that can ask; a tool that may not run ends the answer. */
      readonly approval?: string;
    }
  | { readonly type: 'memory'; readonly count: number }
  | { readonly type: 'pause'; readonly ms: number }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

export interface ScriptSource {
  readonly title: string;
  readonly url?: string;
  readonly page?: number;
  readonly score: number;
  readonly quote: string;
}

export interface ScriptInput {
  /** What was asked, for scripts that quote it. */
  readonly question: string;
  readonly random: Random;
  /** About how many tokens, for scripts without a length of their own. */
  readonly length: number | undefined;
}

export type Script = (input: ScriptInput) => Iterable<ScriptStep>;

/** A step as a format writes it: texts have become the tokens of one record. */
export type TokenStep =
  | Exclude<ScriptStep, { readonly type: 'text' | 'reasoning' | 'pause' }>
  | { readonly type: 'text'; readonly tokens: readonly string[] }
  | { readonly type: 'reasoning'; readonly tokens: readonly string[] };

export interface TimedStep {
  /** How long after the step before it. */
  readonly afterMs: number;
  readonly step: TokenStep;
}

export interface Pacing {
  /** 0: no wait between tokens. */
  readonly tokensPerSecond: number;
  /** What the script's pauses are multiplied by. */
  readonly pauses: number;
  /** Share by which a wait may be longer or shorter. */
  readonly jitter: number;
  readonly tokenChars: number | 'word';
  /** Tokens a record. */
  readonly batch: number;
  /** A record holds what was generated within so many milliseconds, as one token. 0: every token at once. */
  readonly throttleMs: number;
}

/** Cuts the texts of a script into tokens, gathers tokens into records, and dates each record. */
export function* timeSteps(steps: Iterable<ScriptStep>, pacing: Pacing, random: Random): Iterable<TimedStep> {
  let waited = 0;
  for (const step of steps) {
    if (step.type === 'pause') {
      waited += step.ms * pacing.pauses;
    } else if (step.type === 'text' || step.type === 'reasoning') {
      for (const { tokens, afterMs } of gather(tokenize(step.text, pacing.tokenChars), pacing, random)) {
        yield { afterMs: waited + afterMs, step: { type: step.type, tokens } };
        waited = 0;
      }
    } else {
      yield { afterMs: waited, step };
      waited = 0;
    }
  }
}

function* gather(
  tokens: readonly string[],
  pacing: Pacing,
  random: Random,
): Iterable<{ readonly tokens: readonly string[]; readonly afterMs: number }> {
  let held: string[] = [];
  let afterMs = 0;
  for (const token of tokens) {
    held.push(token);
    afterMs += tokenMs(pacing, random);
    const full = pacing.throttleMs > 0 ? afterMs >= pacing.throttleMs : held.length >= pacing.batch;
    if (!full) continue;
    yield { tokens: pacing.throttleMs > 0 ? [held.join('')] : held, afterMs };
    held = [];
    afterMs = 0;
  }
  if (held.length > 0) yield { tokens: pacing.throttleMs > 0 ? [held.join('')] : held, afterMs };
}

function tokenMs(pacing: Pacing, random: Random): number {
  if (pacing.tokensPerSecond <= 0) return 0;
  const even = 1000 / pacing.tokensPerSecond;
  return pacing.jitter > 0 ? even * (1 + pacing.jitter * (2 * random.next() - 1)) : even;
}

/** By code points, so that a token is always whole characters; splitting those is the work of the byte faults. */
export function tokenize(text: string, tokenChars: number | 'word'): readonly string[] {
  if (tokenChars === 'word') return text.match(/ ?[\p{L}\p{M}\p{N}]{1,6}|[^]/gu) ?? [];
  const characters = Array.from(text);
  const tokens: string[] = [];
  for (let index = 0; index < characters.length; index += tokenChars) {
    tokens.push(characters.slice(index, index + tokenChars).join(''));
  }
  return tokens;
}
