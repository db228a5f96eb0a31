export { readBase64Audio } from './base64-audio.ts';
export {
  carrierPaths,
  type CallNews,
  type Carrier,
  type CarrierAnswer,
  type CarrierPaths,
  type CarrierUrls,
  type Webhook,
} from './carrier.ts';
export {
  createCarrierLine,
  type CarrierLine,
  type CarrierLineOptions,
  type CarrierRequest,
} from './carrier-line.ts';
export { askAgainSeconds, excuseFor } from './excuses.ts';
export { createMarkedPlayout, type MarkedPlayout, type MarkedSender } from './marked-playout.ts';
export type { MalformedReason, MediaDialect, MediaFrame, StreamStart } from './media-dialect.ts';
export {
  mediaSocketDefaults,
  serveMediaSocket,
  type Admission,
  type MediaConnection,
  type MediaSocketLimits,
  type MediaSocketOptions,
  type StreamEnd,
  type StreamOwner,
} from './media-socket.ts';
export { hasPlainDepth } from './plain-json.ts';
export type { Absence, AnnouncedCall } from './held-call.ts';
export type { NextStep } from './next-step.ts';
export {
  createPhoneCalls,
  phoneCallDefaults,
  type PhoneCallLimits,
  type PhoneCalls,
  type PhoneCallsOptions,
} from './phone-calls.ts';
