// What schemas make of the types of a chat. Compiled against the packed declarations by test/package/declarations.test.ts.
import { expectTypeOf } from 'vitest';
import { chatSchemas, createChat, type ChatStore, type Message, type StandardSchema } from 'rivulet/core';
import { useChatStream } from 'rivulet/hooks';
import type { Adapter } from 'rivulet/protocols';

declare const protocol: Adapter;
declare const schema: <Output>() => StandardSchema<Output>;

const schemas = chatSchemas({
  tools: {
    weather: { args: schema<{ city: string }>(), result: (value: unknown) => String(value) },
    locate: { result: schema<{ lat: number }>() },
  },
  data: { price: schema<{ cents: number }>() },
  metadata: schema<{ model: string }>(),
});

const chat = createChat({
  url: '/chat',
  protocol,
  schemas,
  onToolCall(call) {
    expectTypeOf(call.name).toEqualTypeOf<'weather' | 'locate'>();
    if (call.name === 'weather') expectTypeOf(call.args).toEqualTypeOf<{ city: string }>();
    return undefined;
  },
  onFinish({ message }) {
    expectTypeOf(message.metadata).toEqualTypeOf<Partial<{ model: string } & Message['metadata']>>();
  },
});

for (const message of chat.getSnapshot().conversation.messages) {
  for (const part of message.parts) {
    if (part.type === 'data') {
      expectTypeOf(part.name).toEqualTypeOf<'price'>();
      expectTypeOf(part.data).toEqualTypeOf<{ cents: number }>();
    }
    if (part.type === 'tool' && part.name === 'weather') {
      if (part.status === 'streaming') expectTypeOf(part.args).toEqualTypeOf<unknown>();
      if (part.status === 'called') expectTypeOf(part.args).toEqualTypeOf<{ city: string }>();
      if (part.status === 'complete') expectTypeOf(part.result).toEqualTypeOf<string>();
      void chat.addToolResult(part.callId, 'clear');
      // @ts-expect-error the result of this tool is a text
      void chat.addToolResult(part.callId, { lat: 1 });
      void chat.addToolResult(part.callId, new Error('no network'), { error: true });
    }
    if (part.type === 'tool' && part.name === 'locate' && part.status === 'complete') {
      expectTypeOf(part.args).toEqualTypeOf<unknown>();
      expectTypeOf(part.result).toEqualTypeOf<{ lat: number }>();
    }
    if (part.type === 'text') expectTypeOf(part.text).toEqualTypeOf<string>();
  }
}

// A name that is known at run time alone takes any of the results.
void chat.addToolResult('call-1', { lat: 1 });
// @ts-expect-error none of the tools returns a number
void chat.addToolResult('call-1', 5);
void chat.send({ text: 'Hi', metadata: { model: 'm' } });
// @ts-expect-error the metadata is declared
void chat.send({ text: 'Hi', metadata: { model: 5 } });

export function Component(): null {
  const { messages, addToolResult } = useChatStream({ chat });
  expectTypeOf(messages).toEqualTypeOf(chat.getSnapshot().conversation.messages);
  void addToolResult('call-1', 'clear');
  expectTypeOf(useChatStream({ url: '/', protocol, schemas }).messages).toEqualTypeOf(messages);
  expectTypeOf(useChatStream({ url: '/', protocol }).messages).toEqualTypeOf<readonly Message[]>();
  return null;
}

// Everything that takes a chat takes a typed one; without schemas nothing changes.
const plain: ChatStore = chat;
void plain;
expectTypeOf(chat.getSnapshot().conversation.messages).toExtend<readonly Message[]>();
expectTypeOf(createChat({ url: '/', protocol }).getSnapshot().conversation.messages).toEqualTypeOf<
  readonly Message[]
>();
