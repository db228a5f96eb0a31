export {
  createSipLine,
  type SipLine,
  type SipLineOptions,
  type WebhookAnswer,
} from './sip-line.ts';
export { createWebhookReader, type WebhookReader } from './webhook.ts';
