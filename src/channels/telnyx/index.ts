export { createLiveness } from './rest.ts';
export { createSignatureCheck, type SignatureCheck } from './signature.ts';
export {
  createTelnyxLine,
  type TelnyxLine,
  type TelnyxLineOptions,
  type TelnyxRequest,
} from './telnyx-line.ts';
export { telnyxPaths } from './texml.ts';
