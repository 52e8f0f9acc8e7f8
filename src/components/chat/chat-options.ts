// Tells the options of the conversation from the props of the element: `Chat` takes both side by side.
import type { ChatOptions, UseChatStreamOptions } from '../../hooks/use-chat-stream.ts';

const names = [
  'url',
  'headers',
  'credentials',
  'protocol',
  'transport',
  'fetch',
  'prepareRequest',
  'id',
  'initialMessages',
  'whenBusy',
  'onInterrupted',
  'throttleMs',
  'persist',
  'schemas',
  'generateId',
  'idempotent',
  'resumeHeaders',
  'limits',
  'retry',
  'onDiagnostic',
  'observe',
  'platform',
  'onChunk',
  'onToolCall',
  'onFinish',
  'onError',
] as const satisfies readonly (keyof ChatOptions)[];

/** Compiles only as long as every option is named above. */
type Unnamed = Exclude<keyof ChatOptions, (typeof names)[number]>;
const isComplete: Unnamed extends never ? true : never = true;

const isOption: ReadonlySet<string> = new Set<string>(isComplete ? names : []);

/** The conversation's options, and what is left for the element. */
export function splitOptions<Props extends object>(
  props: Props & Partial<ChatOptions>,
): [options: UseChatStreamOptions, rest: Omit<Props, keyof ChatOptions>] {
  const options: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) (isOption.has(name) ? options : rest)[name] = value;
  return [options as unknown as ChatOptions, rest as Omit<Props, keyof ChatOptions>];
}
