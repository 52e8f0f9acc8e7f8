// The answers the simulated server can give: data and seeded generators, without a word about formats or time.
import { UsageError } from '../base/errors.ts';
import type { Script, ScriptSource } from './script.ts';
import { arabicAnswer, chineseAnswer, markdownAnswer, randomText, sourcedAnswer } from './script-texts.ts';

const handbook: readonly ScriptSource[] = [
  { title: 'Operations handbook.pdf', page: 12, score: 0.94, quote: 'A stream ends with a record that says so.' },
  {
    title: 'Network FAQ',
    url: 'https://example.com/network-faq',
    score: 0.88,
    quote: 'Proxies close idle connections.',
  },
  { title: 'Release notes', url: 'https://example.com/releases', score: 0.81, quote: 'Cursors are kept for an hour.' },
  {
    title: 'Incident 12',
    url: 'https://example.com/incidents/12',
    score: 0.72,
    quote: 'The answer stopped in mid-word.',
  },
  { title: 'Retry policy', url: 'https://example.com/retries', score: 0.66, quote: 'Wait longer after each failure.' },
  { title: 'Interview notes.docx', page: 3, score: 0.51, quote: 'People reread what moved.' },
];

export type ScriptName =
  | 'greeting'
  | 'echo'
  | 'markdown'
  | 'chinese'
  | 'arabic'
  | 'sources'
  | 'failing'
  | 'slow-thinking'
  | 'reasoning'
  | 'tools'
  | 'approval'
  | 'burst'
  | 'random'
  | 'empty';

/** Every script by name. A script ends with `finish` or `error`. */
export const scripts: Readonly<Record<ScriptName, Script>> = {
  *greeting({ question }) {
    yield { type: 'status', state: 'thinking', label: 'Thinking' };
    yield { type: 'text', text: `Hello! You said: “${question}”. How can I help?` };
    yield { type: 'finish', reason: 'stop' };
  },

  /** The question and nothing else: whatever text a test wants streamed. */
  *echo({ question }) {
    yield { type: 'text', text: question };
    yield { type: 'finish', reason: 'stop' };
  },

  *markdown({ question }) {
    yield { type: 'status', state: 'generating', label: 'Writing the answer' };
    yield { type: 'text', text: markdownAnswer(question) };
    yield { type: 'finish', reason: 'stop' };
  },

  *chinese({ question }) {
    yield { type: 'status', state: 'retrieving', label: '正在检索知识库…' };
    yield { type: 'text', text: chineseAnswer(question) };
    yield { type: 'finish', reason: 'stop' };
  },

  *arabic({ question }) {
    yield { type: 'status', state: 'thinking', label: 'جارٍ التفكير' };
    yield { type: 'text', text: arabicAnswer(question) };
    yield { type: 'finish', reason: 'stop' };
  },

  *sources({ question }) {
    yield { type: 'status', state: 'retrieving', label: 'Searching the handbook' };
    yield { type: 'pause', ms: 400 };
    yield { type: 'sources', sources: handbook };
    yield { type: 'status', state: 'generating', label: 'Writing the answer' };
    yield { type: 'text', text: sourcedAnswer(question) };
    yield { type: 'finish', reason: 'stop' };
  },

  /** Fails after about half an answer. */
  *failing({ question }) {
    yield { type: 'status', state: 'thinking', label: 'Thinking' };
    yield { type: 'text', text: `About “${question}”: there are three things to know. The first is that` };
    yield { type: 'error', code: 'model_timeout', message: 'The model took too long' };
  },

  *'slow-thinking'({ question }) {
    const phases = [
      'Reading the question',
      'Searching 214 documents',
      'Comparing what they say',
      'Checking the numbers',
    ];
    for (const [index, label] of phases.entries()) {
      yield { type: 'status', state: `phase-${index + 1}`, label, items: phases.slice(0, index + 1) };
      yield { type: 'pause', ms: 2_000 };
    }
    yield { type: 'text', text: `After some thought about “${question}”: yes, and it was worth the wait.` };
    yield { type: 'finish', reason: 'stop' };
  },

  *reasoning({ question }) {
    yield { type: 'reasoning', text: `The question is “${question}”. I should answer it directly. One line will do.` };
    yield { type: 'pause', ms: 300 };
    yield { type: 'text', text: 'In short: yes.' };
    yield { type: 'finish', reason: 'stop' };
  },

  *tools({ question }) {
    yield { type: 'status', state: 'tool', label: 'Looking up the weather' };
    yield { type: 'tool', id: 'call-1', name: 'weather', args: { city: 'Oslo' }, result: { celsius: 4, sky: 'rain' } };
    yield { type: 'pause', ms: 300 };
    yield { type: 'text', text: `You asked “${question}”. It is 4 °C and raining in Oslo.` };
    yield { type: 'memory', count: 2 };
    yield { type: 'finish', reason: 'stop' };
  },

  /** Asks before it does what cannot be undone. */
  *approval({ question }) {
    yield { type: 'text', text: `You asked “${question}”. I have written the message.` };
    yield {
      type: 'tool',
      id: 'call-1',
      name: 'send_email',
      args: { to: 'harbour@example.org', subject: 'Arrival at high water' },
      result: { sent: true },
      approval: 'Send this message to the harbour master?',
    };
    yield { type: 'text', text: 'It is sent.' };
    yield { type: 'finish', reason: 'stop' };
  },

  /** `length` tokens (10,000 unless told) as fast as the request's pacing lets them. */
  *burst({ length = 10_000 }) {
    let text = '';
    for (let index = 1; index <= length; index += 1) text += index % 20 === 0 ? '\n' : ' word';
    yield { type: 'text', text };
    yield { type: 'finish', reason: 'stop' };
  },

  /** Seeded text with everything that breaks decoders: several scripts, emoji, newlines, braces, escapes. */
  *random({ random, length = 60 + random.below(120) }) {
    yield { type: 'status', state: 'thinking', label: 'Thinking' };
    yield { type: 'text', text: randomText(random, length) };
    yield { type: 'finish', reason: 'stop' };
  },

  /** An answer that holds nothing. */
  *empty() {
    yield { type: 'finish', reason: 'stop' };
  },
};

/** Finds a script among those handed in and the built-in ones. */
export function findScript(name: string, own: Readonly<Record<string, Script>>): Script {
  const all: Readonly<Record<string, Script>> = { ...scripts, ...own };
  const script = Object.hasOwn(all, name) ? all[name] : undefined;
  if (script) return script;
  throw new UsageError(
    'invalid-option',
    `there is no script "${name}" to answer with. Choose one of ${Object.keys(all).join(', ')}.`,
    { field: 'script' },
  );
}
