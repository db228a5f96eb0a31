export { createTelnyx, type TelnyxOptions } from './telnyx.ts';
