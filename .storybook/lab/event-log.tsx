/** @jsxRuntime classic */
// Every event in a line. The one at which the story stands is marked; arrow keys wind the tape.
import * as React from 'react';
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import type { LabEvent } from '../../stories/support/lab/timeline.ts';
import type { LabPanelState } from './use-lab-panel.ts';

export function EventLog({ lab }: { readonly lab: LabPanelState }): ReactElement {
  const { report, place: at, goTo } = lab;
  const { events, held } = report;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const box = list.current;
    const row = box?.querySelector<HTMLElement>('[aria-current]');
    if (!row || !box) return;
    // Not by `scrollIntoView`: that would scroll the window around the panel too.
    const above = row.offsetTop - box.scrollTop;
    if (above < 0 || above + row.offsetHeight > box.clientHeight) box.scrollTop = row.offsetTop - box.clientHeight / 2;
    if (box.contains(document.activeElement)) row.focus({ preventScroll: true });
  }, [at]);

  const wind = (event: KeyboardEvent): void => {
    const places: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - 10,
      PageDown: at + 10,
      Home: 0,
      End: events.length,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    goTo(Math.min(Math.max(0, place), events.length));
  };

  return (
    <section className="lab-log" aria-label="Event log">
      <h2 className="lab-caption">Events</h2>
      {events.length === 0 ? (
        <p className="lab-empty">
          {held
            ? 'Nothing has happened. A story that streams asks its first question when it is played.'
            : 'Nothing has streamed yet. Play takes the story into the lab’s hands.'}
        </p>
      ) : (
        <ol ref={list} aria-label="Events">
          {events.map((event) => (
            <li key={event.index}>
              <button
                type="button"
                tabIndex={event.index === Math.max(1, at) ? 0 : -1}
                aria-current={event.index === at ? 'step' : undefined}
                data-kind={event.kind}
                data-ahead={event.index > at ? '' : undefined}
                onClick={() => goTo(event.index)}
                onKeyDown={wind}
              >
                <Line event={event} />
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ event: { index, ms, kind, text, status, said = [] } }: { readonly event: LabEvent }): ReactElement {
  return (
    <>
      <span className="lab-number">{index}</span>
      <span className="lab-time">{(ms / 1_000).toFixed(2)}</span>
      <span className="lab-kind">{kind}</span>
      <span className="lab-text">{text}</span>
      {status !== undefined && (
        <span className="lab-status" data-status={status}>
          {status}
        </span>
      )}
      {said.map(({ text: words }) => (
        <q key={words}>{words}</q>
      ))}
    </>
  );
}
