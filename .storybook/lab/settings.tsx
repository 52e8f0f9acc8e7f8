/** @jsxRuntime classic */
// The settings of the server and of the tape. Each changes what happens, so each shows the story anew.
import * as React from 'react';
import { type ReactElement, type ReactNode, useId } from 'react';
import { chunkings, type LabState, servers } from '../../stories/support/lab/lab-state.ts';
import { protocolTitles } from '../../stories/support/lab/protocol-titles.ts';
import type { LabPanelState } from './use-lab-panel.ts';

const chunkTitles: Readonly<Record<LabState['chunks'], string>> = {
  story: 'As the story says',
  record: 'One record each',
  'bytes-5': '5 bytes',
  'bytes-1': '1 byte',
  'random-40': 'Up to 40 bytes',
  'split-utf8': 'Inside characters',
  whole: 'All at once',
};

const serverTitles: Readonly<Record<LabState['server'], string>> = {
  ok: 'Well',
  busy: 'Busy once (503)',
  down: 'Down (500)',
  fails: 'Fails in mid-answer',
};

export function Settings({ lab: { state, report, change } }: { readonly lab: LabPanelState }): ReactElement {
  /** A story that streams in real time would only start again: settings take it into the lab's hands. */
  const set = (changes: Partial<LabState>): void => change({ at: report.held ? report.at : 0, ...changes });
  return (
    <section className="lab-settings" aria-label="Settings">
      <Choice
        label="Protocol"
        value={state.protocol ?? ''}
        choices={[['', 'The story’s'], ...Object.entries(protocolTitles)]}
        onChange={(protocol) => set({ protocol: protocol === '' ? undefined : protocol })}
      />
      <Choice
        label="Server"
        value={state.server}
        choices={servers.map((name) => [name, serverTitles[name]])}
        onChange={(server) => set({ server: server as LabState['server'] })}
      />
      <Choice
        label="Chunks"
        value={state.chunks}
        choices={chunkings.map((name) => [name, chunkTitles[name]])}
        onChange={(chunks) => set({ chunks: chunks as LabState['chunks'] })}
      />
      <Choice
        label="Speed"
        value={String(state.speed)}
        choices={[0.1, 0.25, 0.5, 1, 2, 4, 16].map((speed) => [String(speed), `${speed} ×`])}
        onChange={(speed) => change({ speed: Number(speed) })}
      />
      <Figure label="First token, ms" value={state.firstMs} step={100} onChange={(firstMs) => set({ firstMs })} />
      <Figure
        label="Tokens a second"
        value={state.pace ?? 0}
        step={10}
        hint="0: as the story says"
        onChange={(pace) => set({ pace: pace > 0 ? pace : undefined })}
      />
      <Figure label="Jitter, %" value={state.jitter} step={10} onChange={(jitter) => set({ jitter })} />
      <Figure label="Seed" value={state.seed} step={1} onChange={(seed) => set({ seed })} />
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  onChange(value: string): void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps): ReactElement {
  return (
    <Field label={label}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {choices.map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: number;
  readonly step: number;
  readonly hint?: string;
  onChange(value: number): void;
}

function Figure({ label, value, step, hint, onChange }: FigureProps): ReactElement {
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          type="number"
          min={0}
          step={step}
          value={value}
          title={hint}
          onChange={(event) => onChange(Math.max(0, event.currentTarget.valueAsNumber || 0))}
        />
      )}
    </Field>
  );
}

function Field({ label, children }: { readonly label: string; children(id: string): ReactNode }): ReactElement {
  const id = useId();
  return (
    <div className="lab-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
