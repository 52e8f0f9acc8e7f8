// Builds the input of an AG-UI run from a conversation.
import { compact } from '../base/compact.ts';
import type { FilePart, Message, Part } from '../message/message.ts';
import type { TurnInput } from './adapter.ts';
import { base64Of, outcomeOf, resultText, roundsOf, textOf, textOfParts } from './read-conversation.ts';

export function runMessages({ conversation }: TurnInput): object[] {
  return conversation.messages.flatMap((message) => {
    if (message.role === 'assistant')
      return roundsOf(message).flatMap((round, index) => roundMessages(message, round, index));
    return [{ id: message.id, role: message.role, content: contentOf(message) }];
  });
}

function contentOf(message: Message): unknown {
  if (!message.parts.some(({ type }) => type === 'file')) return textOf(message);
  return message.parts.flatMap((part) => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }];
    return part.type === 'file' ? [fileContent(part)] : [];
  });
}

function fileContent(file: FilePart): object {
  const { mediaType: mimeType, name } = file;
  const data = base64Of(file);
  const kind = /^(image|audio|video)\//.exec(mimeType)?.[1] ?? 'document';
  const source =
    data === undefined ? { type: 'url', value: file.url, mimeType } : { type: 'data', value: data, mimeType };
  return compact({ type: kind, source, metadata: name === undefined ? undefined : { filename: name } });
}

/** Messages go back under the ids that the server gave them: the names of our parts hold them. */
function roundMessages(message: Message, round: readonly Part[], index: number): object[] {
  const content = textOfParts(round);
  const said = /\/text:(?:\d+~)?(.*)$/s.exec(round.find(({ type }) => type === 'text')?.id ?? '')?.[1];
  const thoughts = round.flatMap((part) =>
    part.type === 'reasoning'
      ? [compact({ id: part.id, role: 'reasoning', content: part.text, encryptedValue: part.signature })]
      : [],
  );
  const calls = round.filter((part) => part.type === 'tool' && outcomeOf(part) !== undefined) as (Part & {
    type: 'tool';
  })[];
  const toolCalls = calls.map(({ callId: id, name, argsText }) => ({
    id,
    type: 'function',
    function: { name, arguments: argsText || '{}' },
  }));
  const results = calls.map((part) => {
    const { value, error } = outcomeOf(part) ?? { value: '', error: false };
    const told = resultText(value);
    return compact({
      id: `${part.callId}-result`,
      role: 'tool',
      toolCallId: part.callId,
      content: told,
      error: error ? told : undefined,
    });
  });
  if (content === '' && calls.length === 0) return thoughts;
  const answer = compact({
    id: said ?? `${message.id}-${index}`,
    role: 'assistant',
    content: content || undefined,
    toolCalls: calls.length > 0 ? toolCalls : undefined,
  });
  return [...thoughts, answer, ...results];
}

/** The answers to what the last run stopped to ask. */
export function resumeEntries({ conversation }: TurnInput): object[] | undefined {
  const last = conversation.messages.at(-1);
  const asked = (last?.role === 'assistant' ? last.parts : []).flatMap((part) => {
    if (part.type === 'approval') return [{ ...part, id: part.approvalId }];
    return part.type === 'tool' && part.approval !== undefined ? [part.approval] : [];
  });
  const entries = asked.flatMap(({ id, approved, reason }) => {
    if (approved === undefined) return [];
    const payload = compact({ approved, reason });
    return [{ interruptId: id, status: approved ? 'resolved' : 'cancelled', payload }];
  });
  return entries.length > 0 ? entries : undefined;
}

/** The state that the agent shared last. */
export function sharedState({ conversation }: TurnInput): unknown {
  const parts = conversation.messages.flatMap((message) => message.parts);
  return parts.findLast((part) => part.type === 'data' && part.name === 'state' && part.key === 'state');
}
