// What the page under a strict policy shows: an answer with everything in it.
import type { ReactElement } from 'react';
import { highlight } from '../../../src/highlight.ts';
import { StreamingMarkdown } from '../../../src/markdown.ts';
import { math } from '../../../src/math.ts';
import type { SourcePart } from '../../../src/message/message.ts';
import {
  arabic,
  chinese,
  cited,
  everything,
  formulas,
  highlighted,
} from '../../../stories/support/markdown-samples.ts';

const hostile = `
![beacon](https://evil.example/i.png) [x](javascript:alert(1)) <img src=x onerror=alert(1)>
<script>alert(1)</script> <b style="color:red" onclick="alert(1)">b</b>

| a |
|:-:|
| <iframe src="https://evil.example"></iframe> |

$\\href{https://evil.example}{x}$ $\\includegraphics{https://evil.example/i.png}$ $\\htmlStyle{color: red}{x}$ $\\colorbox{red}{x}$
`;

export const answer = [everything, highlighted, formulas, cited, chinese, arabic, hostile].join('\n\n');

const sources: readonly SourcePart[] = [
  { id: 's1', type: 'source', kind: 'url', title: 'Why two tides', url: 'https://evil.example/two' },
];

export const view = (text: string, streaming: boolean): ReactElement => (
  <StreamingMarkdown caret streaming={streaming} plugins={[highlight(), math()]} sources={sources}>
    {text}
  </StreamingMarkdown>
);
