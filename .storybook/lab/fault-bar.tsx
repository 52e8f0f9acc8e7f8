/** @jsxRuntime classic */
// What can be done to the stream at the event where it stands, and what has been.
import * as React from 'react';
import type { ReactElement } from 'react';
import { actTexts, type LabActKind } from '../../stories/support/lab/acts.ts';
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
  stop: 'Stop',
  allow: 'Allow',
  deny: 'Deny',
};

const buttons = Object.keys(actTexts) as readonly LabActKind[];
const network = faultKinds.filter((kind) => !Object.hasOwn(actTexts, kind));

export function FaultBar({ lab }: { readonly lab: LabPanelState }): ReactElement {
  const { state, report, place, change } = lab;
  const at = report.held ? place : 0;
  const strike = (kind: LabFaultKind): void => {
    const ms = usualMs[kind];
    const fault = { kind, at, ...(ms !== undefined && { ms }) };
    change({ at: at + 1, faults: withFault(state.faults, fault) });
  };
  const button = (kind: LabFaultKind): ReactElement => (
    <button
      key={kind}
      type="button"
      className="lab-button"
      disabled={!report.held || at === 0}
      onClick={() => strike(kind)}
    >
      {titles[kind]}
    </button>
  );
  return (
    <section className="lab-row lab-faults" aria-label="Faults">
      <span className="lab-caption">After event {at}</span>
      {network.map(button)}
      <span className="lab-caption">the reader presses</span>
      {buttons.map(button)}
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
