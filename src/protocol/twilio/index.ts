export {
  twilioMediaFormat,
  twilioStreamCommand,
  twilioStreamMessage,
  type TwilioStreamCommand,
  type TwilioStreamMessage,
} from './media-streams.ts';
