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
export { instructionsFor, todayLine } from './instructions.ts';
export { startCall } from './start-call.ts';
export { probeEngine } from './transport/index.ts';
