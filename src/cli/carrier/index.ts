export { followTrail, type TrailFollower } from './follow-trail.ts';
export type { PhoneTurn } from './phone-talk.ts';
export { placeTwilioCall, type HeldTwilioCall, type TwilioCallOptions } from './twilio-call.ts';
