// Lives through one schedule as an application would: a chat, a question, and whatever the network makes of it.
import {
  type Clock,
  createChat,
  fetchTransport,
  type Message,
  type Transport,
  webSocketTransport,
} from '../../src/core.ts';
import { fetchEventSourceTransport } from '../../src/fetch-event-source.ts';
import type { RunningSimulator } from '../../src/simulate/node-host.ts';
import { simulationQuery } from '../../src/testing.ts';
import type { Schedule, TransportName } from './schedule.ts';
import { servers } from './servers.ts';
import { judge, type Observation, type Verdict } from './verdict.ts';

export interface Run {
  readonly schedule: Schedule;
  readonly verdict: Verdict;
  readonly seen: Observation;
  readonly ms: number;
}

export interface Laboratory {
  readonly server: RunningSimulator;
  readonly clock: Clock;
  readonly patience: Patience;
}

/**
 * Real times after which a run counts as hanging. A starved process takes long to finish, and goes on showing signs of life: a
 * run that hangs shows none, or never comes to an end.
 */
export interface Patience {
  readonly withoutSignMs: number;
  readonly inAllMs: number;
}

export async function runSchedule(lab: Laboratory, schedule: Schedule): Promise<Run> {
  const { server, clock } = lab;
  const startedAt = performance.now();
  const socket = schedule.transport === 'websocket';
  const path = socket ? 'ws/laboratory' : 'chat/stream';
  const query = simulationQuery(schedule.simulation);
  const turn = `run-${schedule.name}`;
  const transport = makeTransport(schedule.transport, clock);
  const chat = createChat({
    url: `${server.url}/named-events/${path}?${query}&turn=${turn}`,
    protocol: servers[schedule.server].adapter(socket),
    transport,
    platform: { clock },
    // A server that cannot resume is waited for as long as the others, or its silences would take up the whole time.
    limits: { longSilenceMs: 60_000 },
  });

  let shown = '';
  let wentBackwards = false;
  const watch = watchOver(lab.patience);
  chat.subscribe(() => {
    watch.sign();
    const text = textOf(chat.getSnapshot().conversation.messages.at(-1));
    if (!text.startsWith(shown)) wentBackwards = true;
    shown = text;
  });
  const outcome = await Promise.race([chat.send(schedule.question), watch.over]).finally(watch.end);
  chat.dispose();
  transport.dispose?.();
  const answer = chat.getSnapshot().conversation.messages.at(-1);
  await allLeft(server, turn);
  const seen: Observation = {
    ending: outcome?.status,
    text: textOf(answer),
    sources: answer?.parts.filter((part) => part.type === 'source').length ?? 0,
    wentBackwards,
    stats: server.simulator.turnStats(turn),
  };
  server.simulator.reset(turn);
  return { schedule, verdict: judge(schedule, seen), seen, ms: performance.now() - startedAt };
}

function makeTransport(name: TransportName, clock: Clock): Transport {
  switch (name) {
    case 'fetch':
      return fetchTransport({ clock });
    case 'websocket':
      return webSocketTransport({ clock });
    case 'fetch-event-source':
      return fetchEventSourceTransport({ clock });
  }
}

function textOf(message: Message | undefined): string {
  if (message?.role !== 'assistant') return '';
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function watchOver({ withoutSignMs, inAllMs }: Patience) {
  let giveUp = (): void => {};
  const over = new Promise<undefined>((resolve) => {
    giveUp = () => resolve(undefined);
  });
  const quiet = setTimeout(giveUp, withoutSignMs);
  const inAll = setTimeout(giveUp, inAllMs);
  return {
    over,
    sign: () => quiet.refresh(),
    end: (): void => {
      clearTimeout(quiet);
      clearTimeout(inAll);
    },
  };
}

/** Long enough for the server to hear that its client left, and to count overlaps. */
const leavingMs = 2_000;
const overlapMs = 60;

async function allLeft({ simulator }: RunningSimulator, turn: string): Promise<void> {
  if (simulator.turnStats(turn).connections > 1) await pause(overlapMs);
  const until = performance.now() + leavingMs;
  while (simulator.turnStats(turn).open > 0 && performance.now() < until) await pause(5);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
