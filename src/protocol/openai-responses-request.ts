// Builds the input items of an OpenAI Responses request from a conversation.
import { compact } from '../base/compact.ts';
import type { Conversation, FilePart, Message, Part, ToolPart } from '../message/message.ts';
import { base64Of, outcomeOf, resultText, textOf, urlOf } from './read-conversation.ts';
import { type Fields } from './read-json.ts';

export function responseInput(conversation: Conversation): object[] {
  return conversation.messages.flatMap((message) => {
    if (message.role === 'assistant') return thoughtsTogether(message.parts.flatMap(assistantItems));
    return [{ role: message.role, content: contentOf(message) }];
  });
}

function contentOf(message: Message): unknown {
  if (!message.parts.some(({ type }) => type === 'file')) return textOf(message);
  return message.parts.flatMap((part) => {
    if (part.type === 'text') return [{ type: 'input_text', text: part.text }];
    return part.type === 'file' ? [fileContent(part)] : [];
  });
}

function fileContent(file: FilePart): object {
  const url = urlOf(file);
  if (file.mediaType.startsWith('image/')) return { type: 'input_image', image_url: url, detail: 'auto' };
  return base64Of(file) === undefined
    ? { type: 'input_file', file_url: url }
    : { type: 'input_file', filename: file.name ?? 'file', file_data: url };
}

function assistantItems(part: Part): object[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [compact({ role: 'assistant', content: part.text, phase: part.meta?.['phase'] })];
    case 'reasoning': {
      const id = part.meta?.['itemId'];
      // Only encrypted thoughts are of use to a server that did not keep them.
      if (id === undefined) return [];
      const summary = part.text === '' ? [] : [{ type: 'summary_text', text: part.text }];
      return [{ type: 'reasoning', id, summary, encrypted_content: part.signature }];
    }
    case 'tool':
      return part.by === 'client' ? callItems(part) : [];
    case 'approval':
      return part.approved === undefined
        ? []
        : [
            part.data as object,
            { type: 'mcp_approval_response', approval_request_id: part.approvalId, approve: part.approved },
          ];
    default:
      return [];
  }
}

function callItems({ callId, name, argsText, args, meta, ...tool }: ToolPart): object[] {
  const outcome = outcomeOf({ callId, name, argsText, ...tool });
  if (outcome === undefined) return [];
  const output = resultText(outcome.value);
  const custom = meta?.['type'] === 'custom_tool_call';
  const type = custom ? 'custom_tool_call' : 'function_call';
  const input = custom ? { input: resultText(args) } : { arguments: argsText || '{}' };
  return [
    { type, call_id: callId, name, ...input },
    { type: `${type}_output`, call_id: callId, output },
  ];
}

/** The summaries of one reasoning item are parts of their own here. Its last one holds what is encrypted. */
function thoughtsTogether(items: readonly object[]): object[] {
  const merged: Record<string, unknown>[] = [];
  for (const item of items as readonly Fields[]) {
    const last = merged.at(-1);
    if (last !== undefined && item['type'] === 'reasoning' && last['id'] === item['id']) {
      last['summary'] = [...(last['summary'] as object[]), ...(item['summary'] as object[])];
      last['encrypted_content'] ??= item['encrypted_content'];
    } else merged.push({ ...item });
  }
  return merged.filter((item) => item['type'] !== 'reasoning' || item['encrypted_content'] !== undefined);
}
