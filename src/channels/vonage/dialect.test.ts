import { expect, it } from 'vitest';
import { z } from 'zod';
import { AudioPiece } from '../../audio/index.ts';
import { dialectContract } from '../../carrier/testing/dialect-contract.ts';
import { createVonageDialect } from './dialect.ts';

const call = 'CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab';
const command = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('notify'),
    payload: z.strictObject({ name: z.string() }),
  }),
  z.strictObject({ action: z.literal('clear') }),
]);
const sent = (message: string) => command.parse(JSON.parse(message));
const connected = (token: string | null, rate = 24_000): string =>
  JSON.stringify({
    ...{ event: 'websocket:connected', 'content-type': `audio/l16;rate=${rate}`, call },
    ...(token === null ? {} : { token }),
  });

dialectContract('Vonage', createVonageDialect, () => ({
  ids: { streamId: '', carrierCallId: call, accountId: null },
  start: (token) => connected(token),
  audio: (bytes) => bytes,
  played: (name) => JSON.stringify({ event: 'websocket:notify', payload: { name } }),
  key: (digit) => JSON.stringify({ event: 'websocket:dtmf', digit, duration: 260 }),
  stop: () => null,
  readAudio: (message) => {
    expect(message).toHaveLength(960); // 20 ms, no more and no less
    return Buffer.from(message as Uint8Array); // of that length
  },
  readMark(message) {
    const told = sent(message);
    return told.action === 'notify' ? told.payload.name : '';
  },
  isClear: (message) => sent(message).action === 'clear',
}));

const piece = (ms: number, byte: number) =>
  AudioPiece.ofBytes('audio/pcm', new Uint8Array(ms * 48).fill(byte));
const bytesOf = (messages: ReturnType<ReturnType<typeof createVonageDialect>['audio']>) =>
  Buffer.concat([messages].flat().map((message) => Buffer.from(message as Uint8Array)));

it('sends what is left of one piece with the next, with nothing between them', () => {
  const dialect = createVonageDialect();
  expect(bytesOf(dialect.audio('', piece(30, 1)))).toEqual(Buffer.alloc(960, 1));
  const next = bytesOf(dialect.audio('', piece(30, 2)));
  expect(next).toEqual(Buffer.concat([Buffer.alloc(480, 1), Buffer.alloc(1440, 2)]));
});

it('says nothing more of what was to be silenced', () => {
  const dialect = createVonageDialect();
  dialect.audio('', piece(30, 1));
  dialect.clear('');
  expect(bytesOf(dialect.audio('', piece(20, 2)))).toEqual(Buffer.alloc(960, 2));
});

it('begins no stream at another rate', () => {
  const frame = createVonageDialect().read(Buffer.from(connected('token', 16_000)), false);
  expect(frame).toEqual({ kind: 'malformed', reason: 'audio_coding' });
});

it('takes no half samples', () => {
  const frame = createVonageDialect().read(Buffer.alloc(959), true);
  expect(frame).toEqual({ kind: 'malformed', reason: 'audio_size' });
});
