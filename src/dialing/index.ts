export { createCallingHours, type CallingHours } from './calling-hours.ts';
export type { DialDesk, DialingOptions, DialPolicy } from './dial-policy.ts';
export { createDialing, type Dialing, type DialRequest } from './dialing.ts';
export { createAllowList, readNumber, type AllowList } from './numbers.ts';
