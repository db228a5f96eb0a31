import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import type { CallerLeg, TakeCallResult } from '../../call/ports.ts';
import { silentLog } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';
import { FakeSocket } from '../../testing/fake-socket.ts';
import { serveCallSocket } from './call-socket.ts';
import { fakeLine, opening, settle } from './testing/fake-line.ts';

function setUp(answer?: (leg: CallerLeg) => TakeCallResult) {
  const line = fakeLine(answer ? { answer } : {});
  const socket = new FakeSocket<CallServerMessage>();
  serveCallSocket(socket.asSocket(), line.visits);
  return { socket, ...line };
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
    expect(line.socket.texts[0]).toEqual({
      type: 'started',
      callId: 'call_1',
      ...opening,
      can: { tap: true, inject: true, resume: false }, // it keeps no token
    });
    expect(line.asked).toEqual(['front-desk']);
  });

  it('passes audio and typed turns on', () => {
    line.socket.binary(Buffer.alloc(960));
    line.socket.text({ type: 'say', text: 'hello' });
    expect(line.heard).toEqual([480]);
    expect(line.typed).toEqual(['hello']);
    line.socket.text({ type: 'press', keys: '42#' });
    expect(line.pressed).toEqual(['42#']);
  });

  it('A30: takes keys as fast as fingers are, no faster', () => {
    line.socket.text({ type: 'press', keys: '1'.repeat(64) });
    line.socket.text({ type: 'press', keys: '2' });
    expect(line.pressed).toEqual(['1'.repeat(64)]);
    expect(line.dropped).toEqual(['text_too_fast']);
    line.clock.advance(1_000);
    line.socket.text({ type: 'press', keys: '3' });
    expect(line.pressed).toHaveLength(2);
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
  const socket = new FakeSocket<CallServerMessage>();
  const taken = Promise.withResolvers<TakeCallResult>();
  const line = fakeLine({ take: () => taken.promise });
  serveCallSocket(socket.asSocket(), line.visits);
  socket.text({ type: 'start', resumable: true });
  socket.end(1006);
  taken.resolve({ ok: true, call: line.call, opening });
  await settle();
  expect(line.hungUp).toEqual(['caller_lost']);
});

it('A37: says nothing of a caller who left before the call could begin', async () => {
  const socket = new FakeSocket<CallServerMessage>();
  const said = vi.fn();
  const { visits } = fakeLine({
    take: ({ signal }) =>
      new Promise((_resolve, reject) => {
        // what a call that was being set up does
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  });
  serveCallSocket(socket.asSocket(), { ...visits, log: { ...silentLog, warn: said, error: said } });
  socket.text({ type: 'start' });
  socket.end(1006);
  await settle();
  expect(said).not.toHaveBeenCalled();
  expect(socket.texts).toEqual([]);
});

it('answers with a refusal when taking the call fails altogether', async () => {
  const socket = new FakeSocket<CallServerMessage>();
  const line = fakeLine({ take: () => Promise.reject(new Error('broken')) });
  serveCallSocket(socket.asSocket(), line.visits);
  socket.text({ type: 'start' });
  await settle();
  expect(socket.texts).toEqual([expect.objectContaining({ type: 'refused', code: 'failed' })]);
});
