import { StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { useEventStream } from '../../src/hooks/use-event-stream.ts';

/** A feed of numbered records over real HTTP; `turn` names it to the server's books. */
const feedUrl = (turn: string, more = '') => `/__simulate/feed/prices?turn=${turn}&everyMs=10&resume=id${more}`;

async function statsOf(turn: string): Promise<{ attempts: number; aborts: number; open: number; overlaps: number }> {
  return (await fetch(`/__simulate/stats?turn=${turn}`)).json();
}

const newTurn = () => `feed-${crypto.randomUUID()}`;

function Feed({ url, onId }: { readonly url: string; readonly onId?: (id: number) => void }) {
  const { connection, latest } = useEventStream({
    url,
    select: (event) => {
      onId?.(Number(event.id));
      return event.id;
    },
    keep: 1,
  });
  const cause = connection.status === 'waiting' ? connection.cause.code : '';
  return <output>{`${connection.status} ${cause} ${latest === undefined ? '' : 'flowing'}`}</output>;
}

describe('useEventStream in a page', () => {
  it('sends one request under StrictMode, and its server sees it leave', async () => {
    const turn = newTurn();
    const screen = await render(
      <StrictMode>
        <Feed url={feedUrl(turn)} />
      </StrictMode>,
    );
    await expect.element(screen.getByRole('status')).toHaveTextContent('open flowing');
    expect(await statsOf(turn)).toMatchObject({ attempts: 1, open: 1 });
    await screen.unmount();
    await expect.poll(() => statsOf(turn)).toMatchObject({ attempts: 1, aborts: 1, open: 0 });
  });

  it('goes on from its cursor when the page comes back from the back-forward cache', async () => {
    const turn = newTurn();
    const ids: number[] = [];
    const screen = await render(<Feed url={feedUrl(turn)} onId={(id) => ids.push(id)} />);
    await expect.element(screen.getByRole('status')).toHaveTextContent('open flowing');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await expect.poll(() => statsOf(turn)).toMatchObject({ open: 0 });
    const before = ids.length;
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await expect.poll(() => ids.length, { timeout: 10_000 }).toBeGreaterThan(before + 5);
    expect(ids).toEqual(ids.map((_, index) => index));
    await screen.unmount();
    expect(await statsOf(turn)).toMatchObject({ attempts: 2, overlaps: 0 });
  });

  it('goes on exactly from a connection that is cut again and again', async () => {
    const turn = newTurn();
    const ids: number[] = [];
    const cuts = [1, 2].map((attempt) => `cut:at=600,end=abort,attempt=${attempt}`).join(';');
    const url = feedUrl(turn, `&faults=${encodeURIComponent(cuts)}`);
    const screen = await render(<Feed url={url} onId={(id) => ids.push(id)} />);
    await expect.poll(() => ids.length, { timeout: 10_000 }).toBeGreaterThan(60);
    expect(ids).toEqual(ids.map((_, index) => index));
    await screen.unmount();
    expect(await statsOf(turn)).toMatchObject({ attempts: 3, overlaps: 0 });
  });

  it('says that a seventh stream to one HTTP/1.1 origin is one too many, and opens it when another has ended', async () => {
    const turns = Array.from({ length: 7 }, newTurn);
    const screen = await render(turns.map((turn) => <Feed key={turn} url={feedUrl(turn)} />));
    const outputs = () => screen.getByRole('status').all();
    await expect
      .poll(() => outputs().map((output) => output.element().textContent))
      .toContain('waiting connection-limit ');
    await screen.rerender(turns.slice(1).map((turn) => <Feed key={turn} url={feedUrl(turn)} />));
    await expect
      .poll(() => outputs().map((output) => output.element().textContent), { timeout: 10_000 })
      .toEqual(turns.slice(1).map(() => 'open  flowing'));
    await screen.unmount();
  });
});
