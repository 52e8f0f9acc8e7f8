import { StreamingMarkdown } from 'rivulet/markdown';

// What is finished needs no script: the markdown is parsed on the server, and the parser stays there. Only the buttons of
// the code block come to the browser.
const article = `## Tides

The tide comes **twice** a day, [each time](https://example.org/tides) 50 minutes later.

| Port  | High water |
| ----- | ---------: |
| Brest |      05:12 |

\`\`\`ts
const lunarDay = 24 + 50 / 60;
\`\`\`
`;

export default function Page() {
  return (
    <main>
      <h1>An answer from yesterday</h1>
      <StreamingMarkdown>{article}</StreamingMarkdown>
    </main>
  );
}
