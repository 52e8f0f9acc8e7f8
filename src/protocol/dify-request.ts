// The conversation as Dify wants it: the newest question alone, because Dify keeps the conversation itself.
import { compact } from '../base/compact.ts';
import type { FilePart, Message } from '../message/message.ts';
import type { RequestDraft, TurnInput } from './adapter.ts';
import type { Json, Meta } from './chunk.ts';
import { filesOf, newestOf, textOf, unsupportedFile } from './read-conversation.ts';

export interface DifyOptions {
  /** Which end user asks; Dify keeps conversations and files apart by it. */
  readonly user: string;
  /** What kind of app answers. `chat` is for chat, agent and chatflow apps. Default `chat`. */
  readonly app?: 'chat' | 'completion' | 'workflow';
  /** The app's own input variables. */
  readonly inputs?: Readonly<Record<string, Json>>;
  /** The input that gets the question, in apps that have no other place for it. Default `query`. */
  readonly queryInput?: string;
  /** Further members of the request's body. */
  readonly body?: Readonly<Record<string, Json>>;
}

/** What an answer remembers of Dify's side, for the requests that follow it. */
export function conversationMeta(conversationId: string | undefined, runId: string | undefined): Meta | undefined {
  const meta = compact({ difyConversation: conversationId, difyRun: runId });
  return Object.keys(meta).length > 0 ? meta : undefined;
}

export function requestOf({ conversation, trigger }: TurnInput, options: DifyOptions): RequestDraft {
  const { user, app, inputs = {}, queryInput = 'query', body } = options;
  const paused = remembered(conversation.messages.at(-1), 'difyRun');
  if (trigger === 'continue' && paused !== undefined) {
    // The form was submitted; what the run says after it is read where it says it.
    return { method: 'GET', path: `/workflow/${paused}/events`, query: { user } };
  }
  const question = newestOf(conversation, 'user');
  const files = filesOf(question?.parts ?? []).map(fileOf);
  const asked = {
    response_mode: 'streaming',
    user,
    files: files.length > 0 ? files : undefined,
  };
  if (app !== 'chat') {
    const path = app === 'workflow' ? '/workflows/run' : '/completion-messages';
    return {
      method: 'POST',
      path,
      body: compact({ ...asked, inputs: { ...inputs, [queryInput]: textOf(question) }, ...body }),
    };
  }
  return {
    method: 'POST',
    path: '/chat-messages',
    body: compact({
      ...asked,
      inputs,
      query: textOf(question),
      conversation_id: remembered(conversation.messages.findLast(isOfDify), 'difyConversation'),
      ...body,
    }),
  };
}

function isOfDify(message: Message): boolean {
  return remembered(message, 'difyConversation') !== undefined;
}

/** What `conversationMeta` left in a message. */
export function remembered(message: Message | undefined, key: 'difyConversation' | 'difyRun'): string | undefined {
  const value = message?.metadata[key];
  return typeof value === 'string' ? value : undefined;
}

/** Files are uploaded before, with a request of the caller's, or fetched by Dify. */
function fileOf(file: FilePart): object {
  const kind = file.mediaType.split('/')[0] ?? '';
  const type = ['image', 'audio', 'video'].includes(kind) ? kind : 'document';
  const upload = file.meta?.['difyUpload'];
  if (typeof upload === 'string') return { type, transfer_method: 'local_file', upload_file_id: upload };
  if (file.url === undefined || file.url.startsWith('data:')) {
    throw unsupportedFile('dify', file, 'Upload it to Dify first and set `meta.difyUpload` to its id, or send a url.');
  }
  return { type, transfer_method: 'remote_url', url: file.url };
}
