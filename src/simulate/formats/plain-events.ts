// The plain variant of named events: every token as an unnamed SSE record of raw text, and the end of the body as the
// only end. A cut looks like an answer.
import type { Format } from './format.ts';
import { namedEvents } from './named-events.ts';

export const plainEvents: Format = {
  name: 'plain-events',
  contentType: 'text/event-stream',
  routes: namedEvents.routes,
  heartbeat: namedEvents.heartbeat,
  write: namedEvents.write,
  readQuestion: namedEvents.readQuestion,
  writeRefusal: namedEvents.writeRefusal,
  createEncoder: () => (step) => (step.type === 'text' ? step.tokens.map((token) => ({ body: token })) : []),
  // Raw text has no room for a number.
  number: (body) => body,
};
