// Entry point `rivulet/testing`: a backend without a backend, for stories and tests.
export { createSimulator } from './simulate/handler.ts';
export type { Simulator, SimulatorOptions } from './simulate/handler.ts';
export { simulationQuery } from './simulate/options.ts';
export type { Simulation, SimulationOptions } from './simulate/options.ts';
export { createSimulatedFetch } from './simulate/page-fetch.ts';
export { createSimulatedWebSocket } from './simulate/page-socket.ts';
export { scriptedTransport } from './transport/scripted.ts';
export type { ScriptedRequest, ScriptedTransport, ScriptedTransportOptions } from './transport/scripted.ts';
export type { Script, ScriptedAttempt, ScriptedReply, ScriptStep } from './transport/script.ts';
