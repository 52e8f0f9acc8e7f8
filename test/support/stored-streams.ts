// The streams that stand in the repository, samples among them, and the recordings beside it where they are at hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/entries.ts';
import type { TextFraming } from '../../src/wire/frame.ts';
import { foreignRecordings, type Protocol, protocols } from './protocols.ts';
import { readRecordings, framed, recordingsIn } from './recordings.ts';
import { samples } from './samples.ts';
import { utf8 } from './split.ts';

export interface StoredStream {
  readonly name: string;
  readonly protocol: Protocol;
  readonly framing: TextFraming;
  readonly bytes: Uint8Array;
}

export function storedStreams(): readonly StoredStream[] {
  return protocols.flatMap((protocol) => [
    ...sampled(protocol),
    ...protocol.folders.flatMap((folder) => [...handMade(protocol, folder), ...recorded(protocol, folder)]),
  ]);
}

function sampled(protocol: Protocol): StoredStream[] {
  const { name } = protocol.adapter;
  return (samples[name] ?? []).map(({ stream, framing }, index) => {
    return { name: `samples/${name}-${index}`, protocol, framing, bytes: utf8(stream) };
  });
}

function handMade(protocol: Protocol, folder: string): StoredStream[] {
  const path = join(root, 'test/fixtures', folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.sse'))
    .map((file) => {
      const bytes = new Uint8Array(readFileSync(join(path, file)));
      return { name: `${folder}/${file}`, protocol, framing: 'sse', bytes };
    });
}

function recorded(protocol: Protocol, folder: string): StoredStream[] {
  const streams: StoredStream[] = [];
  const names = recordingsIn(folder).filter((name) => !foreignRecordings.includes(name));
  for (const [name, text] of readRecordings(names)) streams.push({ name, protocol, ...framed(name, text) });
  return streams;
}
