// Messages and parts for tests: whole and valid, with only what a test is about written out.
import type { Message, PartOf, PartType } from '../../src/message/message.ts';

let count = 0;

export function message(facts: Partial<Message> = {}): Message {
  count += 1;
  return {
    id: `m${count}`,
    role: 'assistant',
    parts: [],
    status: 'complete',
    createdAt: 1_000_000,
    metadata: {},
    version: 0,
    ...facts,
  };
}

const blank: { readonly [T in PartType]: Omit<PartOf<T>, 'id'> } = {
  text: { type: 'text', text: '', status: 'complete' },
  reasoning: { type: 'reasoning', text: '', status: 'complete' },
  refusal: { type: 'refusal', text: '', status: 'complete' },
  tool: { type: 'tool', callId: 'c1', name: 'search', by: 'server', status: 'called', argsText: '' },
  approval: { type: 'approval', approvalId: 'a1' },
  source: { type: 'source', kind: 'url' },
  file: { type: 'file', mediaType: 'text/plain' },
  status: { type: 'status', state: 'thinking', status: 'active' },
  data: { type: 'data', name: 'memory', data: null },
};

export function part<T extends PartType>(type: T, facts: Partial<Omit<PartOf<T>, 'type'>> = {}): PartOf<T> {
  count += 1;
  return { id: `p${count}`, ...blank[type], ...facts } as unknown as PartOf<T>;
}

export function text(words: string, facts: Partial<Message> = {}): Message {
  const status = facts.status === 'streaming' ? 'streaming' : 'complete';
  return message({ parts: [part('text', { text: words, status })], ...facts });
}
