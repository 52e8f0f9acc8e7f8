// Builds the messages of a Chat Completions request from a conversation.
import { compact } from '../base/compact.ts';
import type { Conversation, FilePart, Message, Part, ToolPart } from '../message/message.ts';
import { base64Of, outcomeOf, resultText, roundsOf, textOf, textOfParts, urlOf } from './read-conversation.ts';

/** Under which name a server wants its reasoning back. */
export type ReasoningField = 'reasoning_content' | 'reasoning';

export function chatMessages(conversation: Conversation, reasoning: ReasoningField | undefined): object[] {
  return conversation.messages.flatMap((message) => {
    if (message.role === 'assistant') return roundsOf(message).flatMap((round) => roundMessages(round, reasoning));
    return [{ role: message.role, content: contentOf(message) }];
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
  const url = urlOf(file) ?? '';
  if (file.mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url } };
  const data = base64Of(file);
  if (file.mediaType.startsWith('audio/') && data !== undefined) {
    const format = file.mediaType === 'audio/mpeg' ? 'mp3' : file.mediaType.slice('audio/'.length).replace(/^x-/, '');
    return { type: 'input_audio', input_audio: { data, format } };
  }
  return { type: 'file', file: { filename: file.name ?? 'file', file_data: url } };
}

/** One reply of the model, and what its tools returned. A call without a result is left out: APIs refuse it. */
function roundMessages(round: readonly Part[], field: ReasoningField | undefined): object[] {
  const calls = round.filter((part): part is ToolPart => part.type === 'tool' && outcomeOf(part) !== undefined);
  const content = textOfParts(round);
  if (content === '' && calls.length === 0) return [];
  const thoughts = round.filter((part) => part.type === 'reasoning');
  const details = thoughts.flatMap(({ meta }) => meta?.['reasoning_details'] ?? []);
  const message = {
    role: 'assistant',
    content: content === '' ? null : content,
    ...(field === undefined || thoughts.length === 0 ? {} : { [field]: thoughts.map(({ text }) => text).join('\n') }),
    reasoning_details: details.length === 0 ? undefined : details,
    tool_calls: calls.length === 0 ? undefined : calls.map(callOf),
  };
  return [compact(message), ...calls.map(resultOf)];
}

function callOf({ callId, name, argsText }: ToolPart): object {
  return { id: callId, type: 'function', function: { name, arguments: argsText === '' ? '{}' : argsText } };
}

function resultOf(tool: ToolPart): object {
  return { role: 'tool', tool_call_id: tool.callId, content: resultText(outcomeOf(tool)?.value) };
}
