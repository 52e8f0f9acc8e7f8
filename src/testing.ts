// Entry point `rivulet/testing`: a backend without a backend, for stories and tests.
export { createSimulator } from './simulate/handler.ts';
export type { Simulator, SimulatorOptions } from './simulate/handler.ts';
export { scriptedTransport } from './transport/scripted.ts';
