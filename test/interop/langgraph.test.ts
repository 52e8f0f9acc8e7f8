// LangGraph's own server, embedded, runs graphs of LangChain's with its fake streaming model.
import { AIMessageChunk, ToolMessage } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import { FakeStreamingChatModel } from '@langchain/core/utils/testing';
import { END, interrupt, MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';
import { createEmbedServer } from '@langchain/langgraph-api/experimental/embed';
import { afterEach, describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import { langgraph } from '../../src/protocol/langgraph.ts';
import { type HttpServer, startHttpServer } from '../support/http-server.ts';
import { pipe, textOf } from './ask.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

const piece = (content: string, more: object = {}) => new AIMessageChunk({ content, ...more });
const words = ['Grüße, ', '日本語 ', 'and 🦊.'];

/** LangChain's fake model drops all but the text of its pieces; real ones hand on the whole. */
class PiecesModel extends FakeStreamingChatModel {
  override async *_streamResponseChunks(...[, , run]: Parameters<FakeStreamingChatModel['_streamResponseChunks']>) {
    for (const message of this.chunks) {
      const chunk = new ChatGenerationChunk({ message, text: String(message.content) });
      yield chunk;
      await run?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk });
    }
  }
}

/** A graph whose model answers with these pieces, one list a call; where it calls a tool, the tool runs in the graph. */
function graphOf(...answers: AIMessageChunk[][]) {
  return graphWith(PiecesModel, answers);
}

function graphWith(Model: typeof FakeStreamingChatModel, answers: AIMessageChunk[][]) {
  let next = 0;
  return new StateGraph(MessagesAnnotation)
    .addNode('agent', async ({ messages }) => {
      const model = new Model({ chunks: answers[next++] });
      return { messages: [await model.invoke(messages)] };
    })
    .addNode('tools', ({ messages }) => {
      const calls = (messages.at(-1) as AIMessageChunk).tool_calls ?? [];
      return {
        messages: calls.map(
          ({ id = '', name, args }) => new ToolMessage({ content: `${name}: ${args['city']}`, tool_call_id: id, name }),
        ),
      };
    })
    .addEdge(START, 'agent')
    .addConditionalEdges('agent', ({ messages }) =>
      (messages.at(-1) as AIMessageChunk).tool_calls?.length ? 'tools' : END,
    )
    .addEdge('tools', 'agent')
    .compile({ checkpointer: new MemorySaver() });
}

async function serve(graph: object): Promise<string> {
  const threads = new Map<string, object>();
  const app = createEmbedServer({
    graph: { agent: graph as never },
    checkpointer: new MemorySaver(),
    threads: {
      get: async (id) => ({ thread_id: id, metadata: threads.get(id) ?? {} }) as never,
      set: async (id, { metadata }) => {
        threads.set(id, metadata ?? {});
        return { thread_id: id, metadata: metadata ?? {} } as never;
      },
      delete: async (id) => void threads.delete(id),
    },
  });
  server = await startHttpServer(async (reply, { method, path, headers, body }) => {
    const request = new Request(`http://localhost${path}`, {
      method,
      headers: headers as Record<string, string>,
      ...(method === 'GET' ? {} : { body }),
    });
    await pipe(await app.fetch(request), reply);
  });
  return server.url;
}

const open = (url: string, options: Partial<ChatOptions> = {}) =>
  createChat({ url, protocol: langgraph(), id: crypto.randomUUID(), ...options });

const calling = (id: string, city: string) => {
  const args = JSON.stringify({ city });
  return [0, 9].map((from) =>
    piece('', {
      tool_call_chunks: [
        {
          index: 0,
          args: from === 0 ? args.slice(0, 9) : args.slice(9),
          type: 'tool_call_chunk',
          ...(from === 0 && { id, name: 'weather' }),
        },
      ],
    }),
  );
};

describe('LangGraph’s embedded server', () => {
  const modes = [
    ['messages-tuple', 'values', 'custom'],
    ['messages', 'values'],
    ['values'],
    ['updates'],
    ['messages-tuple'],
    ['messages', 'messages-tuple', 'updates', 'values', 'debug', 'tasks', 'checkpoints'],
  ];
  it.each(modes.map((streamMode) => ({ streamMode })))(
    'streams an answer once in the modes $streamMode',
    async ({ streamMode }) => {
      const faults: unknown[] = [];
      const url = await serve(graphOf(words.map((word) => piece(word))));
      const chat = open(url, { protocol: langgraph({ streamMode }), onDiagnostic: (error) => void faults.push(error) });
      const { status, message } = await chat.send('hello');
      // The stream ends by its end of file, so that no one can tell it from a cut.
      expect(status).toBe('unconfirmed');
      expect(message?.parts).toMatchObject([{ type: 'text', text: words.join('') }]);
      expect(message?.serverId).toMatch(/^[0-9a-f-]{36}$/);
      expect(faults).toEqual([]);
    },
  );

  it('counts tokens', async () => {
    const usage_metadata = {
      input_tokens: 12,
      output_tokens: 34,
      total_tokens: 46,
      input_token_details: { cache_read: 4 },
      output_token_details: { reasoning: 5 },
    };
    const url = await serve(graphOf([piece('Hi'), piece('', { usage_metadata })]));
    const { message } = await open(url).send('hello');
    expect(message?.usage).toEqual({ input: 12, output: 34, total: 46, cached: 4, reasoning: 5 });
  });

  it.each(modes.map((streamMode) => ({ streamMode })))(
    'runs a tool inside the graph, in the modes $streamMode',
    async ({ streamMode }) => {
      const url = await serve(
        graphOf([piece('Let me look.'), ...calling('c1', 'Oslo')], [piece('It is '), piece('clear.')]),
      );
      const { message } = await open(url, { protocol: langgraph({ streamMode }) }).send('weather?');
      expect(message?.parts).toMatchObject([
        { type: 'text', text: 'Let me look.' },
        {
          type: 'tool',
          name: 'weather',
          args: { city: 'Oslo' },
          status: 'complete',
          result: 'weather: Oslo',
          by: 'server',
        },
        { type: 'text', text: 'It is clear.' },
      ]);
    },
  );

  it.each(modes)('reads a call that a model gives whole, in the modes %j', async (...streamMode) => {
    const tool_calls = [{ id: 'c1', name: 'weather', args: { city: 'Oslo' } }];
    const url = await serve(
      graphWith(FakeStreamingChatModel, [[piece('Let me look.'), piece('', { tool_calls })], [piece('Clear.')]]),
    );
    const { message } = await open(url, { protocol: langgraph({ streamMode }) }).send('weather?');
    expect(message?.parts).toMatchObject([
      { text: 'Let me look.' },
      { name: 'weather', args: { city: 'Oslo' }, status: 'complete', result: 'weather: Oslo' },
      { text: 'Clear.' },
    ]);
  });

  it('remembers the thread and tells only the new answer', async () => {
    const url = await serve(graphOf([piece('First.')], [piece('Second.')], [piece('Second.')]));
    const chat = open(url);
    expect(textOf((await chat.send('one')).message)).toBe('First.');
    expect(textOf((await chat.send('two')).message)).toBe('Second.');
    // The same words again are an answer of their own.
    expect(textOf((await chat.send('three')).message)).toBe('Second.');
    const asked = server?.requests.map(({ body }) => JSON.parse(body) as { input: { messages: unknown[] } });
    expect(asked?.map(({ input }) => input.messages.length)).toEqual([1, 1, 1]);
  });

  it('runs without a thread, and is then told everything', async () => {
    const url = await serve(graphOf([piece('First.')], [piece('Second.')]));
    const chat = open(url, { protocol: langgraph({ thread: null }) });
    await chat.send('one');
    expect(textOf((await chat.send('two')).message)).toBe('Second.');
    expect(server?.requests.map(({ path }) => path)).toEqual(['/runs/stream', '/runs/stream']);
  });

  it('asks the reader, and goes on with the answer', async () => {
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('ask', () => {
        const answer: unknown = interrupt({ question: 'Delete it?' });
        return { messages: [piece(`You said ${JSON.stringify(answer)}`)] };
      })
      .addEdge(START, 'ask')
      .compile({ checkpointer: new MemorySaver() });
    const chat = open(await serve(graph));
    await chat.send('delete');
    expect(chat.getSnapshot().status).toBe('awaiting');
    const part = chat.getSnapshot().conversation.messages.at(-1)?.parts[0];
    expect(part).toMatchObject({
      type: 'approval',
      data: { question: 'Delete it?' },
    });
    await chat.approve(part?.type === 'approval' ? part.approvalId : '', true);
    expect(textOf(chat.getSnapshot().conversation.messages.at(-1))).toContain('true');
  });

  it('sends what a graph writes', async () => {
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('work', (_, config) => {
        config.writer?.({ progress: 0.5 });
        return { messages: [piece('Done.')] };
      })
      .addEdge(START, 'work')
      .compile({ checkpointer: new MemorySaver() });
    const { message } = await open(await serve(graph)).send('work');
    expect(message?.parts).toMatchObject([
      { type: 'data', name: 'custom', data: { progress: 0.5 } },
      { type: 'text', text: 'Done.' },
    ]);
  });

  it('says what failed', async () => {
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('work', () => {
        throw new Error('no disk');
      })
      .addEdge(START, 'work')
      .compile({ checkpointer: new MemorySaver() });
    const { status, error } = await open(await serve(graph)).send('work');
    expect(status).toBe('failed');
    expect(error).toMatchObject({ code: 'failed', excerpt: 'no disk' });
  });

  it('refuses a thread that it cannot know', async () => {
    const { status, error } = await open(await serve(graphOf([piece('x')])), { id: 'not a uuid' }).send('hello');
    expect(status).toBe('failed');
    expect(error).toMatchObject({ status: 400, retryable: false });
  });
});
