/** @jsxRuntime classic */
// What came of the events: words that were announced, components that rendered, tasks that held the page up.
import * as React from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { LabReport } from './messages.ts';

const rowsShown = 40;

export function Findings({ report }: { readonly report: LabReport }): ReactElement {
  const said = report.events
    .slice(0, report.at)
    .flatMap((event) =>
      (event.said ?? []).map((words, place) => ({ ...words, key: `${event.index} ${place}`, event })),
    );
  return (
    <div className="lab-findings">
      <Finding title="Announced" empty="The live regions have said nothing.">
        {said.map(({ key, text, urgency, event }) => (
          <li key={key}>
            <span className="lab-number">{event.index}</span>
            <span className="lab-text">{text}</span>
            {urgency === 'assertive' && <span className="lab-kind">at once</span>}
          </li>
        ))}
      </Finding>
      <Finding title={`Renders, ${report.commits} commits`} empty="Nothing has rendered since the panel was opened.">
        {report.renders.slice(0, rowsShown).map(({ name, renders, mounts }) => (
          <li key={name}>
            <span className="lab-number">{renders}</span>
            <span className="lab-text">{name}</span>
            <span className="lab-time">{mounts > 0 ? `${mounts} new` : ''}</span>
          </li>
        ))}
      </Finding>
      <Finding title="Long tasks" empty="No task has held the page up for 50 ms or longer.">
        {report.longTasks.map(({ at, ms }) => (
          <li key={at}>
            <span className="lab-number">{ms} ms</span>
            <span className="lab-text">at {(at / 1_000).toFixed(2)} s of real time</span>
          </li>
        ))}
      </Finding>
    </div>
  );
}

interface FindingProps {
  readonly title: string;
  readonly empty: string;
  readonly children: readonly ReactNode[];
}

function Finding({ title, empty, children }: FindingProps): ReactElement {
  return (
    <section>
      <h2 className="lab-caption">{title}</h2>
      {children.length === 0 ? <p className="lab-empty">{empty}</p> : <ol>{children}</ol>}
    </section>
  );
}
