// What the panel shows and does: the state in the address, what the page reports, and the commands.
import { useEffect, useRef, useState } from 'react';
import { CURRENT_STORY_WAS_SET, STORY_RENDERED } from 'storybook/internal/core-events';
import { addons, useChannel, useGlobals, useParameter } from 'storybook/manager-api';
import { encodeOver, labStateOf, type LabState } from '../../stories/support/lab/lab-state.ts';
import { commands, type LabReport, news } from './messages.ts';

export interface LabPanelState {
  readonly state: LabState;
  readonly report: LabReport;
  /** Where the story stands, or is on its way to. */
  readonly place: number;
  change(changes: Partial<LabState>): void;
  /** Takes the story into the lab's hands where it is not yet. */
  goTo(at: number | 'end'): void;
  play(): void;
  pause(): void;
  /** Gives the story back: it streams in real time. */
  release(): void;
}

const nothing: LabReport = {
  held: false,
  playing: false,
  at: 0,
  events: [],
  status: 'idle',
  ms: 0,
  renders: [],
  commits: 0,
  longTasks: [],
};

/** The report comes behind what a hand on the tape asks for. */
function placeOf({ at }: LabState, { playing, at: reached, events }: LabReport): number {
  return playing || typeof at !== 'number' ? reached : Math.min(at, Math.max(reached, events.length));
}

/** The same function at every render, as `useChannel`’s is not. */
function emit(command: string, ...args: readonly unknown[]): void {
  addons.getChannel().emit(command, ...args);
}

export function useLabPanel(active: boolean): LabPanelState {
  const [globals, updateGlobals] = useGlobals();
  const [report, setReport] = useState(nothing);
  const parameter = useParameter<object | undefined>('lab');
  const state = labStateOf(globals['lab'], parameter);
  // Where the reader moves on while it plays, where it came to rest does not count.
  const overruled = useRef(false);
  const change = (changes: Partial<LabState>): void => {
    updateGlobals({ lab: encodeOver(parameter, { ...state, ...changes }) });
  };

  useChannel(
    {
      [news.report]: setReport,
      [news.rest]: (at: number) => {
        if (!overruled.current) change({ at });
        overruled.current = false;
      },
      [STORY_RENDERED]: () => emit(commands.watch, active),
      [CURRENT_STORY_WAS_SET]: () => setReport(nothing),
    },
    [active, globals],
  );
  useEffect(() => emit(commands.watch, active), [active]);

  return {
    state,
    report,
    place: placeOf(state, report),
    change,
    goTo(at) {
      if (report.playing) {
        overruled.current = true;
        emit(commands.pause);
      }
      change({ at });
    },
    play() {
      emit(commands.play);
      const ended = state.at === 'end' || (report.held && report.at >= report.events.length && report.at > 0);
      if (state.at === undefined || ended) change({ at: 0 });
    },
    pause: () => emit(commands.pause),
    release: () => change({ at: undefined }),
  };
}
