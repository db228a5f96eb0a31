export {
  createDirectCalls,
  type DirectCalls,
  type DirectCallsOptions,
  type DirectRefusal,
  type OfferAnswer,
  type SecretAnswer,
} from './direct-calls.ts';
export { directDefaults, type DirectLimits } from './limits.ts';
export {
  directClientMessage,
  maxFrameBytes as maxControlFrameBytes,
  type DirectClientMessage,
} from './messages.ts';
