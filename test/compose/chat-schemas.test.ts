import { describe, expect, it } from 'vitest';
import type { StreamError } from '../../src/base/errors.ts';
import type { StandardSchema } from '../../src/base/standard-schema.ts';
import { type SchemaMap, chatSchemas } from '../../src/compose/chat-schemas.ts';
import { createChat } from '../../src/compose/create-chat.ts';
import { streamChat } from '../../src/compose/stream-chat.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import { chunkAdapter, finish, text } from '../support/chunk-adapter.ts';
import { createFakeClock } from '../support/fake-clock.ts';

/** An object whose member of this name has to be a string. */
function withString<Name extends string>(name: Name): StandardSchema<{ readonly [N in Name]: string }> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate(value) {
        const given = (value as Record<string, unknown> | null)?.[name];
        if (typeof given === 'string') return { value: { [name]: given.trim() } as { readonly [N in Name]: string } };
        return { issues: [{ message: 'expected a string', path: [name] }] };
      },
    },
  };
}

/** Runs turns whose replies are these chunks, each in a record of its own. */
async function run(schemas: SchemaMap, ...replies: (readonly Chunk[])[]) {
  const clock = createFakeClock();
  const faults: StreamError[] = [];
  const transport = scriptedTransport(
    replies.map((chunks) => ({ steps: chunks.map((chunk) => ({ data: JSON.stringify(chunk) })) })),
    { clock },
  );
  const chat = createChat({
    url: '/chat',
    protocol: chunkAdapter(),
    transport,
    platform: { clock },
    schemas: chatSchemas(schemas),
    onDiagnostic: (error) => void faults.push(error),
  });
  const { status, message } = await chat.send('Hi');
  return { status, message, parts: message?.parts ?? [], faults, requests: transport.requests };
}

const call = (args: unknown, more: object = {}): Chunk => ({
  type: 'tool-call',
  id: 'c',
  name: 'weather',
  args,
  ...more,
});
const result = (value: unknown, more: object = {}): Chunk => ({ type: 'tool-result', id: 'c', result: value, ...more });
const data = (value: unknown, more: object = {}): Chunk => ({ type: 'data', name: 'place', data: value, ...more });

describe('chatSchemas', () => {
  describe('for tools', () => {
    const schemas = { tools: { weather: { args: withString('city'), result: withString('sky') } } };

    it('gives what the schemas make of arguments and result', async () => {
      const { parts, faults } = await run(schemas, [call({ city: ' Oslo ' }), result({ sky: ' clear ' }), finish]);
      expect(parts).toMatchObject([{ status: 'complete', args: { city: 'Oslo' }, result: { sky: 'clear' } }]);
      expect(faults).toEqual([]);
    });

    it('fails a call whose arguments do not fit, names the field, and keeps all that came', async () => {
      const { status, parts, faults } = await run(schemas, [text('So: '), call({ city: 5 }), text('Done.'), finish]);
      expect(status).toBe('complete');
      expect(parts).toMatchObject([
        { type: 'text', text: 'So: ' },
        {
          type: 'tool',
          status: 'failed',
          args: { city: 5 },
          error: 'Does not fit at `tools.weather.args.city`: expected a string',
        },
        { type: 'text', text: 'Done.' },
      ]);
      expect(faults).toMatchObject([
        { code: 'invalid-chunk', field: 'tools.weather.args.city', excerpt: 'expected a string' },
      ]);
    });

    it('has the model of a client call hear why it failed, and runs nothing', async () => {
      const chunks = [call({ city: 5 }, { by: 'client' }), { type: 'finish', reason: 'tool-calls' } as const];
      const { status, parts, requests } = await run(schemas, chunks, [text('Sorry.'), finish]);
      expect(status).toBe('complete');
      expect(requests).toHaveLength(2);
      expect(parts).toMatchObject([{ status: 'failed' }, { text: 'Sorry.' }]);
    });

    it('marks a call whose result does not fit, and shows the result all the same', async () => {
      const { parts, faults } = await run(schemas, [call({ city: 'Oslo' }), result({ sky: 1 }), finish]);
      expect(parts).toMatchObject([{ status: 'failed', result: { sky: 1 }, args: { city: 'Oslo' } }]);
      expect(faults).toMatchObject([{ field: 'tools.weather.result.sky' }]);
    });

    it('keeps a call failed whose arguments did not fit, though its server ran it', async () => {
      const { parts } = await run(schemas, [call({ city: 5 }), result({ sky: 'clear' }), finish]);
      expect(parts).toMatchObject([
        { status: 'failed', result: { sky: 'clear' }, error: expect.stringContaining('city') },
      ]);
    });

    it('leaves out a preliminary result that does not fit', async () => {
      const chunks = [
        call({ city: 'Oslo' }),
        result({ sky: 1 }, { preliminary: true }),
        result({ sky: 'clear' }),
        finish,
      ];
      const { parts, faults } = await run(schemas, chunks);
      expect(parts).toMatchObject([{ status: 'complete', result: { sky: 'clear' } }]);
      expect(faults).toHaveLength(1);
    });

    it('lets the tool’s own error through, and tools that were not declared', async () => {
      const { parts, faults } = await run(schemas, [
        call({ city: 'Oslo' }),
        result('no network', { error: true }),
        { type: 'tool-call', id: 'd', name: 'other', args: 1 },
        { type: 'tool-result', id: 'd', result: 2 },
        finish,
      ]);
      expect(parts).toMatchObject([
        { status: 'failed', error: 'no network' },
        { name: 'other', status: 'complete', args: 1, result: 2 },
      ]);
      expect(faults).toEqual([]);
    });
  });

  describe('for data', () => {
    const schemas = { data: { place: withString('city') } };

    it('gives what the schema makes of it, and skips what does not fit', async () => {
      const { parts, faults } = await run(schemas, [
        data({ city: ' Oslo ' }, { id: '1' }),
        data({ town: 'Lima' }, { id: '1' }),
        { type: 'data', name: 'other', data: 5 },
        text('Hi'),
        finish,
      ]);
      expect(parts).toMatchObject([
        { name: 'place', data: { city: 'Oslo' } },
        { name: 'other', data: 5 },
        { text: 'Hi' },
      ]);
      expect(faults).toMatchObject([{ field: 'data.place.city' }]);
    });

    it('checks what a patch makes of it, and keeps what stood where that does not fit', async () => {
      const patch = (path: string, value: unknown) => data([{ op: 'add', path, value }], { id: '1', op: 'patch' });
      const { parts, faults } = await run(schemas, [
        data({ city: 'Oslo' }, { id: '1' }),
        patch('/city', 'Lima'),
        patch('/city', 7),
        finish,
      ]);
      expect(parts).toMatchObject([{ data: { city: 'Lima' } }]);
      expect(faults).toMatchObject([{ field: 'data.place.city' }]);
    });
  });

  describe('for metadata', () => {
    it('checks it as far as it came, and keeps what a protocol adds', async () => {
      const { message, faults } = await run({ metadata: withString('model') }, [
        { type: 'start', id: 's', meta: { model: ' m1 ', protocol: 'x' } },
        { type: 'meta', meta: { seconds: 2 } },
        { type: 'meta', meta: { model: 5 } },
        text('Hi'),
        finish,
      ]);
      expect(message).toMatchObject({ serverId: 's', metadata: { model: 'm1', protocol: 'x', seconds: 2 } });
      expect(faults).toMatchObject([{ field: 'metadata.model' }]);
    });
  });

  it('takes parse functions, and says what they threw', async () => {
    const place = (value: unknown): number => {
      if (typeof value !== 'number') throw new TypeError('No number.');
      return value + 1;
    };
    const { parts, faults } = await run({ data: { place } }, [data(1), data('x'), finish]);
    expect(parts).toMatchObject([{ data: 2 }]);
    expect(faults).toMatchObject([{ field: 'data.place', excerpt: 'No number.' }]);
  });

  it('does not take a schema that answers later', async () => {
    const { parts, faults } = await run({ data: { place: async (value: unknown) => value } }, [data(1), finish]);
    expect(parts).toEqual([]);
    expect(faults).toMatchObject([{ field: 'data.place', excerpt: expect.stringContaining('answers later') }]);
  });

  it('holds for streamChat too', async () => {
    const clock = createFakeClock();
    const steps = [data({ city: ' Oslo ' }), finish].map((chunk) => ({ data: JSON.stringify(chunk) }));
    const { message } = await streamChat({
      url: '/chat',
      protocol: chunkAdapter(),
      transport: scriptedTransport({ steps }, { clock }),
      platform: { clock },
      schemas: chatSchemas({ data: { place: withString('city') } }),
      message: 'Hi',
    }).finished();
    expect(message?.parts).toMatchObject([{ data: { city: 'Oslo' } }]);
  });
});
