import { describe, expect, it } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import type { CallServerMessage, TrailEvent } from '../../protocol/index.ts';
import { FakeSocket } from '../../testing/fake-socket.ts';
import { serveCallSocket } from './call-socket.ts';
import { fakeLine, opening, settle } from './testing/fake-line.ts';

const can = { tap: true, inject: true, resume: true };
const event = (seq: number): TrailEvent => ({
  ...{ type: 'agent.started', callId: 'call_1', seq, at: '2026-11-23T09:00:00.000Z' },
  ...{ elapsedMs: seq, agent: 'triage' },
});
const second = (): AudioPiece => AudioPiece.ofSamples(new Int16Array(24_000).fill(900));

/** A page that is in a call and may come back to it. */
async function inCall(options: Parameters<typeof fakeLine>[0] = {}) {
  const line = fakeLine({ trail: [event(1), event(2), event(3)], ...options });
  const connect = (): FakeSocket<CallServerMessage> => {
    const socket = new FakeSocket<CallServerMessage>();
    serveCallSocket(socket.asSocket(), line.visits);
    return socket;
  };
  const first = connect();
  first.text({ type: 'start', resumable: true });
  await settle();
  const token = first.all({ type: 'started' })[0]?.resume?.token ?? '';
  /** Comes back with the token over a new socket. */
  const comeBack = async (
    by = token,
    afterSeq?: number,
  ): Promise<FakeSocket<CallServerMessage>> => {
    const socket = connect();
    socket.text({ type: 'resume', token: by, ...(afterSeq === undefined ? {} : { afterSeq }) });
    await settle();
    return socket;
  };
  return { ...line, connect, first, token, comeBack };
}

describe('a page whose connection is lost', () => {
  it('is told how to come back', async () => {
    const { first } = await inCall();
    expect(first.texts[0]).toEqual({
      type: 'started',
      callId: 'call_1',
      ...opening,
      can,
      resume: { token: 'token_1', withinMs: 20_000 },
    });
  });

  it('comes back to the same call, which has waited for it', async () => {
    const { first, comeBack, hungUp, heard, typed, presence, clock } = await inCall();
    first.end(1006);
    clock.advance(19_000);
    expect(hungUp).toEqual([]);
    const back = await comeBack();
    expect(back.texts[0]).toEqual({
      type: 'resumed',
      callId: 'call_1',
      ...opening,
      can,
      resume: { token: 'token_2', withinMs: 20_000 },
    });
    back.binary(Buffer.alloc(960));
    back.text({ type: 'say', text: 'hello again' });
    expect([heard, typed]).toEqual([[480], ['hello again']]);
    back.emit('pong');
    clock.advance(15_000);
    expect(hungUp).toEqual([]);
    expect(presence).toEqual(['away', 'returned']);
  });

  it('is lost when it does not come in time', async () => {
    const { first, comeBack, hungUp, clock } = await inCall();
    first.end(1006);
    clock.advance(20_000);
    expect(hungUp).toEqual(['caller_lost']);
    const late = await comeBack();
    expect(late.texts).toEqual([
      expect.objectContaining({ type: 'refused', code: 'resume_refused' }),
    ]);
    expect(late.closedWith).toBe(1013);
  });

  it('hears what it did not hear, and sees what it missed', async () => {
    const { first, comeBack, leg, clock } = await inCall();
    leg().notify({ type: 'trail', event: event(1) });
    leg().play({ itemId: 'item_1', audio: second() });
    for (let n = 0; n < 25; n += 1) {
      clock.advance(20);
      first.binary(Buffer.alloc(960)); // its microphone
    }
    clock.advance(1_500); // until anybody notices
    first.end(1006);
    leg().notify({ type: 'trail', event: event(2) });
    leg().notify({ type: 'trail', event: event(3) });
    leg().notify({ type: 'status', agent: 'speaking', caller: 'silent', activeAgent: 'triage' });
    clock.advance(3_000);
    const heardMs = leg().heardMs('item_1');
    expect(heardMs).toBeLessThanOrEqual(500);
    expect(leg().isPlaying()).toBe(true);

    const back = await comeBack();
    expect(back.all({ type: 'trail' }).map((message) => message.event.seq)).toEqual([2, 3]);
    expect(back.texts.map(({ type }) => type)).toEqual(['resumed', 'trail', 'trail', 'status']);
    clock.advance(1_000);
    expect(leg().heardMs('item_1')).toBeCloseTo(1_000);
    expect(back.audio).toHaveLength(Math.ceil((1_000 - heardMs) / 20));
    expect(leg().isPlaying()).toBe(false);
  });

  it('gets everything after it was loaded anew', async () => {
    const { first, comeBack, token, leg } = await inCall();
    for (const seq of [1, 2, 3]) leg().notify({ type: 'trail', event: event(seq) });
    first.end(1001);
    const back = await comeBack(token, 0);
    expect(back.all({ type: 'trail' }).map((message) => message.event.seq)).toEqual([1, 2, 3]);
  });

  it('takes the call along while we still believe in the old connection', async () => {
    const { first, comeBack, hungUp, leg, clock, presence } = await inCall();
    leg().play({ itemId: 'item_1', audio: second() });
    clock.advance(200);
    const back = await comeBack();
    expect(first.texts.at(-1)).toEqual({ type: 'moved' });
    expect(first.closedWith).toBe(1000);
    const before = first.audio.length;
    clock.advance(2_000);
    expect(first.audio).toHaveLength(before);
    expect(leg().heardMs('item_1')).toBe(1_000);
    first.emit('close'); // late
    expect(hungUp).toEqual([]);
    expect(back.closedWith).toBeUndefined();
    expect(presence).toEqual(['away', 'returned']);
  });

  it('is told of the end over the connection that it has then', async () => {
    const { first, comeBack, end, token } = await inCall();
    first.end(1006);
    const back = await comeBack();
    end({ reason: 'agent_ended' });
    await settle();
    expect(back.texts.at(-1)).toEqual({ type: 'ended', reason: 'agent_ended' });
    expect(back.closedWith).toBe(1000);
    const later = await comeBack(token);
    expect(later.texts[0]).toMatchObject({ code: 'resume_refused' });
  });
});

describe('a token', () => {
  it('A13: is good once; the next one is for the next time', async () => {
    const { first, comeBack, token } = await inCall();
    first.end(1006);
    const back = await comeBack();
    back.text({ type: 'say', text: 'I am here' }); // so it has the new one
    expect((await comeBack(token)).texts[0]).toMatchObject({ code: 'resume_refused' });
    expect(back.closedWith).toBeUndefined();
    back.end(1006);
    const again = await comeBack('token_2');
    expect(again.texts[0]).toMatchObject({ type: 'resumed', resume: { token: 'token_3' } });
  });

  it('stays good as long as nobody knows whether the next one has arrived', async () => {
    const { first, comeBack, token, clock } = await inCall();
    first.end(1006);
    (await comeBack()).end(1006); // with the answer lost
    const back = await comeBack(token);
    expect(back.texts[0]).toMatchObject({ type: 'resumed' });
    for (let n = 0; n < 11; n += 1) {
      clock.advance(1_000);
      back.binary(Buffer.alloc(960));
    }
    expect((await comeBack(token)).texts[0]).toMatchObject({ code: 'resume_refused' });
  });

  it('A11: that nobody was given is refused, and no engine is asked', async () => {
    const { comeBack, asked } = await inCall();
    const stranger = await comeBack('token_999');
    expect(stranger.texts[0]).toMatchObject({ type: 'refused', code: 'resume_refused' });
    expect(asked).toHaveLength(1);
  });

  it('is not given to a page that does not ask, nor where no call waits', async () => {
    const line = fakeLine({ keepMs: 0 });
    const socket = new FakeSocket<CallServerMessage>();
    serveCallSocket(socket.asSocket(), line.visits);
    socket.text({ type: 'start', resumable: true });
    await settle();
    expect(socket.all({ type: 'started' })[0]).toMatchObject({ can: { resume: false } });
    expect(socket.all({ type: 'started' })[0]).not.toHaveProperty('resume');
    socket.end(1006);
    expect(line.hungUp).toEqual(['caller_lost']);
  });

  it('A25: is void for a page that sent nonsense: its call ends at once', async () => {
    const { first, hungUp, comeBack } = await inCall();
    for (let n = 0; n < 20; n += 1) first.text('{');
    expect(first.closedWith).toBe(1008);
    expect(hungUp).toEqual(['caller_lost']);
    expect((await comeBack()).texts[0]).toMatchObject({ code: 'resume_refused' });
  });

  it('A23: brings nobody into a second call on one socket', async () => {
    const { first, token, dropped, asked } = await inCall();
    first.text({ type: 'resume', token });
    first.text({ type: 'start' });
    expect(dropped).toEqual(['started_twice', 'started_twice']);
    expect(asked).toHaveLength(1);
  });
});

it('says that the agent was cut when more was said to nobody than is kept', async () => {
  const { first, leg, presence } = await inCall();
  first.end(1006);
  for (let n = 0; n < 61; n += 1) leg().play({ itemId: `item_${n}`, audio: second() });
  expect(presence).toEqual(['away', 'cut']);
});

it('hears no whole sentence again when a page without a microphone was lost', async () => {
  const { first, leg, clock } = await inCall();
  leg().play({ itemId: 'item_1', audio: AudioPiece.ofSamples(new Int16Array(24_000 * 6)) });
  clock.advance(5_000); // nothing came from the page meanwhile, as nothing has to
  first.end(1006);
  expect(leg().heardMs('item_1')).toBeGreaterThan(2_300);
  expect(leg().heardMs('item_1')).toBeLessThanOrEqual(3_000);
});
