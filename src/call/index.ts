export type { Call, CallEnd, StartCallOptions } from './call.ts';
export type { CallNotice, CallerLeg, EngineEndpoint, TrailStore } from './ports.ts';
export { instructionsFor, todayLine } from './instructions.ts';
export { startCall } from './start-call.ts';
export { probeEngine } from './transport/index.ts';
