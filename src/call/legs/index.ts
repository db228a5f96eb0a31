export type { LegCarrier } from './carrier.ts';
export {
  createReturningLeg,
  type ReturningLeg,
  type ReturningLegOptions,
} from './returning-leg.ts';
export { legWithoutAudio } from './leg-without-audio.ts';
export { createWaitingCalls, type KeptCall, type WaitingCalls } from './waiting-calls.ts';
