// The thread that every candidate shows: questions and answers in turn, each of 600 characters of markdown.

export interface BenchMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export const charsPerMessage = 600;

const words =
  'water gathers in two bulges on either side of the earth and the harbour turns beneath both of them once in a day so the tide comes twice and later by the time that the moon has moved on'.split(
    ' ',
  );

function prose(seed: number, length: number): string {
  const picked = Array.from(
    { length },
    (_, index) => words[(seed * 7 + index * 5 + ((seed * index) % 11)) % words.length],
  );
  return picked.join(' ');
}

/** What answers are made of: a heading, emphasis, a link, code, a list. Exactly `charsPerMessage` characters. */
function markdown(n: number): string {
  const start = `### Point ${n}

It is **${prose(n, 3)}**, *${prose(n + 1, 2)}*, see [the ${prose(n + 2, 2)} page](https://docs.example.com/${n}) or \`call_${n}(x)\`. ${prose(n + 3, 14)}.

- ${prose(n + 4, 8)}
- **${prose(n + 5, 2)}** ${prose(n + 6, 8)}
- ${prose(n + 7, 7)}

`;
  return (start + prose(n + 8, charsPerMessage)).slice(0, charsPerMessage);
}

export function thread(length: number): readonly BenchMessage[] {
  return Array.from({ length }, (_, index) => ({
    id: `m${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
    text: markdown(index),
  }));
}

/** The answer that streams: more of the same, as long as asked. */
export function answer(chars: number): string {
  let text = '';
  for (let n = 0; text.length < chars; n += 1) text += `${markdown(5_000 + n)}\n\n`;
  return text.slice(0, chars);
}
