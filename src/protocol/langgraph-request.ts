// Builds what a LangGraph run is given: new messages for a thread, the whole conversation without one, or the answer to
// what it stopped to ask.
import { compact } from '../base/compact.ts';
import type { ApprovalPart, Conversation, FilePart, Message, Part, ToolPart } from '../message/message.ts';
import { base64Of, outcomeOf, resultText, roundsOf, textOf, textOfParts, urlOf } from './read-conversation.ts';
import { asObject } from './read-json.ts';

/** Input, or a command that goes on with a run that waits. */
export function runInput(conversation: Conversation, isContinued: boolean, hasThread: boolean): object {
  const { messages } = conversation;
  const last = messages.at(-1);
  if (isContinued && last?.role === 'assistant') {
    const answers = last.parts.filter(
      (part) => part.type === 'approval' && part.approved !== undefined,
    ) as ApprovalPart[];
    if (answers.length > 0) return { command: { resume: resumeOf(answers) } };
    const results = last.parts.flatMap((part) => (part.type === 'tool' && part.by === 'client' ? resultOf(part) : []));
    if (hasThread) return { input: { messages: results } };
  }
  // A thread remembers what was said before; its server is told what is new.
  const heard = hasThread ? messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1) : messages;
  return { input: { messages: heard.flatMap(messagesOf) } };
}

function resumeOf(answers: readonly ApprovalPart[]): unknown {
  const [first] = answers;
  if (answers.length === 1 && first !== undefined) return decisionOf(first);
  return Object.fromEntries(answers.map((part) => [part.approvalId, decisionOf(part)]));
}

/** LangChain's middleware asks about a list of actions and wants a decision on each; others take a yes or no. */
function decisionOf({ approved, reason: message, data }: ApprovalPart): unknown {
  const actions = asObject(data)?.['action_requests'];
  if (!Array.isArray(actions)) return approved;
  return { decisions: actions.map(() => (approved ? { type: 'approve' } : compact({ type: 'reject', message }))) };
}

function messagesOf(message: Message): object[] {
  const { role, id } = message;
  if (role === 'assistant') return roundsOf(message).flatMap(roundMessages);
  return [{ type: role === 'user' ? 'human' : 'system', id, content: contentOf(message) }];
}

function contentOf(message: Message): unknown {
  if (!message.parts.some(({ type }) => type === 'file')) return textOf(message);
  return message.parts.flatMap((part) => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }];
    return part.type === 'file' ? [fileContent(part)] : [];
  });
}

function fileContent(file: FilePart): object {
  if (file.mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url: urlOf(file) } };
  const data = base64Of(file);
  const source = data === undefined ? { source_type: 'url', url: file.url } : { source_type: 'base64', data };
  return { type: 'file', mime_type: file.mediaType, ...source, metadata: compact({ filename: file.name }) };
}

function roundMessages(round: readonly Part[]): object[] {
  const calls = round.filter((part): part is ToolPart => part.type === 'tool' && outcomeOf(part) !== undefined);
  const content = textOfParts(round);
  if (content === '' && calls.length === 0) return [];
  const tool_calls = calls.map(({ callId: id, name, args }) => ({ type: 'tool_call', id, name, args: args ?? {} }));
  return [{ type: 'ai', content, tool_calls }, ...calls.flatMap(resultOf)];
}

function resultOf(tool: ToolPart): object[] {
  const outcome = outcomeOf(tool);
  if (outcome === undefined) return [];
  const status = outcome.error ? 'error' : 'success';
  return [{ type: 'tool', tool_call_id: tool.callId, name: tool.name, content: resultText(outcome.value), status }];
}
