// Reads the conversation for the requests that adapters build.
import { UsageError } from '../base/errors.ts';
import type { Conversation, FilePart, Message, Part, Role, ToolPart } from '../message/message.ts';

/** The newest message of this role. */
export function newestOf(conversation: Conversation, role: Role): Message | undefined {
  return conversation.messages.findLast((message) => message.role === role);
}

/** The texts of a message, one paragraph each. */
export function textOf(message: Message | undefined): string {
  return textOfParts(message?.parts ?? []);
}

export function textOfParts(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

export function filesOf(parts: readonly Part[]): readonly FilePart[] {
  return parts.filter((part) => part.type === 'file');
}

/** What a request cannot carry. `remedy` says what the caller can do about it. */
export function unsupportedFile(protocol: string, file: FilePart, remedy: string): UsageError {
  return new UsageError(
    'invalid-option',
    `A file of type "${file.mediaType}" cannot be sent by the ${protocol} protocol, so nothing was sent. ${remedy}`,
  );
}

/** A file's content as base64, where the message holds it and not only its address. */
export function base64Of(file: FilePart): string | undefined {
  if (file.base64 !== undefined) return file.base64;
  return /^data:[^,]*;base64,(.*)$/s.exec(file.url ?? '')?.[1];
}

/**
 * An answer that used tools is several of a model's: what it said and called, then what the tools returned, then more.
 * Splits the parts behind each run of tool calls.
 */
export function roundsOf(message: Message): readonly (readonly Part[])[] {
  const rounds: Part[][] = [];
  let previous: Part | undefined;
  for (const part of message.parts) {
    // An empty text begins nothing: it is there for its signature.
    const isMute = 'text' in part && part.text === '';
    const continues = previous !== undefined && (previous.type !== 'tool' || part.type === 'tool' || isMute);
    if (continues) rounds.at(-1)?.push(part);
    else rounds.push([part]);
    if (!isMute) previous = part;
  }
  return rounds;
}

/** What a model is told of a tool call. `undefined` while there is nothing to tell: APIs refuse calls without results. */
export function outcomeOf(tool: ToolPart): { readonly value: unknown; readonly error: boolean } | undefined {
  switch (tool.status) {
    case 'complete':
      return { value: tool.result, error: false };
    case 'failed':
      return { value: tool.result ?? tool.error ?? 'The tool failed.', error: true };
    case 'denied':
      return { value: tool.approval?.reason ?? 'The user did not allow this call.', error: true };
    default:
      return undefined;
  }
}

/** Where a file's content can be had: its address, or the content itself as a data URL. */
export function urlOf(file: FilePart): string | undefined {
  if (file.url !== undefined || file.base64 === undefined) return file.url;
  return `data:${file.mediaType};base64,${file.base64}`;
}

/** A tool's result as the text that APIs want. */
export function resultText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
