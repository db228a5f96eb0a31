import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { manualClock } from '../../lib/index.ts';
import { openMediaLine, type MediaLine } from './media-line.ts';
import { twilioWire } from './sides/twilio.ts';

interface Sent {
  readonly event: string;
  readonly streamSid?: string;
  readonly sequenceNumber?: string;
  readonly media?: { readonly payload: string; readonly timestamp: string };
  readonly mark?: { readonly name: string };
}

const clock = manualClock();
let server: WebSocketServer;
let far: WebSocket;
let line: MediaLine;
let sent: Sent[];
let heard: number[];

const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((resolve) => setImmediate(resolve));
};
const of = (event: string): readonly Sent[] => sent.filter((message) => message.event === event);
const tell = (message: object): void =>
  far.send(JSON.stringify({ ...message, streamSid: of('start')[0]?.streamSid }));
/** What was told is with the line: its answer to a ping comes behind it. */
const arrived = (): Promise<unknown> => {
  far.ping();
  return once(far, 'pong');
};
const audio = (ms: number) => ({
  event: 'media',
  media: { payload: Buffer.alloc(ms * 8, 7).toString('base64') },
});
const heardMs = (): number => heard.filter((byte) => byte === 7).length / 8;

beforeEach(async () => {
  [sent, heard] = [[], []];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.on('listening', resolve));
  server.on('connection', (socket) => {
    far = socket;
    socket.on('message', (data: Buffer) => sent.push(JSON.parse(data.toString()) as Sent)); // what is under test says so
  });
  line = openMediaLine({
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens
    format: 'audio/pcmu',
    wire: twilioWire({
      ...{ accountSid: 'AC1', callSid: 'CA1', signature: 'signed' },
      parameters: { token: 't' },
    }),
    clock,
    listener: {
      heard: (frame) => heard.push(...frame),
      said: () => undefined,
      speaking: () => undefined,
    },
  });
  await until(() => of('start').length === 1);
});

afterEach(async () => {
  line.cut();
  await line.ended;
  await new Promise((resolve) => server.close(resolve));
});

it('sends twenty milliseconds every twenty, late timers included', async () => {
  clock.advance(20);
  clock.advance(60);
  await until(() => of('media').length === 4);
  expect(of('media').map(({ media }) => media?.timestamp)).toEqual(['0', '20', '40', '60']);
  expect(sent.slice(1).map(({ sequenceNumber }) => sequenceNumber)).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
  ]);
});

it('returns a mark when everything before it was played, not sooner', async () => {
  tell(audio(50));
  tell({ event: 'mark', mark: { name: 'one' } });
  tell(audio(30));
  tell({ event: 'mark', mark: { name: 'two' } });
  await arrived();
  clock.advance(40);
  await until(() => of('media').length === 2);
  expect(of('mark')).toEqual([]);
  clock.advance(20);
  await until(() => of('mark').length === 1);
  expect(of('mark')[0]?.mark?.name).toBe('one');
  clock.advance(40);
  await until(() => of('mark').length === 2);
  expect(heardMs()).toBe(80);
});

it('drops what was not played at a clear, and returns its marks at once', async () => {
  tell(audio(500));
  tell({ event: 'mark', mark: { name: 'one' } });
  await arrived();
  clock.advance(100);
  tell({ event: 'clear' });
  await until(() => of('mark').length === 1);
  clock.advance(1_000);
  expect(heardMs()).toBe(100);
});
