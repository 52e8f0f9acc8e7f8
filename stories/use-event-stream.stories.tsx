import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { labDriver } from '../.storybook/lab/with-lab.tsx';
import { ConnectionBanner, type ConnectionStatus, useConnectionStatus } from '../src/index.ts';
import type { FeedOptions } from './support/backend.ts';
import { documentOf, standing } from './support/lab/standing.ts';
import { asWritten, live } from './support/live.ts';
import './support/live-feed.css';
import { useStoryFeed } from './support/use-story-feed.ts';

interface Price {
  readonly symbol: string;
  readonly price: number;
}

const isPrice = (value: unknown): value is Price =>
  typeof value === 'object' && value !== null && 'symbol' in value && 'price' in value;

const price = (value: unknown): Price => {
  if (isPrice(value)) return value;
  throw new TypeError('not a price');
};

const words: Readonly<Record<ConnectionStatus, string>> = {
  idle: 'Not connected',
  connecting: 'Connecting',
  open: 'Live',
  stalled: 'Silent',
  waiting: 'Reconnecting',
  offline: 'Offline',
  interrupted: 'Interrupted',
  closed: 'Closed',
};

interface FeedProps {
  readonly feed: FeedOptions;
}

/** A feed over GET: what came, how it comes, and what is done while it does not come. */
function LiveFeed({ feed }: FeedProps) {
  const { connection, events, stream, reconnect } = useStoryFeed(feed, { events: { price }, keep: 160 });
  const { quality } = useConnectionStatus(stream);
  const newest = events.at(-1);
  const symbols = [...new Set(events.map(({ data }) => data.symbol))].toSorted();
  const ms = (value: number | undefined) => (value === undefined ? '–' : `${Math.round(value)} ms`);

  return (
    <section className="live-feed" aria-label="Prices">
      <header>
        <h2>Prices</h2>
        <span data-part="state" data-status={connection.status}>
          {words[connection.status]}
        </span>
      </header>
      <ConnectionBanner state={connection} onRetry={reconnect} delayMs={0} />
      <ul data-part="prices">
        {symbols.map((symbol) => (
          <Ticker key={symbol} symbol={symbol} prices={pricesOf(symbol, events)} />
        ))}
      </ul>
      <dl data-last-id={newest?.id}>
        {[
          ['Quality', quality.level],
          ['First event', ms(quality.firstChunkMs)],
          ['Mean gap', ms(quality.meanGapMs)],
          ['95 % within', ms(quality.p95GapMs)],
          ['Events', String(quality.chunks)],
          ['Reconnects', String(quality.reconnects)],
        ].map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function pricesOf(symbol: string, events: readonly { readonly data: Price }[]): readonly number[] {
  return events.flatMap(({ data }) => (data.symbol === symbol ? [data.price] : [])).slice(-40);
}

function Ticker({ symbol, prices }: { readonly symbol: string; readonly prices: readonly number[] }) {
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const points = prices.map((value, index) => `${index},${20 - ((value - low) / (high - low || 1)) * 20}`);
  return (
    <li>
      <span data-part="symbol">{symbol}</span>
      <span data-part="price">
        <bdi>{prices.at(-1)?.toFixed(2)}</bdi>
      </span>
      <svg viewBox={`0 0 ${Math.max(1, prices.length - 1)} 20`} preserveAspectRatio="none" aria-hidden="true">
        <polyline
          points={points.join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </li>
  );
}

const prices: FeedOptions = { path: 'feed/prices', everyMs: 40 };

const meta = {
  title: 'Hooks/useEventStream',
  component: LiveFeed,
  args: { feed: prices },
} satisfies Meta<typeof LiveFeed>;

export default meta;
type Story = StoryObj<typeof meta>;

const region = (canvasElement: HTMLElement) => within(canvasElement).getByRole('region', { name: 'Prices' });
const lastId = (canvasElement: HTMLElement) =>
  Number(region(canvasElement).querySelector('dl')?.getAttribute('data-last-id') ?? -1);
/** The value that stands beside a name. */
const figure = (canvasElement: HTMLElement, name: string) =>
  within(canvasElement).getByText(name).closest('dt')?.nextElementSibling;
const waits = { timeout: 10_000 } as const;

export const Live: Story = {
  play: live(async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getAllByRole('listitem')).toHaveLength(4), waits);
    await expect(canvas.getByText('Live')).toBeVisible();
    const seen = lastId(canvasElement);
    await waitFor(() => expect(lastId(canvasElement)).toBeGreaterThan(seen + 5), waits);
    await expect(canvas.queryByRole('button')).not.toBeInTheDocument();
  }),
};

/** Cut, and then refused for a minute: what came stays, the countdown runs, and nobody has to wait for it. */
export const Reconnecting: Story = {
  args: {
    feed: {
      ...prices,
      faults: [
        { type: 'cut', at: 900, end: 'abort' },
        { type: 'status', status: 503, retryAfter: '60', attempt: 2 },
      ],
    },
  },
  play: live(async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByText('Reconnecting', {}, waits);
    await canvas.findByText(/\b(60|5\d) s/, {}, waits);
    await expect(canvas.getAllByRole('listitem')).toHaveLength(4);
  }),
};

/** As `Reconnecting`, with the button pressed: the feed goes on after the last event that came. */
export const TriedNow: Story = {
  args: Reconnecting.args,
  play: live(async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByText(/\b(60|5\d) s/, {}, waits);
    const before = lastId(canvasElement);
    await userEvent.click(canvas.getByRole('button'));
    await canvas.findByText('Live', {}, waits);
    await waitFor(() => expect(lastId(canvasElement)).toBeGreaterThan(before + 3), waits);
    await waitFor(() => expect(figure(canvasElement, 'Reconnects')).toHaveTextContent('2'), waits);
  }),
};

/** The same event shows the same prices: a link to a feed that was cut, reached at once or by way of others. */
export const InTheLab: Story = {
  parameters: { lab: { at: 24, faults: 'drop-12' } },
  play: asWritten(async ({ canvasElement }) => {
    await standing(24);
    const first = documentOf(canvasElement);
    await expect(figure(canvasElement, 'Reconnects')).toHaveTextContent('1');
    for (const at of [9, 24]) {
      await labDriver.wind(at);
      await standing(at);
    }
    await expect(documentOf(canvasElement)).toBe(first);
  }),
};
