export { twilioDialer, type TwilioDialerOptions } from './dialer.ts';
export { createTwilioDialect, maxTwilioFrameBytes } from './dialect.ts';
export { createSignatureCheck, type SignatureCheck } from './signature.ts';
export { createTwilioRest, type TwilioRest } from './rest.ts';
export {
  createTwilioLine,
  type TwilioLine,
  type TwilioLineOptions,
  type TwilioParams,
  type TwilioRequest,
} from './twilio-line.ts';
export { twilioPaths, twilioUrls, type TwilioUrls } from './urls.ts';
