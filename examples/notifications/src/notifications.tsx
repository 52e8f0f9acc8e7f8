// A feed that is kept up while the page lives: a lost connection is made again and asks for what was missed.
import { useConnectionStatus, useCountdown, useEventStream } from 'rivulet/hooks';

interface Notice {
  readonly text: string;
  readonly at: number;
}

// Any parse function will do, or a schema of Zod, Valibot or ArkType. What does not fit is skipped and reported.
function parseNotice(value: unknown): Notice {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('at' in value))
    throw new TypeError('text, at');
  const { text, at } = value;
  if (typeof text !== 'string' || typeof at !== 'number') throw new TypeError('text, at');
  return { text, at };
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export function Notifications() {
  const { events, stream, reconnect } = useEventStream({
    url: '/notices',
    events: { notice: parseNotice },
    keep: 50,
    onDiagnostic: (error) => console.warn(error.message),
  });
  const { status, retryAt } = useConnectionStatus(stream);
  const seconds = useCountdown(retryAt);

  return (
    <main>
      <h1>Notifications</h1>
      <output data-status={status}>
        {status === 'open' && 'Connected.'}
        {status === 'connecting' && 'Connecting.'}
        {status === 'offline' && 'You are offline.'}
        {status === 'waiting' && `Trying again in ${seconds ?? 0} s. `}
        {status === 'waiting' && (
          <button type="button" onClick={reconnect}>
            Now
          </button>
        )}
      </output>
      <form action={sendNotice}>
        <label htmlFor="text">A notice to everybody</label>
        <input id="text" name="text" required autoComplete="off" />
        <button>Send</button>
      </form>
      <ol reversed aria-live="polite">
        {events.toReversed().map(({ id, data }) => (
          <li key={id}>
            <time dateTime={new Date(data.at).toISOString()}>{time.format(data.at)}</time> <span>{data.text}</span>
          </li>
        ))}
      </ol>
    </main>
  );
}

async function sendNotice(form: FormData): Promise<void> {
  await fetch('/notices', { method: 'POST', body: JSON.stringify({ text: form.get('text') }) });
}
