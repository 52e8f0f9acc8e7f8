// What a streaming backend owes its readers, in small: an answer runs on its own and keeps its records, so that any number
// of connections may read it, one after the other, each from where the last one broke off.

const recordEveryMs = 30;
const keptMs = 60_000;
const mostAtOnce = 50;

/** Answers that run or are still kept, by the key of their turn. @type {Map<string, Answer>} */
const answers = new Map();

/**
 * The answer to this turn: the one that runs already, else a new one; nothing where too many run.
 *
 * @param {string} key
 * @param {string} question
 */
export function answerOf(key, question) {
  const known = answers.get(key);
  if (known) return known;
  if (answers.size >= mostAtOnce) return undefined;
  const answer = new Answer(recordsFor(question));
  answers.set(key, answer);
  answer.whenForgotten(() => answers.delete(key));
  return answer;
}

class Answer {
  /** @type {{event: string, data: object}[]} */
  sent = [];
  done = false;
  #readers = new Set();
  #forget = () => {};

  /** @param {Iterable<{event: string, data: object}>} records */
  constructor(records) {
    const rest = records[Symbol.iterator]();
    const timer = setInterval(() => {
      const { value, done } = rest.next();
      if (!done) {
        this.sent.push(value);
      } else {
        this.done = true;
        clearInterval(timer);
        setTimeout(() => this.#forget(), keptMs).unref();
      }
      for (const wake of this.#readers) wake();
    }, recordEveryMs);
  }

  whenForgotten(forget) {
    this.#forget = forget;
  }

  /**
   * Every record from this one on, as it comes, until the signal says that the reader has left.
   *
   * @param {number} from
   * @param {AbortSignal} signal
   */
  async *read(from, signal) {
    for (let next = from; !signal.aborted;) {
      if (next < this.sent.length) {
        yield { id: next, ...this.sent[next] };
        next += 1;
      } else if (this.done) {
        return;
      } else {
        await this.#news(signal);
      }
    }
  }

  #news(signal) {
    return new Promise((resolve) => {
      const wake = () => {
        this.#readers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#readers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

/** A real backend asks its model here. */
function* recordsFor(question) {
  yield { event: 'thinking', data: { status: 'reading', message: 'Reading the question' } };
  yield {
    event: 'sources',
    data: {
      count: 1,
      sources: [{ title: 'The standard of server-sent events', url: 'https://html.spec.whatwg.org/' }],
    },
  };
  const paragraphs = [
    `You asked: _${question.replaceAll(/[_*`\\]/g, '')}_`,
    'A **rivulet** is a very small stream. This one comes from `server.js`, a record at a time:',
    ...Array.from({ length: 12 }, (_, index) => `${index + 1}. Record after record, each with an id of its own.`),
    'Stop the server or lose the network while it flows: the page waits, comes back, and goes on after the last record.',
  ];
  for (const token of paragraphs.join('\n\n').split(/(?<=\s)(?=\S)/)) yield { event: 'token', data: { token } };
  yield { event: 'done', data: { status: 'completed' } };
}
