import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { AudioPiece } from '../../audio/index.ts';
import type { CallerLeg } from '../../call/ports.ts';
import { manualClock, silentLog } from '../../lib/index.ts';
import type { CallEndReason, CallServerMessage } from '../../protocol/index.ts';
import { serveCallSocket } from './call-socket.ts';
import type { TakeCallResult } from '../../call/ports.ts';

class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly texts: CallServerMessage[] = [];
  readonly audio: Uint8Array[] = [];
  pings = 0;
  closedWith: number | 'terminated' | undefined;

  send(data: Uint8Array | string): void {
    if (typeof data === 'string') this.texts.push(JSON.parse(data) as CallServerMessage);
    else this.audio.push(data);
  }
  ping(): void {
    this.pings += 1;
  }
  close(code: number): void {
    this.end(code);
  }
  terminate(): void {
    this.end('terminated');
  }
  end(how: number | 'terminated'): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.closedWith = how;
    this.emit('close');
  }
  text(message: unknown): void {
    this.emit(
      'message',
      Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)),
      false,
    );
  }
  binary(bytes: Buffer): void {
    this.emit('message', bytes, true);
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const opening = {
  desk: { name: 'front-desk', title: 'Green Bay' },
  agents: { triage: 'Triage' },
  hearing: { available: true },
};

function setUp(answer?: (leg: CallerLeg) => TakeCallResult) {
  const socket = new FakeSocket();
  const clock = manualClock();
  const { promise: ended, resolve: end } = Promise.withResolvers<{ reason: CallEndReason }>();
  const heard: number[] = [];
  const typed: string[] = [];
  const hungUp: (CallEndReason | undefined)[] = [];
  const dropped: string[] = [];
  const asked: (string | undefined)[] = [];
  let leg: CallerLeg | undefined;
  const call = {
    id: 'call_1',
    hearCaller: (audio: AudioPiece) => void heard.push(audio.samples().length),
    type: (text: string) => void typed.push(text),
    hangUp: (reason?: CallEndReason) => void hungUp.push(reason),
    ended,
  };
  serveCallSocket(socket as unknown as WebSocket, {
    // the fake has the few members that are used
    clock,
    log: silentLog,
    onDropped: (reason) => dropped.push(reason),
    take: async (request) => {
      leg = request.leg;
      asked.push(request.desk);
      return answer?.(request.leg) ?? { ok: true, call, opening };
    },
  });
  return { socket, clock, end, heard, typed, hungUp, dropped, asked, leg: () => leg! };
}

const second = Buffer.alloc(9_600);

describe('the call socket', () => {
  let line: ReturnType<typeof setUp>;
  beforeEach(async () => {
    line = setUp();
    line.socket.text({ type: 'start', desk: 'front-desk' });
    await settle();
  });

  it('says `started` before anything else, also before what the call said earlier', async () => {
    const early = setUp((leg) => {
      leg.notify({ type: 'status', agent: 'thinking', caller: 'silent', activeAgent: 'triage' });
      return { ok: false, code: 'busy', message: 'All lines are taken.' };
    });
    early.socket.text({ type: 'start' });
    await settle();
    expect(early.socket.texts).toEqual([
      { type: 'refused', code: 'busy', message: 'All lines are taken.' },
    ]);
    expect(early.socket.closedWith).toBe(1013);
    expect(line.socket.texts[0]).toEqual({ type: 'started', callId: 'call_1', ...opening });
    expect(line.asked).toEqual(['front-desk']);
  });

  it('passes audio and typed turns on', () => {
    line.socket.binary(Buffer.alloc(960));
    line.socket.text({ type: 'say', text: 'hello' });
    expect(line.heard).toEqual([480]);
    expect(line.typed).toEqual(['hello']);
  });

  it('paces audio to the page and tells it to drop what was cut off', () => {
    line.leg().play({ itemId: 'item_1', audio: AudioPiece.ofSamples(new Int16Array(24_000)) });
    line.clock.advance(100);
    const before = line.socket.audio.length;
    expect(before).toBeGreaterThanOrEqual(8); // 100 ms and 60 ms ahead
    expect(before).toBeLessThanOrEqual(9);
    expect(line.socket.audio[0]).toHaveLength(960);
    line.leg().clear();
    line.clock.advance(500);
    expect(line.socket.audio).toHaveLength(before);
    expect(line.socket.texts.at(-1)).toEqual({ type: 'clear' });
    expect(line.leg().heardMs('item_1')).toBe(100);
  });

  it('ends with the reason of the call', async () => {
    line.end({ reason: 'agent_ended' });
    await settle();
    expect(line.socket.texts.at(-1)).toEqual({ type: 'ended', reason: 'agent_ended' });
    expect(line.socket.closedWith).toBe(1000);
  });

  it('tells a hang-up from a caller who is lost', () => {
    line.socket.text({ type: 'hang_up' });
    expect(line.hungUp).toEqual(['caller_hung_up']);
    line.socket.end(1006);
    expect(line.hungUp).toEqual(['caller_hung_up', 'caller_lost']);
  });

  it('drops nonsense, counts it, and closes on a client that keeps at it', () => {
    line.socket.text('{"type":');
    line.socket.text({ type: 'say', text: 'hi', admin: true });
    line.socket.text('x'.repeat(20_000));
    line.socket.binary(Buffer.alloc(3));
    line.socket.binary(Buffer.alloc(50_000));
    expect(line.dropped).toEqual([
      'not_a_message',
      'not_a_message',
      'text_size',
      'audio_size',
      'audio_size',
    ]);
    expect(line.typed).toEqual([]);
    expect(line.socket.closedWith).toBeUndefined();
    for (let n = 0; n < 15; n += 1) line.socket.text('null');
    expect(line.socket.closedWith).toBe(1008);
    expect(line.hungUp).toContain('caller_lost');
  });

  it('A30: cuts a flood of audio down to real time without ending the call', () => {
    for (let n = 0; n < 50; n += 1) line.socket.binary(second); // ten seconds at once
    expect(line.heard.length).toBeLessThanOrEqual(10);
    expect(line.dropped).toContain('audio_too_fast');
    expect(line.socket.closedWith).toBeUndefined();
    line.clock.advance(1000);
    line.socket.binary(second);
    expect(line.heard.length).toBeGreaterThan(10);
  });

  it('A29: closes on a flood of frames that are too small to be sound', () => {
    for (let n = 0; n < 3_000; n += 1) line.socket.binary(Buffer.alloc(2));
    expect(line.dropped).toContain('frames_too_fast');
    expect(line.socket.closedWith).toBe(1008);
    expect(line.heard.length).toBeLessThanOrEqual(2_000);
    expect(line.hungUp).toEqual(['caller_lost']);
  });

  it('A29: closes on a flood of pings', () => {
    for (let n = 0; n < 3_000; n += 1) line.socket.emit('ping');
    expect(line.socket.closedWith).toBe(1008);
  });

  it('takes sound in the smallest pieces that a browser makes', () => {
    for (let second = 0; second < 20; second += 1) {
      for (let n = 0; n < 188; n += 1) line.socket.binary(Buffer.alloc(256));
      line.clock.advance(1000);
      line.socket.emit('pong');
    }
    expect(line.dropped).toEqual([]);
    expect(line.socket.closedWith).toBeUndefined();
  });

  it('drops the connection to a page that does not read', () => {
    line.socket.bufferedAmount = 600 * 1024;
    line.leg().play({ itemId: 'item_1', audio: AudioPiece.ofSamples(new Int16Array(480)) });
    expect(line.socket.closedWith).toBe('terminated');
    expect(line.hungUp).toEqual(['caller_lost']);
  });

  it('notices a page that is gone without a word', () => {
    line.clock.advance(10_000);
    expect(line.socket.pings).toBe(1);
    line.socket.emit('pong');
    line.clock.advance(15_000);
    expect(line.socket.closedWith).toBeUndefined();
    line.clock.advance(10_000);
    expect(line.socket.closedWith).toBe('terminated');
    expect(line.hungUp).toEqual(['caller_lost']);
  });
});

it('does not wait for ever for the first frame', () => {
  const line = setUp();
  line.clock.advance(10_000);
  expect(line.socket.texts[0]).toMatchObject({ type: 'refused' });
  expect(line.socket.closedWith).toBe(1013);
});

it('hangs up a call that was taken while the caller left', async () => {
  const hangUp = vi.fn();
  const socket = new FakeSocket();
  const taken = Promise.withResolvers<TakeCallResult>();
  serveCallSocket(socket as unknown as WebSocket, {
    // the fake has the few members that are used
    clock: manualClock(),
    log: silentLog,
    take: () => taken.promise,
  });
  socket.text({ type: 'start' });
  socket.end(1006);
  const call = {
    id: 'c',
    hearCaller: vi.fn(),
    type: vi.fn(),
    hangUp,
    ended: new Promise<never>(() => undefined),
  };
  taken.resolve({ ok: true, call, opening });
  await settle();
  expect(hangUp).toHaveBeenCalledWith('caller_lost');
});

it('A37: says nothing of a caller who left before the call could begin', async () => {
  const socket = new FakeSocket();
  const said = vi.fn();
  serveCallSocket(socket as unknown as WebSocket, {
    // the fake has the few members that are used
    clock: manualClock(),
    log: { ...silentLog, warn: said, error: said },
    take: ({ signal }) =>
      new Promise((_resolve, reject) => {
        // what a call that was being set up does
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  });
  socket.text({ type: 'start' });
  socket.end(1006);
  await settle();
  expect(said).not.toHaveBeenCalled();
  expect(socket.texts).toEqual([]);
});

it('answers with a refusal when taking the call fails altogether', async () => {
  const socket = new FakeSocket();
  serveCallSocket(socket as unknown as WebSocket, {
    // the fake has the few members that are used
    clock: manualClock(),
    log: silentLog,
    take: () => Promise.reject(new Error('broken')),
  });
  socket.text({ type: 'start' });
  await settle();
  expect(socket.texts).toEqual([expect.objectContaining({ type: 'refused', code: 'failed' })]);
});
