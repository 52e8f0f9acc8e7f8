// Answers that run or are still kept, by the key of their turn. One process holds them: behind a balancer put them where
// every instance reaches them, in Redis streams say.
interface StreamRecord {
  readonly event: string;
  readonly data: object;
}

export interface Answer {
  readonly records: readonly StreamRecord[];
  readonly done: boolean;
  /** Called for every new record and at the end, until the result is called. */
  subscribe(listener: () => void): () => void;
}

const recordEveryMs = 30;
const keptMs = 60_000;
const mostAtOnce = 50;
const answers = new Map<string, Answer>();

/** The answer of this turn: the one that runs already, else a new one; nothing where too many run. */
export function answerOf(key: string, question: string): Answer | undefined {
  const known = answers.get(key);
  if (known) return known;
  if (answers.size >= mostAtOnce) return undefined;
  const answer = run(question, () => answers.delete(key));
  answers.set(key, answer);
  return answer;
}

function run(question: string, forget: () => void): Answer {
  const records: StreamRecord[] = [];
  const listeners = new Set<() => void>();
  const rest = recordsFor(question);
  let done = false;
  const timer = setInterval(() => {
    const next = rest.next();
    if (next.done) {
      done = true;
      clearInterval(timer);
      setTimeout(forget, keptMs).unref();
    } else {
      records.push(next.value);
    }
    for (const listener of listeners) listener();
  }, recordEveryMs);
  return {
    records,
    get done() {
      return done;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A real backend asks its model here. */
function* recordsFor(question: string): Generator<StreamRecord, undefined> {
  yield { event: 'thinking', data: { status: 'reading', message: 'Reading the question' } };
  const paragraphs = [
    `You asked: _${question.replaceAll(/[_*`\\]/g, '')}_`,
    'This came from a **route handler**, a record at a time:',
    ...Array.from({ length: 12 }, (_, index) => `${index + 1}. Record after record, each with an id of its own.`),
    'A page that was cut off comes back with the last id it has shown, and gets the rest of the same answer.',
  ];
  for (const token of paragraphs.join('\n\n').split(/(?<=\s)(?=\S)/)) yield { event: 'token', data: { token } };
  yield { event: 'done', data: { status: 'completed' } };
  return undefined;
}
