// Which framing a content type stands for, and which content types to ask for.
import type { TextFraming } from '../wire/frame.ts';

const typesOf: Readonly<Record<TextFraming, readonly string[]>> = {
  sse: ['text/event-stream'],
  ndjson: [
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/x-jsonlines',
    'application/jsonlines',
    'application/json-lines',
    'application/stream+json',
  ],
  lines: ['text/plain'],
};

/** The first of `wanted` that the reply's content type stands for. A reply without one is taken for none of them. */
export function framingOf(contentType: string | null, wanted: readonly TextFraming[]): TextFraming | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return wanted.find((framing) => typesOf[framing].includes(type));
}

/** What to send as `accept`: each framing by its usual name. */
export function acceptOf(wanted: readonly TextFraming[]): string {
  return wanted.map((framing) => typesOf[framing][0]).join(', ');
}
