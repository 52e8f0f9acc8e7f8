// The lab's settings as what the simulated server is asked for, over what the story asks for.
import type { SimulationOptions } from '../../../src/testing.ts';
import type { LabState } from './lab-state.ts';

export function labSimulation(state: LabState, story: SimulationOptions): SimulationOptions {
  const { pace, chunks, jitter, firstMs, server, seed } = state;
  return {
    ...story,
    ...(seed !== 1 && { seed }),
    ...(pace !== undefined && { tokensPerSecond: pace }),
    ...(chunks !== 'story' && { chunks: chunkingOf(chunks) }),
    ...(jitter > 0 && { jitter: jitter / 100 }),
    ...(firstMs > 0 && { latencyMs: firstMs }),
    ...(server === 'busy' && { faults: [{ type: 'status', status: 503, retryAfter: '2' }] }),
    ...(server === 'down' && { faults: [{ type: 'status', status: 500, until: Infinity }] }),
    ...(server === 'fails' && { script: 'failing' }),
  };
}

function chunkingOf(name: Exclude<LabState['chunks'], 'story'>): NonNullable<SimulationOptions['chunks']> {
  switch (name) {
    case 'bytes-1':
      return { by: 'bytes', size: 1 };
    case 'bytes-5':
      return { by: 'bytes', size: 5 };
    case 'random-40':
      return { by: 'random', size: 40 };
    case 'record':
    case 'split-utf8':
    case 'whole':
      return { by: name };
  }
}
