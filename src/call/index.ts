export type { Call, CallEnd, HandOffResult, StartCallOptions } from './call.ts';
export type {
  AttemptStore,
  CallOpening,
  CallNotice,
  CallServices,
  CallerLeg,
  EngineEndpoint,
  LegAbilities,
  LiveCall,
  NoteStore,
  Operators,
  PersonAnswer,
  PersonLine,
  PersonOffer,
  TakeCall,
  TakeCallResult,
  TextModel,
  TrailStore,
} from './ports.ts';
export {
  createReturningLeg,
  createWaitingCalls,
  type KeptCall,
  type LegCarrier,
  type ReturningLeg,
  type ReturningLegOptions,
  type WaitingCalls,
} from './legs/index.ts';
export { instructionsFor, todayLine } from './engine-link/instructions.ts';
export { startCall } from './start-call.ts';
export { probeEngine } from './engine-link/transport/index.ts';
