// Builds the messages of an Anthropic Messages request from a conversation.
import { compact } from '../base/compact.ts';
import type { Conversation, FilePart, Message, Part, ToolPart } from '../message/message.ts';
import { base64Of, outcomeOf, resultText, textOf } from './read-conversation.ts';

export function systemOf(conversation: Conversation, system: string | undefined): string | undefined {
  const texts = conversation.messages.flatMap((message) => (message.role === 'system' ? [textOf(message)] : []));
  return [...(system === undefined ? [] : [system]), ...texts].join('\n\n') || undefined;
}

/** `continued` is the answer that goes on: what the server has still to do in it is sent along. */
export function anthropicMessages(conversation: Conversation, continued: Message | undefined): object[] {
  return conversation.messages.flatMap((message) => {
    if (message.role === 'user') return withContent('user', message.parts.flatMap(userBlock));
    return message.role === 'assistant' ? assistantMessages(message, message === continued) : [];
  });
}

function withContent(role: 'user' | 'assistant', content: readonly object[]): object[] {
  return content.length === 0 ? [] : [{ role, content }];
}

function userBlock(part: Part): object[] {
  if (part.type === 'text') return textBlock(part.text);
  return part.type === 'file' ? [fileBlock(part)] : [];
}

/** Empty texts are refused. */
function textBlock(text: string, citations?: unknown): object[] {
  return text.trim() === '' ? [] : [compact({ type: 'text', text, citations })];
}

function fileBlock(file: FilePart): object {
  const data = base64Of(file);
  const source =
    data === undefined ? { type: 'url', url: file.url } : { type: 'base64', media_type: file.mediaType, data };
  return file.mediaType.startsWith('image/')
    ? { type: 'image', source }
    : compact({ type: 'document', source, title: file.name });
}

/** What a client's tools returned is said by the user, so each round of them ends a message of the model's. */
function assistantMessages(message: Message, isContinued: boolean): object[] {
  const messages: object[] = [];
  let content: object[] = [];
  let results: object[] = [];
  const flush = (): void => {
    messages.push(...withContent('assistant', content), ...withContent('user', results));
    content = [];
    results = [];
  };
  for (const part of message.parts) {
    const isClients = part.type === 'tool' && part.by === 'client';
    if (results.length > 0 && !isClients) flush();
    content.push(...assistantBlocks(part, isContinued));
    if (isClients) results.push(...resultBlock(part));
  }
  flush();
  return messages;
}

function assistantBlocks(part: Part, isContinued: boolean): object[] {
  switch (part.type) {
    case 'text':
      return textBlock(part.text, part.meta?.['citations']);
    case 'reasoning':
      if (part.redacted !== undefined) return [{ type: 'redacted_thinking', data: part.redacted }];
      // Without its signature the server would refuse it.
      return part.signature === undefined ? [] : [{ type: 'thinking', thinking: part.text, signature: part.signature }];
    case 'tool': {
      // In an answer that goes on nothing is left to the client: what is only called is the server's to run.
      if (outcomeOf(part) === undefined && !(isContinued && part.status === 'called')) return [];
      const { callId: id, name, args, meta } = part;
      const type = part.by === 'client' ? 'tool_use' : (meta?.['type'] ?? 'server_tool_use');
      const call = compact({ type, id, name, input: args ?? {}, server_name: meta?.['server_name'] });
      return part.by === 'client' ? [call] : [call, ...resultBlock(part)];
    }
    default:
      return [];
  }
}

/** What came from the server goes back as it came: it holds encrypted content. */
function resultBlock(tool: ToolPart): object[] {
  const outcome = outcomeOf(tool);
  if (outcome === undefined) return [];
  const { value, error } = outcome;
  const isClients = tool.by === 'client';
  const isMcp = tool.meta?.['type'] === 'mcp_tool_use';
  const type = isClients ? 'tool_result' : isMcp ? 'mcp_tool_result' : `${tool.name}_tool_result`;
  const content = isClients ? resultText(value) : value;
  return [
    compact({ type, tool_use_id: tool.callId, content, is_error: error && (isClients || isMcp) ? true : undefined }),
  ];
}
