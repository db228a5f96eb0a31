import { expect, it } from 'vitest';
import { z } from 'zod';
import { AudioPiece } from '../../audio/index.ts';
import { dialectContract } from '../../carrier/testing/dialect-contract.ts';
import { createTelnyxDialect } from './dialect.ts';

const stream_id = '32de0dea-53cb-4b21-89a4-9e1819c043bc';
const call_control_id = 'v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg';
const user_id = 'f5586561-8ff0-4291-a51b-c7dfe4139ff9';

const command = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('media'), media: z.strictObject({ payload: z.base64() }) }),
  z.strictObject({ event: z.literal('mark'), mark: z.strictObject({ name: z.string() }) }),
  z.strictObject({ event: z.literal('clear') }),
]);
const sent = (message: string | Uint8Array) => command.parse(JSON.parse(String(message)));

const start = (token: string | null, encoding = 'PCMU'): string =>
  JSON.stringify({
    ...{ event: 'start', sequence_number: '1', stream_id },
    start: {
      ...{ user_id, call_control_id, call_session_id: 'ff55a038', from: '+442079460001' },
      custom_parameters: token === null ? {} : { token },
      media_format: { encoding, sample_rate: 8000, channels: 1 },
    },
  });
const media = (bytes: Buffer, atMs: number, track = 'inbound'): string =>
  JSON.stringify({
    ...{ event: 'media', sequence_number: '4', stream_id },
    media: { track, chunk: '2', timestamp: String(atMs), payload: bytes.toString('base64') },
  });
const frame = Buffer.alloc(160, 0x55);
const read = (dialect: ReturnType<typeof createTelnyxDialect>, text: string) =>
  dialect.read(Buffer.from(text), false);

dialectContract('Telnyx', createTelnyxDialect, () => ({
  ids: { streamId: stream_id, carrierCallId: call_control_id, accountId: user_id },
  start,
  audio: media,
  played: (name) =>
    JSON.stringify({ event: 'mark', sequence_number: '4', stream_id, mark: { name } }),
  key: (digit) =>
    JSON.stringify({ event: 'dtmf', sequence_number: '5', stream_id, dtmf: { digit } }),
  stop: () => JSON.stringify({ event: 'stop', stream_id, stop: { user_id, call_control_id } }),
  readAudio(message) {
    const told = sent(message);
    return Buffer.from(told.event === 'media' ? told.media.payload : '', 'base64');
  },
  readMark(message) {
    const told = sent(message);
    return told.event === 'mark' ? told.mark.name : '';
  },
  isClear: (message) => sent(message).event === 'clear',
}));

it('makes a scrap of audio as long as Telnyx wants it', () => {
  const scrap = AudioPiece.ofBytes('audio/pcmu', new Uint8Array(40).fill(7));
  const told = sent([createTelnyxDialect().audio('', scrap)].flat()[0] ?? '');
  const bytes = Buffer.from(told.event === 'media' ? told.media.payload : '', 'base64');
  expect([...bytes]).toEqual([...Array<number>(40).fill(7), ...Array<number>(120).fill(0xff)]);
});

it('does not believe the time of a frame that comes late', () => {
  const dialect = createTelnyxDialect();
  const times = [0, 40, 20, 60, 60].map((atMs) => read(dialect, media(frame, atMs)));
  expect(times.map((each) => (each.kind === 'audio' ? each.atMs : each))).toEqual([
    ...[0, 40, null, 60, null],
  ]);
});

it('does not take our own voice for the caller’s', () => {
  expect(read(createTelnyxDialect(), media(frame, 0, 'outbound'))).toEqual({ kind: 'other' });
});

it('begins no stream whose audio is coded in another way', () => {
  expect(read(createTelnyxDialect(), start('token', 'G722'))).toEqual({
    kind: 'malformed',
    reason: 'audio_coding',
  });
});
