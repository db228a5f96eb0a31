import { dialectContract } from '../../carrier/testing/dialect-contract.ts';
import { twilioStreamCommand, type TwilioStreamCommand } from '../../protocol/twilio/index.ts';
import { createTwilioDialect } from './dialect.ts';

const streamSid = 'MZ0123456789';
const ids = { streamId: streamSid, carrierCallId: 'CA1', accountId: 'AC1' };

const sent = (message: string | Uint8Array): TwilioStreamCommand =>
  twilioStreamCommand.parse(JSON.parse(String(message)));

dialectContract('Twilio', createTwilioDialect, () => ({
  ids,
  start: (token) =>
    JSON.stringify({
      ...{ event: 'start', sequenceNumber: '1', streamSid },
      start: {
        ...{ accountSid: 'AC1', callSid: 'CA1', streamSid, tracks: ['inbound'] },
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters: token === null ? {} : { token },
      },
    }),
  audio: (bytes, atMs) =>
    JSON.stringify({
      ...{ event: 'media', sequenceNumber: '3' },
      media: {
        ...{ track: 'inbound', chunk: '1', timestamp: String(atMs) },
        payload: bytes.toString('base64'),
      },
      streamSid,
    }),
  played: (name) =>
    JSON.stringify({ event: 'mark', sequenceNumber: '4', streamSid, mark: { name } }),
  key: (digit) =>
    JSON.stringify({
      event: 'dtmf',
      streamSid,
      sequenceNumber: '5',
      dtmf: { track: 'inbound_track', digit },
    }),
  stop: () =>
    JSON.stringify({ event: 'stop', streamSid, stop: { accountSid: 'AC1', callSid: 'CA1' } }),
  readAudio(message) {
    const command = sent(message);
    return Buffer.from(command.event === 'media' ? command.media.payload : '', 'base64');
  },
  readMark(message) {
    const command = sent(message);
    return command.event === 'mark' ? command.mark.name : '';
  },
  isClear: (message) => sent(message).event === 'clear',
}));
