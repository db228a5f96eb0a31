export { followTrail, type TrailFollower } from './follow-trail.ts';
export type { PhoneTurn, PhoneTurnChoice } from './phone-talk.ts';
export { placeCarrierCall, type CarrierCallOptions, type HeldCarrierCall } from './carrier-call.ts';
export type { CarrierSide } from './carrier-side.ts';
export { telnyxSide } from './sides/telnyx.ts';
export { twilioSide } from './sides/twilio.ts';
export { vonageSide } from './sides/vonage.ts';
