export { createCallingHours, type CallingHours } from './calling-hours.ts';
export {
  createDialing,
  type DialDesk,
  type Dialing,
  type DialingOptions,
  type DialPolicy,
  type DialRequest,
} from './dialing.ts';
export { createAllowList, readNumber, type AllowList } from './numbers.ts';
