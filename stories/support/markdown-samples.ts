// Answers in markdown, with every construct that a model is likely to write.

export const everything = `# Two tides a day

Seen from the centre of the Earth, the near side is **drawn towards the Moon** and the far side is *left behind*, so water gathers in \`two\` bulges. ~~The Sun does nothing.~~ The Sun adds about [46 percent](https://example.org/sun "Solar tides") of that[^share].

## What to bring

- a tide table of the port
- boots, and
  - a lamp
  - somebody who knows the way
- [x] the chart
- [ ] the weather report

### In order

1. Read the time of low water.
2. Subtract two hours.

   Later is too late: the channel fills from behind.
3. Walk.

#### Words of warning

> The tide waits for nobody,
> and least of all for those who photograph it.

---

| Port | High water | Range |
| :--- | :---: | ---: |
| Brest | 05:12 | 5.9 m |
| Saint-Malo | 07:40 | 11.2 m |
| Dover | 10:58 | 5.2 m |

##### How it is computed

\`\`\`ts
const lunarDay = 24 + 50 / 60;
export const next = (high: number): number => (high + lunarDay / 2) % 24; // hours
\`\`\`

![The harbour at low water](https://images.example.net/harbour.jpg)

###### Sources

One more thing[^note].

[^share]: Of the Moon’s, on average over a year.
[^note]: Tables are for the port, not for the beach beside it.
`;

export const longCode = `The whole table, as the model was asked to write it out:

\`\`\`python
${Array.from({ length: 460 }, (_, line) => `tide_${line + 1} = harmonic(amplitude=${(line * 7) % 13}.${line % 10}, phase=${(line * 29) % 360}, speed=28.984_104)`).join('\n')}
\`\`\`
`;

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export const wideTable = `High water through the week, in local time:

| Port | ${days.map((day) => `${day} morning | ${day} evening`).join(' | ')} |
| :--- | ${days.map(() => '---: | ---:').join(' | ')} |
${['Brest', 'Saint-Malo', 'Cherbourg', 'Dover'].map((port, row) => `| ${port} | ${days.map((_, day) => `0${(row + day) % 9}:1${row} | 1${(row + day) % 9}:3${day}`).join(' | ')} |`).join('\n')}
`;

export const chinese = `## 为什么一天有两次潮汐

**关键在于差异**：月球对近侧海水的引力大于对地心的引力，对远侧的引力则更小，因此形成*两个*隆起。

1. 地球自转一周，经过两个隆起；
2. 月球同时向前运行，所以每次高潮推迟约 \`50\` 分钟。

> 潮汐表只适用于港口本身。

| 港口 | 高潮 | 潮差 |
| --- | :---: | ---: |
| 青岛 | 05:12 | 3.8 米 |
| 厦门 | 11:40 | 5.4 米 |
`;

export const arabic = `## لماذا مدّان في اليوم؟

**الفرق هو ما يهم**: يجذب القمر الجانب القريب من الأرض أكثر من مركزها، ولذلك يتجمع الماء في انتفاخين. الحساب يجري بالدالة \`nextHigh(port)\` كل ساعة.

- اقرأ وقت الجزر.
- اطرح ساعتين.
- [x] الخريطة
- [ ] حالة الطقس

> المدّ لا ينتظر أحدًا.

| الميناء | المد | المدى |
| --- | :---: | ---: |
| بريست | 05:12 | 5.9 |

\`\`\`ts
const lunarDay = 24 + 50 / 60;
\`\`\`
`;

export const highlighted = `In TypeScript:

\`\`\`ts
/** Hours between two high waters. */
const lunarDay = 24 + 50 / 60;

interface Port {
  readonly name: string;
  readonly highs: readonly number[];
}

export function nextHigh(port: Port, now = new Date()): number | undefined {
  const hour = now.getHours() + now.getMinutes() / 60; // local time
  return port.highs.find((high) => high > hour) ?? port.highs[0] + lunarDay / 2;
}

console.log(\`Next in \${nextHigh({ name: 'Brest', highs: [5.2, 17.6] })} h\`);
\`\`\`

In Python, and as a change:

\`\`\`python
@dataclass
class Tide:
    """One high water."""
    port: str = "Brest"
    hour: float = 5.2

    def next(self) -> float:
        return (self.hour + 12.42) % 24  # twice a day
\`\`\`

\`\`\`diff
-const lunarDay = 24;
+const lunarDay = 24 + 50 / 60;
\`\`\`

\`\`\`json
{ "port": "Brest", "highs": [5.2, 17.6], "spring": true }
\`\`\`
`;

export const formulas = `The pull falls with the square of the distance, $F = G\\frac{m_1 m_2}{r^2}$, but the tide with its **cube**:

$$
\\Delta F \\approx \\frac{2 G M m\\, a}{d^3}
$$

Over a day the height is a sum of harmonics:

\`\`\`math
h(t) = h_0 + \\sum_{i=1}^{n} A_i \\cos\\left(\\omega_i t + \\varphi_i\\right)
\`\`\`

- with $\\omega_{M_2} = 28.984°/\\text{h}$ for the Moon,
- and $\\omega_{S_2} = 30°/\\text{h}$ for the Sun.

A tide table costs $5, a good one $10. This one cannot be read: $\\frac{1}{$.
`;

export const diagrams = `How a tide comes about:

\`\`\`mermaid
flowchart LR
  accTitle: From the Moon to the tide table
  moon([Moon]) -->|pulls| water[Near side]
  moon -->|pulls less| earth[Earth]
  earth --> bulge{Two bulges}
  water --> bulge
  bulge --> table[(Tide table)]
\`\`\`

And who says what:

\`\`\`mermaid
sequenceDiagram
  Walker->>Table: When is low water?
  Table-->>Walker: At 11:24
  Note over Walker: Two hours before
\`\`\`

This one is broken, so its code is shown:

\`\`\`mermaid
flowchart LR
  moon[Moon -->
\`\`\`
`;

export const cited = `Two tides a day come from *two* bulges [1], and the Sun adds about 46 percent [2, 3]. A number without a source stays text [9], and so does \`[1]\` in code.

- Low water is the time to walk [2].

| Port | Range |
| --- | ---: |
| Brest | 5.9 m [3] |
`;

export const chineseCode = `价格为 $5 的潮汐表。设 $h$ 为水深，则 $h(t)=A\\cos(\\omega t)$。

\`\`\`ts
// 下一次高潮，单位：小时
export const next = (high: number): string => \`高潮时间：\${(high + 12.42) % 24}\`;
\`\`\`
`;
