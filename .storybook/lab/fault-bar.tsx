/** @jsxRuntime classic */
// What can be done to the stream at the event where it stands, and what has been.
import * as React from 'react';
import type { ReactElement } from 'react';
import {
  type LabFaultKind,
  faultKinds,
  type LabFault,
  usualMs,
  withFault,
  withoutFault,
} from '../../stories/support/lab/faults.ts';
import type { LabPanelState } from './use-lab-panel.ts';

const titles: Readonly<Record<LabFaultKind, string>> = {
  stall: 'Stall',
  drop: 'Drop',
  offline: 'Offline',
  duplicate: 'Duplicate',
  reorder: 'Reorder',
  missing: 'Leave out',
  stop: 'Press Stop',
};

export function FaultBar({ lab }: { readonly lab: LabPanelState }): ReactElement {
  const { state, report, change } = lab;
  const at = report.held ? report.at : 0;
  const strike = (kind: LabFaultKind): void => {
    const ms = usualMs[kind];
    const fault = { kind, at, ...(ms !== undefined && { ms }) };
    change({ at: at + 1, faults: withFault(state.faults, fault) });
  };
  return (
    <section className="lab-row lab-faults" aria-label="Faults">
      <span className="lab-caption">After event {at}</span>
      {faultKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="lab-button"
          disabled={!report.held || at === 0}
          onClick={() => strike(kind)}
        >
          {titles[kind]}
        </button>
      ))}
      {state.faults.map((fault) => (
        <button
          key={`${fault.kind} ${fault.at}`}
          type="button"
          className="lab-chip"
          aria-label={`Remove ${describe(fault)}`}
          title="Remove"
          onClick={() => change({ faults: withoutFault(state.faults, fault) })}
        >
          {describe(fault)}
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
          </svg>
        </button>
      ))}
    </section>
  );
}

function describe({ kind, at, ms }: LabFault): string {
  const lasting = ms === undefined ? '' : ` for ${ms / 1_000} s`;
  return `${titles[kind]} after ${at}${lasting}`;
}
