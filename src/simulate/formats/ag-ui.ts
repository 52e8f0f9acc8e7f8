// AG-UI: events of a run, its messages, its calls and its steps. What the protocol has no event for travels as `CUSTOM`.
import type { Json } from '../../protocol/chunk.ts';
import { fieldsOf, textField, textOf } from './ask.ts';
import { readMessages } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { halves } from './openai-chat.ts';
import { openWith } from './open-with.ts';
import { writePlainSse } from './sse.ts';

export const agUi: Format = {
  name: 'ag-ui',
  contentType: 'text/event-stream',
  routes: [{ method: 'POST', path: '/agent' }],
  heartbeat: ': keep-alive\n\n',
  write: writePlainSse,
  readQuestion(body) {
    const fields = fieldsOf(body);
    const asked = readMessages(
      fields?.['messages'],
      ({ content }) => textOf(content),
      () => 0,
    );
    return asked && { conversation: textField(fields, 'threadId') ?? '', text: asked.text };
  },
  createEncoder,
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ error: message }),
};

function event(type: string, fields: Readonly<Record<string, Json>> = {}): DraftRecord {
  return { body: { type, ...fields } };
}

function createEncoder({ answerId, question }: EncodeContext): Encoder {
  const run = { threadId: question.conversation, runId: `run-${answerId}` };
  let open: { readonly kind: 'TEXT_MESSAGE' | 'REASONING_MESSAGE'; readonly messageId: string } | undefined;
  let step: string | undefined;
  let messages = 0;

  const closeMessage = (): readonly DraftRecord[] => {
    const ended = open === undefined ? [] : [event(`${open.kind}_END`, { messageId: open.messageId })];
    open = undefined;
    return ended;
  };
  const closeStep = (): readonly DraftRecord[] => {
    const ended = step === undefined ? [] : [event('STEP_FINISHED', { stepName: step })];
    step = undefined;
    return ended;
  };
  const write = (kind: 'TEXT_MESSAGE' | 'REASONING_MESSAGE', tokens: readonly string[]): readonly DraftRecord[] => {
    const records: DraftRecord[] = [];
    if (open?.kind !== kind) {
      records.push(...closeMessage());
      messages += 1;
      open = { kind, messageId: `msg-${answerId}-${messages}` };
      const role = kind === 'TEXT_MESSAGE' ? 'assistant' : 'reasoning';
      records.push(event(`${kind}_START`, { messageId: open.messageId, role }));
    }
    const { messageId } = open ?? { messageId: '' };
    return [...records, ...tokens.map((delta) => event(`${kind}_CONTENT`, { messageId, delta }))];
  };

  return openWith(
    () => [event('RUN_STARTED', run)],
    (said) => {
      switch (said.type) {
        case 'status': {
          const records = [...closeMessage(), ...closeStep(), event('STEP_STARTED', { stepName: said.label })];
          step = said.label;
          return records;
        }
        case 'sources':
          return [event('CUSTOM', { name: 'sources', value: said.sources.map((source) => ({ ...source })) })];
        case 'text':
          return write('TEXT_MESSAGE', said.tokens);
        case 'reasoning':
          return write('REASONING_MESSAGE', said.tokens);
        case 'tool': {
          const { id: toolCallId, name: toolCallName } = said;
          return [
            ...closeMessage(),
            event('TOOL_CALL_START', { toolCallId, toolCallName }),
            ...halves(JSON.stringify(said.args)).map((delta) => event('TOOL_CALL_ARGS', { toolCallId, delta })),
            event('TOOL_CALL_END', { toolCallId }),
            event('TOOL_CALL_RESULT', {
              messageId: `${toolCallId}-result`,
              toolCallId,
              role: 'tool',
              content: JSON.stringify(said.result),
            }),
          ];
        }
        case 'memory':
          return [event('CUSTOM', { name: 'memory', value: { count: said.count } })];
        case 'finish':
          return [...closeMessage(), ...closeStep(), event('RUN_FINISHED', { ...run, outcome: { type: 'success' } })];
        case 'error':
          return [event('RUN_ERROR', { message: said.message, code: said.code })];
      }
    },
  );
}
