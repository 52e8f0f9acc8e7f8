// The long texts of the scripts.
import type { Random } from './random.ts';

export function markdownAnswer(question: string): string {
  return `# An answer in markdown

You asked: *${question}*

Streaming means that **you read while it is being written**. Three things decide whether that feels calm:

1. how often the page is drawn,
2. what happens when the connection breaks,
   - the text that is there stays,
   - the rest follows where it stopped,
3. whether anything jumps.

## What a connection can do

| What happens | What you see | Tokens lost |
| :--- | :---: | ---: |
| nothing | text | 0 |
| a short cut | a pause | 0 |
| a dead server | a note, and \`retry\` | 0 |

## How it looks in code

\`\`\`ts
const response = await fetch('/chat/stream', { method: 'POST', body });
for await (const piece of response.body) {
  console.log(piece.length, 'bytes'); // not characters
}
\`\`\`

> A cut in the middle of a character is still a cut:
> 你好 may arrive as five bytes and then one.

### Still to do

- [x] read the first token
- [ ] read the last one

More at [the manual](https://example.com/manual "The manual"), or in the note[^1]. ~~Nothing else.~~

[^1]: Notes come at the end, as they always do.

---

That is all.
`;
}

export function chineseAnswer(question: string): string {
  return `你问的是：“${question}”。

**流式输出**的意思是：模型一边生成，你一边阅读。要让它*稳定*，需要注意三点：

1. 每一帧只刷新一次页面；
2. 断线之后从**断点**继续，而不是从头再来；
3. 已经显示的文字不能跳动。

| 情况 | 页面显示 |
| --- | --- |
| 正常 | 文字 |
| 断线 | 提示与“重试” |

日本語でも同じです：途中で切れた文字は、続きを待ってから表示します。한국어도 마찬가지입니다. 🎉
`;
}

export function arabicAnswer(question: string): string {
  return `سألت: «${question}».

## الإجابة

البث يعني أنك **تقرأ أثناء الكتابة**. هناك ثلاث نقاط مهمة:

1. لا يُرسم المحتوى أكثر من مرة في كل إطار؛
2. بعد انقطاع الاتصال يستمر النص من حيث توقف؛
3. لا يتحرك ما ظهر من قبل.

مثال: \`const total = 3;\` ثم الرقم 1,250 ثم كلمة English داخل الجملة.
`;
}

export function sourcedAnswer(question: string): string {
  return `On “${question}”, the handbook is clear: an answer is finished only when a record says so [1]. Proxies close
idle connections [2], so a client has to keep its place; cursors stay valid for an hour [3]. What went wrong in
the past is described in incident 12 [4].
`;
}

const pieces = [
  'stream',
  'river',
  'token ',
  'and then ',
  ', ',
  '. ',
  '\n',
  '\n\n',
  '  ',
  'naïve',
  'Ünïcödé',
  '你好',
  '世界，',
  'こんにちは',
  '안녕',
  'مرحبا ',
  'שלום',
  '😀',
  '👩‍👩‍👧‍👦',
  '🇳🇴',
  'é',
  '**bold** ',
  '`code`',
  '- item\n',
  '{"a":1}',
  'data: ',
  'event: done',
  '\\n',
  '"',
  '[DONE]',
  ': heartbeat',
  '\u2028',
  '0123456789',
  '<b>',
  '&amp;',
] as const;

/** About `length` tokens of seeded text. */
export function randomText(random: Random, length: number): string {
  let text = '';
  for (let count = 0; count < length; count += 1) text += random.pick(pieces);
  return text;
}
