// Drives the session of the story that is shown: to an event, step by step, or on and on. The panel commands it over
// Storybook's channel; a story's own test may hold it directly.
import type { LabSession } from '../../stories/support/lab/lab-session.ts';
import type { LabState } from '../../stories/support/lab/lab-state.ts';
import type { LabEvent } from '../../stories/support/lab/timeline.ts';
import { listenToRegions } from './announcements.ts';
import { commands, type LabReport, type LongTask, news } from './messages.ts';
import { countRenders, type RenderCounter } from './renders.ts';
import { painted, standStill } from './stand-still.ts';

export interface LabChannel {
  on(event: string, listener: (...args: unknown[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
}

export interface LabDriver {
  /** A story is shown. `restart` shows it anew, in another session. Returns how to let go of it. */
  show(session: LabSession, restart: () => void): () => void;
  /** Where the story should stand, and how fast it plays. Resolves once it stands there. */
  aim(state: Pick<LabState, 'at' | 'speed'>): Promise<void>;
  /** Goes to an event that the address does not name, until it names another. */
  wind(at: number): Promise<void>;
  play(): Promise<void>;
  pause(): void;
}

/** How often the panel hears of what goes on. */
const reportEveryMs = 120;

/** The page says at which event it stands, for tests and cameras: `data-lab-at`, absent while it is on its way. */
const standsAt = 'data-lab-at';

const longTasksKept = 50;

export function createLabDriver(channel: LabChannel): LabDriver {
  let session: LabSession | undefined;
  let restart = (): void => {};
  let speed = 1;
  let playing = false;
  let wantsToPlay = false;
  let wound: number | undefined;
  let watched = false;
  let move = (): void => {};
  let future: readonly LabEvent[] = [];
  // Wound back, the same happens again: what is known of it stays known, and the tape keeps its length.
  let windsBack = false;
  let renders: RenderCounter | undefined;
  let longTasks: readonly LongTask[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const report = (): void => {
    if (!watched || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (session) channel.emit(news.report, reportOf(session));
    }, reportEveryMs);
  };
  const reportOf = ({ held, events, status, ms }: LabSession): LabReport => ({
    held,
    playing,
    at: events.length,
    events: [...events, ...future.slice(events.length)],
    status,
    ms,
    renders: renders?.counts ?? [],
    commits: renders?.commits ?? 0,
    longTasks,
  });

  const observer =
    typeof PerformanceObserver === 'undefined'
      ? undefined
      : new PerformanceObserver((list) => {
          const more = list.getEntries().map(({ startTime, duration }) => ({
            at: Math.round(startTime),
            ms: Math.round(duration),
          }));
          longTasks = [...longTasks, ...more].slice(-longTasksKept);
          report();
        });

  const watch = (value: boolean): void => {
    if (value !== watched) {
      watched = value;
      if (watched) observer?.observe({ type: 'longtask' });
      else observer?.disconnect();
      renders?.stop();
      renders = watched ? countRenders(report) : undefined;
    }
    report();
    void lookAhead();
  };

  /** Done last and only for somebody who looks: the story does not need it. */
  const lookAhead = async (): Promise<void> => {
    const asked = session;
    if (!watched || !asked?.held || future.length > 0) return;
    const found = await asked.survey();
    if (asked === session) future = found;
    report();
  };

  const stand = async (): Promise<void> => {
    const standing = session;
    await painted();
    if (standing !== session || playing) return;
    move();
    move = standStill();
    document.documentElement.setAttribute(standsAt, String(session?.events.length ?? 0));
  };
  const leave = (): void => {
    document.documentElement.removeAttribute(standsAt);
    move();
    move = () => {};
  };

  const play = async (): Promise<void> => {
    const played = session;
    // The panel takes a story into its hands by another address, and so in another session: that one plays.
    if (!played?.held) {
      wantsToPlay = true;
      return;
    }
    if (playing) return;
    playing = true;
    leave();
    let before = performance.now();
    let until = played.ms;
    for (let goesOn = true; goesOn && playing && played === session;) {
      const now = await new Promise(requestAnimationFrame);
      until += Math.max(0, Number(now) - before) * speed;
      before = Number(now);
      goesOn = await played.playUntil(until);
      until = Math.max(until, played.ms);
      report();
    }
    if (played !== session) return;
    playing = false;
    channel.emit(news.rest, played.events.length);
    report();
    await stand();
  };
  const pause = (): void => {
    playing = false;
  };

  channel.on(commands.watch, (value) => watch(value === true));
  channel.on(commands.play, () => void play());
  channel.on(commands.pause, pause);

  return {
    show(shown, again) {
      session = shown;
      restart = again;
      playing = false;
      if (!windsBack) future = [];
      windsBack = false;
      longTasks = [];
      renders?.clear();
      leave();
      const unsubscribe = shown.subscribe(report);
      const deafen = shown.held || watched ? listenToRegions(document.body, shown.hear) : undefined;
      report();
      return () => {
        unsubscribe();
        deafen?.();
        leave();
        if (session === shown) session = undefined;
      };
    },
    wind(at) {
      wound = at;
      return aim({ at, speed });
    },
    aim,
    play,
    pause,
  };

  async function aim(state: Pick<LabState, 'at' | 'speed'>): Promise<void> {
    speed = state.speed;
    const at = wound ?? state.at;
    const aimed = session;
    if (!aimed?.held || at === undefined || playing) return;
    if (wantsToPlay) {
      wantsToPlay = false;
      await aimed.goTo(at);
      return play();
    }
    // The session that is shown next aims at the same.
    if (at !== 'end' && at < aimed.events.length) {
      windsBack = true;
      restart();
      return;
    }
    wound = undefined;
    leave();
    await aimed.goTo(at);
    if (aimed !== session) return;
    await stand();
    report();
    await lookAhead();
  }
}
