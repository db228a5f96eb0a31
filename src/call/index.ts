export type { Call, CallEnd, HandOffResult, StartCallOptions } from './call.ts';
export type {
  AttachPoint,
  AttachTo,
  AttemptStore,
  CallOpening,
  CallNotice,
  CallServices,
  CallerLeg,
  EngineCalls,
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
  WireSession,
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
export { engineCalls } from './engine-link/engine-calls.ts';
export { startCall } from './start-call.ts';
export { probeEngine } from './engine-link/transport/index.ts';
