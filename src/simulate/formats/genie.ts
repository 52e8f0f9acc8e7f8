// The Genie format: agent records told apart by `messageType`. `frames=batch` sends several in one record,
// `frames=gzip` each packed, and `frames=sequence` sends numbered plain text, which has no last record.
import type { Json } from '../../protocol/chunk.ts';
import { packGzip } from '../gzip.ts';
import type { ScriptSource } from '../script.ts';
import { fieldsOf, textField } from './ask.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { writePlainSse } from './sse.ts';

type Message = Readonly<Record<string, Json>>;

export const genie: Format = {
  name: 'genie',
  contentType: 'text/event-stream',
  routes: [
    { method: 'POST', path: '/AutoAgent' },
    { method: 'POST', path: '/v1/tool/deepsearch' },
  ],
  heartbeat: 'data:heartbeat\n\n',
  write: writePlainSse,
  readQuestion(body, query) {
    const fields = fieldsOf(body);
    const text = textField(fields, 'query');
    if (text === undefined) return null;
    // The search tool's requests name it as Python does, the agent's as Java does.
    const search = textField(fields, 'request_id') !== undefined;
    const variant = query.get('frames') ?? (search ? 'search' : 'agent');
    return { conversation: '', text, variant };
  },
  createEncoder(context) {
    switch (context.question.variant) {
      case 'sequence':
        return numberedText(context);
      case 'search':
        return single(searchMessages(context));
      case 'batch':
        return batched(agentMessages(context));
      case 'gzip':
        return zipped(agentMessages(context));
      default:
        return single(agentMessages(context));
    }
  },
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ error: message }),
};

type Messenger = (step: Parameters<Encoder>[0]) => readonly Message[];

function single(messages: Messenger): Encoder {
  return (step) => messages(step).map((body) => ({ body }));
}

/** Every record that can wait does: a batch is as long as five messages, and ends with what ends a text. */
function batched(messages: Messenger): Encoder {
  let held: Message[] = [];
  return (step) => {
    held.push(...messages(step));
    if (step.type === 'text' && held.length < 5) return [];
    const batch = held;
    held = [];
    return batch.length === 0 ? [] : [{ body: { type: 'batch', count: batch.length, messages: batch } }];
  };
}

function zipped(messages: Messenger): Encoder {
  return (step) => messages(step).map((body) => ({ body: { compressed: true, data: packBase64(body) } }));
}

function packBase64(body: Json): string {
  const packed = packGzip(new TextEncoder().encode(JSON.stringify(body)));
  return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
}

/** Failures are the only other thing that can be said. */
function numberedText({ answerId }: EncodeContext): Encoder {
  let sequence = 0;
  return (step): readonly DraftRecord[] => {
    if (step.type === 'error') return [{ event: 'error', body: { error: step.message } }];
    if (step.type !== 'text') return [];
    return step.tokens.map((content) => {
      const body = { id: `${answerId}-${sequence}`, sequence, content };
      sequence += 1;
      return { body };
    });
  };
}

function agentMessages({ answerId }: EncodeContext): Messenger {
  const requestId = `req-${answerId}`;
  let text = '';
  let plans = 0;
  const message = (messageType: string, fields: Message): Message => ({ requestId, messageType, ...fields });
  const stream = (result: string, isFinal: boolean): Message =>
    message('agent_stream', { messageId: `${answerId}-text`, result, isFinal });
  /** The last record of a text repeats the whole of it. */
  const close = (): readonly Message[] => (text === '' ? [] : [stream(text, true)]);
  return (step) => {
    switch (step.type) {
      case 'status':
        if (step.items === undefined)
          return [message('status', { status: step.state, message: step.label, isFinal: false })];
        plans += 1;
        return [message('planning', { messageId: `plan-${plans}`, isFinal: true, planList: step.items })];
      case 'sources':
        return [
          message('status', {
            status: 'searched',
            message: `${step.sources.length}`,
            isFinal: false,
            searchResult: { query: [], docs: step.sources.map(documentOf) },
          }),
        ];
      case 'text':
        text += step.tokens.join('');
        return step.tokens.map((token) => stream(token, false));
      case 'finish': {
        const result = { messageId: `${answerId}-text`, result: text, resultMap: { taskSummary: text } };
        return [...close(), message('result', { ...result, isFinal: true })];
      }
      case 'error':
        return [message('error', { error: step.message, code: step.code, isFinal: true })];
      default:
        return [];
    }
  };
}

/** Every record repeats the documents, and the last one the answer. */
function searchMessages({ answerId, question }: EncodeContext): Messenger {
  const requestId = `req-${answerId}`;
  let text = '';
  let docs: readonly Message[] = [];
  const search = (answer: string, isFinal: boolean): Message => {
    const searchResult = { query: [question.text], docs };
    return { requestId, messageType: 'search', query: question.text, searchResult, answer, isFinal };
  };
  return (step) => {
    switch (step.type) {
      case 'status':
        return [{ requestId, messageType: 'status', status: step.state, message: step.label, isFinal: false }];
      case 'sources':
        docs = step.sources.map(documentOf);
        return [search('', false)];
      case 'text':
        text += step.tokens.join('');
        return step.tokens.map((token) => search(token, false));
      case 'finish':
        return [search(text, true)];
      case 'error':
        return [{ requestId, messageType: 'error', error: step.message, isFinal: true }];
      default:
        return [];
    }
  };
}

function documentOf({ title, url, quote }: ScriptSource): Message {
  const kind = url === undefined ? 'file' : 'web_page';
  return { doc_type: kind, title, content: quote, ...(url === undefined ? {} : { link: url }) };
}
