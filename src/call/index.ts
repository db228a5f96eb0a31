export type { Call, CallEnd, HandOffResult, StartCallOptions } from './call.ts';
export type {
  AttemptStore,
  CallNotice,
  CallServices,
  CallerLeg,
  EngineEndpoint,
  NoteStore,
  Operators,
  PersonAnswer,
  PersonLine,
  PersonOffer,
  TextModel,
  TrailStore,
} from './ports.ts';
export { instructionsFor, todayLine } from './engine-link/instructions.ts';
export { startCall } from './start-call.ts';
export { probeEngine } from './engine-link/transport/index.ts';
