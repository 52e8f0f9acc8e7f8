// Messages and parts that the stories show. Fixed ids and times, so that pictures of them agree.
import type { Message, Part } from '../../src/index.ts';

const noon = Date.UTC(2026, 5, 1, 12, 0, 0);

export function message(facts: Partial<Message> & Pick<Message, 'id'>): Message {
  return { role: 'assistant', parts: [], status: 'complete', createdAt: noon, metadata: {}, version: 0, ...facts };
}

export function text(id: string, words: string, status: 'streaming' | 'complete' = 'complete'): Part {
  return { id, type: 'text', text: words, status };
}

export const question = message({
  id: 'q1',
  role: 'user',
  parts: [text('q1/0', 'Why are there two tides a day, when the Moon passes overhead only once?')],
});

export const answerText = `The Moon pulls on the near side of the Earth more strongly than on its centre, and on the centre more strongly than on the far side.

What matters is the difference. Seen from the centre, the near side is drawn towards the Moon and the far side is left behind, so water gathers in two bulges, one on each side. The Earth turns beneath both of them in a day, and each coast meets two high tides.

Because the Moon moves on along its orbit meanwhile, the second comes about 12 hours and 25 minutes after the first.`;

export const sources: readonly (Part & { readonly type: 'source' })[] = [
  {
    id: 's1',
    type: 'source',
    kind: 'url',
    url: 'https://oceanservice.example.gov/tutorial/tides',
    title: 'Tides and water levels: what causes tides?',
    quote:
      'The tidal force on the side facing away from the Moon is directed outward, which produces the second bulge.',
    score: 0.94,
  },
  {
    id: 's2',
    type: 'source',
    kind: 'url',
    url: 'https://www.physics.example.edu/lectures/12',
    title: 'Lecture 12: differential gravity',
    score: 0.88,
  },
  {
    id: 's3',
    type: 'source',
    kind: 'document',
    title: 'Admiralty tide tables, volume 2',
    mediaType: 'application/pdf',
    quote: 'Mean interval between successive high waters: 12 h 25 min.',
    score: 0.71,
  },
  { id: 's4', type: 'source', kind: 'url', url: 'https://coast.example.org/almanac/2026', score: 0.6 },
  {
    id: 's5',
    type: 'source',
    kind: 'url',
    url: 'https://encyclopedia.example.com/t/tidal-range-in-estuaries-and-bays-of-the-northern-atlantic-with-tables',
    title: 'Tidal range in estuaries and bays of the northern Atlantic, with tables of extremes since 1871',
    score: 0.52,
  },
  { id: 's6', type: 'source', kind: 'url', url: 'https://moon.example.net', title: 'Lunar orbit', score: 0.4 },
  { id: 's7', type: 'source', kind: 'url', url: 'https://museum.example.org/models', title: 'Kelvin’s tide machine' },
];

export const answer = message({ id: 'a1', parts: [text('a1/0', answerText), ...sources.slice(0, 3)] });
