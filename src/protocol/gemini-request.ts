// The conversation as Gemini's `contents`: user and model by turns, what tools returned as the user's word.
import { compact } from '../base/compact.ts';
import type { Conversation, FilePart, Message, Part } from '../message/message.ts';
import { base64Of, outcomeOf, roundsOf, textOf } from './read-conversation.ts';
import { asObject } from './read-json.ts';

interface Content {
  readonly role: 'user' | 'model';
  readonly parts: readonly object[];
}

export function requestOf({ messages }: Conversation): object {
  const system = messages.filter(({ role }) => role === 'system').map(textOf);
  return compact({
    contents: messages.flatMap(contentsOf),
    systemInstruction: system.length === 0 ? undefined : { parts: system.map((text) => ({ text })) },
  });
}

function contentsOf(message: Message): readonly Content[] {
  if (message.role === 'system') return [];
  if (message.role === 'user') return content('user', message.parts.flatMap(inputOf));
  return roundsOf(message).flatMap((parts) => [
    ...content('model', parts.flatMap(outputOf)),
    ...content('user', parts.flatMap(resultOf)),
  ]);
}

function content(role: Content['role'], parts: readonly object[]): readonly Content[] {
  return parts.length === 0 ? [] : [{ role, parts }];
}

function inputOf(part: Part): readonly object[] {
  if (part.type === 'text') return [{ text: part.text }];
  return part.type === 'file' ? [fileOf(part)] : [];
}

/** Signatures go back with what they were sent with; thoughts without one stay where they were made. */
function outputOf(part: Part): readonly object[] {
  const thoughtSignature = 'signature' in part ? part.signature : part.meta?.['thoughtSignature'];
  const signed = (content: object): readonly object[] => [compact({ ...content, thoughtSignature })];
  if (part.type === 'text') return signed({ text: part.text });
  if (part.type === 'reasoning' && thoughtSignature !== undefined) return signed({ text: part.text, thought: true });
  if (part.type === 'file' && part.reasoning !== true) return signed(fileOf(part));
  if (part.type !== 'tool' || part.by === 'server' || outcomeOf(part) === undefined) return [];
  return signed({ functionCall: { id: part.callId, name: part.name, args: asObject(part.args) ?? {} } });
}

function resultOf(part: Part): readonly object[] {
  const outcome = part.type === 'tool' && part.by === 'client' ? outcomeOf(part) : undefined;
  if (part.type !== 'tool' || outcome === undefined) return [];
  const { value, error } = outcome;
  const response = error ? { error: value } : (asObject(value) ?? { output: value });
  return [{ functionResponse: { id: part.callId, name: part.name, response } }];
}

function fileOf(file: FilePart): object {
  const data = base64Of(file);
  return data === undefined
    ? { fileData: { mimeType: file.mediaType, fileUri: file.url } }
    : { inlineData: { mimeType: file.mediaType, data } };
}
