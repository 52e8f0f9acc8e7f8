// A conversation with the simulated server, as stories use it: the lab can hold it, ask for it and press its buttons.
import { useEffect, useMemo } from 'react';
import { type ChatOptions, createChat } from '../../src/core.ts';
import { useChatStream, type UseChatStreamResult } from '../../src/hooks.ts';
import { backend, type BackendOptions } from './backend.ts';
import { chatReader } from './lab/chat-reader.ts';
import { type Lab, useLab } from './lab/lab-context.ts';
import { createLabSession } from './lab/lab-session.ts';
import type { LabEvent } from './lab/timeline.ts';

export interface StoryChatOptions extends BackendOptions {
  /** What is asked where nobody is there to ask: in the lab. */
  readonly question: string;
}

/** `options` as plain data: what is equal in writing is the same conversation. */
export function useStoryChat(options: StoryChatOptions, more: Partial<ChatOptions> = {}): UseChatStreamResult {
  const lab = useLab();
  const { session, state } = lab;
  const key = JSON.stringify(options);
  const { question, ...server } = useMemo(() => JSON.parse(key) as StoryChatOptions, [key]);
  const reached = useMemo(() => backend(lab, JSON.parse(key) as StoryChatOptions), [lab, key]);
  const result = useChatStream({ ...reached, ...more });
  const { chat } = result;

  useEffect(() => {
    const leave = session.addReader(chatReader(chat));
    if (session.held && chat.getSnapshot().conversation.messages.length === 0) void chat.send(question);
    return leave;
  }, [session, chat, question]);
  useEffect(() => {
    const survey = () => surveyTurn({ session, state }, server, question);
    session.plan(survey);
  }, [session, state, server, question]);
  return result;
}

/** What happens in the first turn from its beginning to its end, found out by a conversation that nobody sees. */
async function surveyTurn(
  { session: shown, state }: Lab,
  options: BackendOptions,
  question: string,
): Promise<readonly LabEvent[]> {
  const session = createLabSession({ ...state, held: true, clock: shown.clock });
  const chat = createChat(backend({ session, state }, options));
  const leave = session.registry.add(chat.status);
  const forget = session.addReader(chatReader(chat));
  void chat.send(question);
  await session.goTo('end');
  forget();
  leave();
  chat.dispose();
  return session.events;
}
