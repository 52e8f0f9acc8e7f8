/** @jsxRuntime classic */
// The tape: buttons, the place on it, and the connection's states along it.
import * as React from 'react';
import type { ReactElement, ReactNode } from 'react';
import { defaultLabState } from '../../stories/support/lab/lab-state.ts';
import { statusSpans } from '../../stories/support/lab/timeline.ts';
import type { LabPanelState } from './use-lab-panel.ts';

export function Tape({ lab }: { readonly lab: LabPanelState }): ReactElement {
  const { report, place: at, state, goTo } = lab;
  const { events, held, playing } = report;
  const total = events.length;
  return (
    <section className="lab-tape" aria-label="Tape">
      <div className="lab-row">
        <TapeButton label="To the beginning" onClick={() => goTo(0)}>
          <path d="M4 3v10M12.5 3.5L6 8l6.5 4.5z" />
        </TapeButton>
        <TapeButton label="One event back" disabled={!held || at === 0} onClick={() => goTo(at - 1)}>
          <path d="M10.5 3.5L5 8l5.5 4.5z" />
        </TapeButton>
        {playing ? (
          <TapeButton label="Pause" isMain onClick={lab.pause}>
            <path d="M5 3v10M11 3v10" />
          </TapeButton>
        ) : (
          <TapeButton label="Play" isMain onClick={lab.play}>
            <path d="M4.5 2.5v11L13 8z" />
          </TapeButton>
        )}
        <TapeButton label="One event on" disabled={playing} onClick={() => goTo(held ? at + 1 : 1)}>
          <path d="M5.5 3.5L11 8l-5.5 4.5z" />
        </TapeButton>
        <TapeButton label="To the end" onClick={() => goTo('end')}>
          <path d="M12 3v10M3.5 3.5L10 8l-6.5 4.5z" />
        </TapeButton>
        <input
          type="range"
          className="lab-scrub"
          aria-label="Event"
          aria-valuetext={`Event ${at} of ${total}`}
          min={0}
          max={Math.max(total, at)}
          value={at}
          disabled={!held}
          onChange={(event) => goTo(Number(event.currentTarget.value))}
        />
        <output className="lab-place">
          {held ? `${at} / ${total}` : 'live'}
          <small>{`${(report.ms / 1_000).toFixed(2)} s`}</small>
        </output>
        <button type="button" className="lab-button" disabled={state.at === undefined} onClick={lab.release}>
          Live
        </button>
        <button
          type="button"
          className="lab-button"
          onClick={() => lab.change({ ...defaultLabState, at: held ? 0 : undefined })}
        >
          Reset
        </button>
      </div>
      <States lab={lab} />
    </section>
  );
}

interface TapeButtonProps {
  readonly label: string;
  readonly isMain?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function TapeButton({ label, isMain = false, disabled = false, onClick, children }: TapeButtonProps): ReactElement {
  return (
    <button
      type="button"
      className={isMain ? 'lab-button lab-main' : 'lab-button'}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}

/** As long as each state lasted, on a scale that lets a second be seen beside a minute. */
function States({ lab: { report } }: { readonly lab: LabPanelState }): ReactElement {
  const spans = statusSpans(report.events, report.at);
  return (
    <ol className="lab-states" aria-label="Connection over time">
      {spans.map(({ status, fromMs, toMs }) => (
        <li
          key={`${status} ${fromMs}`}
          data-status={status}
          style={{ flexGrow: Math.sqrt(Math.max(40, toMs - fromMs)) }}
          title={`${status}: ${((toMs - fromMs) / 1_000).toFixed(2)} s`}
        >
          <span>{status}</span>
        </li>
      ))}
      {spans.length === 0 && <li data-status="idle">{report.status}</li>}
    </ol>
  );
}
