import { describe, expect, it } from 'vitest';
import { SwitchboardError } from '../lib/index.ts';
import type { DialRequest } from './dialing.ts';
import { line, number } from './testing/dialing-line.ts';

const minuteMs = 60_000;

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  return thrown instanceof SwitchboardError ? thrown.code : 'none';
};

describe('a call that is asked for', () => {
  it.each([
    ['a number without its country', { number: '020 7946 0000' }, 'dial_refused'],
    ['a country that is not allowed', { number: '+49 30 123456' }, 'dial_refused'],
    ['A50: a number that costs', { number: '+1 900 555 0100' }, 'dial_refused'],
    ['a zone that there is not', { timeZone: 'Mars/Base' }, 'config_invalid'],
    ['a machine to speak to without words', { machine: 'message' as const }, 'config_invalid'],
  ])('is refused: %s', async (_title, request, code) => {
    const { dialing, placed } = line();
    expect(await codeOf(dialing.request({ number, desk: 'd', ...request }))).toBe(code);
    expect(placed).toEqual([]);
  });

  it('is refused where nothing is allowed, which is how it is unless somebody says otherwise', async () => {
    const { dialing } = line({ prefixes: '' });
    expect(await codeOf(dialing.request({ number, desk: 'd' }))).toBe('dial_refused');
  });

  it('is made once for one key', async () => {
    const { dialing, advance, placed } = line();
    const first = await dialing.request({ number, desk: 'd', idempotencyKey: 'k' });
    const again = await dialing.request({ number, desk: 'd', idempotencyKey: 'k' });
    expect([first.isNew, again.isNew, again.job.dialId]).toEqual([true, false, first.job.dialId]);
    await advance(0);
    expect(placed).toHaveLength(1);
  });

  it('goes from ringing to a desk to its end', async () => {
    const { call, dialing, placed, stateOf } = line();
    const id = await call({ number: '+44 (20) 7946-0000', purpose: 'a reminder' });
    const attemptId = `${id}-1`;
    expect(placed).toEqual([{ attemptId, to: number, machine: 'hang_up', ringMs: 30_000 }]);
    expect(await stateOf(id)).toBe('ringing - 1');
    const picked = { attemptId, carrierCallId: 'CA1' };
    expect(await dialing.answered(picked)).toEqual({
      ...{ ok: true, desk: 'front-desk', number },
      outbound: { dialId: id, purpose: 'a reminder' },
    });
    await dialing.connected({ attemptId, callId: 'call_9' });
    await dialing.progressed({ ...picked, status: 'completed' });
    expect(await stateOf(id)).toBe('done completed 1');
    expect((await dialing.get(id))?.callId).toBe('call_9');
  });

  it('F18: is not moved back by a late report, nor by one about another attempt or call', async () => {
    const { call, dialing, stateOf, advance } = line();
    const id = await call();
    const first = { attemptId: `${id}-1`, carrierCallId: 'CA1' };
    await dialing.progressed({ ...first, status: 'answered' });
    await dialing.progressed({ ...first, status: 'ringing' });
    await dialing.progressed({ ...first, carrierCallId: 'CA7', status: 'busy' });
    expect(await stateOf(id)).toBe('answered - 1');
    await dialing.progressed({ ...first, status: 'busy' });
    await advance(10 * minuteMs);
    expect(await stateOf(id)).toBe('ringing - 2');
    await dialing.progressed({ ...first, status: 'completed' });
    expect(await dialing.answered(first)).toEqual({ ok: false });
    expect(await stateOf(id)).toBe('ringing - 2');
  });
});

describe('somebody who is not reached', () => {
  it('is called again, later each time, and no more than so often', async () => {
    const { call, dialing, placed, stateOf, advance } = line();
    const id = await call();
    const fail = async (attempt: number) =>
      dialing.progressed({
        ...{ attemptId: `${id}-${attempt}`, carrierCallId: `CA${attempt}` },
        status: 'no_answer',
      });
    await fail(1);
    expect(await stateOf(id)).toBe('waiting no_answer 1');
    await advance(10 * minuteMs - 1);
    expect(placed).toHaveLength(1);
    await advance(1);
    expect(placed).toHaveLength(2);
    await fail(2);
    await advance(10 * minuteMs);
    expect(placed).toHaveLength(2);
    await advance(10 * minuteMs);
    await fail(3);
    expect(await stateOf(id)).toBe('failed no_answer 3');
    await advance(24 * 60 * minuteMs);
    expect(placed).toHaveLength(3);
  });

  it('is called no more often than anybody may be, whatever was asked for', async () => {
    const { dialing } = line();
    const ask = async (maxAttempts: number) =>
      (await dialing.request({ number, desk: 'd', maxAttempts })).job.maxAttempts;
    expect([await ask(2), await ask(99)]).toEqual([2, 3]);
  });

  it('is called again when they picked up and no desk was there', async () => {
    const { call, dialing, stateOf } = line();
    const id = await call();
    const first = { attemptId: `${id}-1`, carrierCallId: 'CA1' };
    await dialing.answered(first);
    await dialing.progressed({ ...first, status: 'completed' });
    expect(await stateOf(id)).toBe('waiting not_connected 1');
  });

  it('is not called again when the carrier says that it never will', async () => {
    const { call, state, stateOf } = line();
    state.answer = () => ({ ok: false, retryable: false, message: 'no such number' });
    const id = await call();
    expect(await stateOf(id)).toBe('failed refused 1');
  });
});

describe('a machine that answers', () => {
  const detect = async (
    request: Partial<DialRequest>,
    answeredBy: 'machine' | 'fax' | 'human',
    takesMessages = true,
  ) => {
    const it = line();
    it.state.takesMessages = takesMessages;
    const id = await it.call(request);
    const first = { attemptId: `${id}-1`, carrierCallId: 'CA1' };
    await it.dialing.answered(first);
    await it.dialing.connected({ attemptId: first.attemptId, callId: 'call_1' });
    await it.dialing.detected({ ...first, answeredBy });
    await it.dialing.detected({ ...first, answeredBy });
    const { done } = it;
    await it.dialing.progressed({ ...first, status: 'completed' });
    return { done, state: await it.stateOf(id) };
  };

  it('is hung up on, and somebody called again', async () => {
    expect(await detect({}, 'machine')).toEqual({
      ...{ done: ['hang up CA1'], state: 'waiting machine 1' },
    });
  });
  it('is left the message, once', async () => {
    const request = { machine: 'message', message: 'Please call us.' } as const;
    expect(await detect(request, 'machine')).toEqual({
      ...{ done: ['message CA1: Please call us.'], state: 'done message_left 1' },
    });
  });
  it('that gets no message after all is called again', async () => {
    const request = { machine: 'message', message: 'Please call us.' } as const;
    expect(await detect(request, 'machine', false)).toEqual({
      ...{ done: ['hang up CA1'], state: 'waiting machine 1' },
    });
  });
  it('is spoken to, if that is wanted', async () => {
    expect(await detect({ machine: 'speak' }, 'machine')).toEqual({
      ...{ done: [], state: 'done completed 1' },
    });
  });
  it('is not called again when it is a fax', async () => {
    expect(await detect({}, 'fax')).toEqual({ done: ['hang up CA1'], state: 'failed fax 1' });
  });
  it('may turn out to be a person', async () => {
    expect(await detect({}, 'human')).toEqual({ done: [], state: 'done completed 1' });
  });
});

describe('who may be called, and when', () => {
  it('keeps to the hours of the callee, or else of the desk', async () => {
    const { call, placed, advance } = line({ hours: '11:00-20:00' });
    await call(); // 10:00 in London
    await call({ number: '+12125550100', timeZone: 'America/New_York' }); // 05:00 there
    expect(placed).toEqual([]);
    await advance(60 * minuteMs);
    expect(placed.map(({ to }) => to)).toEqual([number]);
    await advance(5 * 60 * minuteMs);
    expect(placed.map(({ to }) => to)).toEqual([number, '+12125550100']);
  });

  it('does not call who asked not to be called, also when they asked after the job was there', async () => {
    const { call, dialing, doNotCall, placed, stateOf, advance } = line();
    const id = await call({ notBeforeMs: Date.UTC(2026, 10, 23, 12) });
    await doNotCall.add({ number, source: 'caller', atMs: 0 });
    await advance(120 * minuteMs);
    expect(await stateOf(id)).toBe('failed do_not_call 0');
    expect(await codeOf(dialing.request({ number, desk: 'd' }))).toBe('dial_refused');
    expect(placed).toEqual([]);
  });

  it('does not call where nobody may be called any more', async () => {
    const { call, clock, open, placed, stateOf } = line();
    const id = await call({ notBeforeMs: Date.UTC(2026, 10, 23, 12) });
    const restarted = open('+1');
    clock.advance(120 * minuteMs);
    await restarted.wake(id);
    expect(await stateOf(id)).toBe('failed not_allowed 0');
    expect(placed).toEqual([]);
  });

  it('keeps no more calls under way than it may, and never two to one number', async () => {
    const { call, dialing, placed, advance } = line({ maxActive: 2 });
    const first = await call();
    await call();
    await call({ number: '+442079460001' });
    await call({ number: '+442079460002' });
    expect(placed.map(({ to }) => to)).toEqual([number, '+442079460001']);
    await dialing.progressed({
      ...{ attemptId: `${first}-1`, carrierCallId: 'CA1', status: 'failed' },
    });
    await advance(15_000);
    expect(placed).toHaveLength(3);
  });
});

it('a job waits while nobody here could speak with the callee', async () => {
  const { call, placed, room, advance } = line();
  room.isFree = false;
  await call();
  await advance(60_000);
  expect(placed).toEqual([]);
  room.isFree = true;
  await advance(15_000);
  expect(placed).toHaveLength(1);
});

describe('a job that is called off', () => {
  it('is not dialled; its call is ended if there is one', async () => {
    const { call, dialing, done, placed, stateOf, advance } = line();
    const later = await call({ notBeforeMs: Date.UTC(2026, 10, 23, 12) });
    expect((await dialing.cancel(later))?.state).toBe('cancelled');
    const now = await call({ number: '+442079460001' });
    await dialing.cancel(now);
    expect(done).toEqual(['hang up CA1']);
    await dialing.progressed({ attemptId: `${now}-1`, carrierCallId: 'CA1', status: 'completed' });
    await advance(24 * 60 * minuteMs);
    expect(placed).toHaveLength(1);
    expect([await stateOf(later), await stateOf(now)]).toEqual([
      'cancelled cancelled 0',
      'cancelled cancelled 1',
    ]);
    expect(await dialing.cancel('dial_none')).toBeNull();
  });

  it('while the carrier is asked has its call ended as soon as there is one', async () => {
    const { call, dialing, done, state, stateOf } = line();
    const answer = Promise.withResolvers<{ ok: true; carrierCallId: string }>();
    state.answer = () => answer.promise;
    const calling = call();
    await expect.poll(async () => (await dialing.list({ limit: 1 }))[0]?.state).toBe('placing');
    const [job] = await dialing.list({ limit: 1 });
    await dialing.cancel(job?.dialId ?? '');
    answer.resolve({ ok: true, carrierCallId: 'CA1' });
    expect(await stateOf(await calling)).toBe('cancelled cancelled 1');
    expect(done).toEqual(['hang up CA1']);
  });
});

describe('F11: a server that ended while it asked the carrier', () => {
  const interrupted = async () => {
    const it = line();
    it.state.answer = () => {
      throw new Error('the line went dead');
    };
    const id = await it.call();
    expect(await it.stateOf(id)).toBe('placing - 1');
    return { ...it, id, restarted: it.open() };
  };

  it('does not dial again what the carrier has: it goes on with that call', async () => {
    const { clock, id, known, placed, restarted } = await interrupted();
    await restarted.sweep();
    // By the carrier's clock, which is a little behind.
    const begunMs = clock.nowMs() - 20_000;
    known.set('CA5', { carrierCallId: 'CA5', status: 'ringing', begunMs });
    clock.advance(60_000);
    await restarted.sweep();
    expect(placed).toHaveLength(1);
    expect(await restarted.get(id)).toMatchObject({ state: 'ringing', carrierCallId: 'CA5' });
    known.set('CA5', { carrierCallId: 'CA5', status: 'busy' });
    await restarted.sweep();
    expect(await restarted.get(id)).toMatchObject({ state: 'waiting', outcome: 'busy' });
    expect(placed).toHaveLength(1);
  });

  it('tries again later when the carrier never had it', async () => {
    const { clock, id, placed, restarted, stateOf, state } = await interrupted();
    clock.advance(60_000);
    await restarted.sweep();
    expect(await stateOf(id)).toBe('waiting lost 1');
    expect(placed).toHaveLength(1);
    state.answer = () => ({ ok: true, carrierCallId: 'CA2' });
    clock.advance(10 * minuteMs);
    await restarted.sweep();
    expect(placed).toHaveLength(2);
    expect(await stateOf(id)).toBe('ringing - 2');
  });

  it('lets a report decide that comes before anybody has looked', async () => {
    const { id, restarted, stateOf, placed, clock } = await interrupted();
    await restarted.progressed({
      ...{ attemptId: `${id}-1`, carrierCallId: 'CA5', status: 'ringing' },
    });
    expect(await stateOf(id)).toBe('ringing - 1');
    clock.advance(1_000);
    await restarted.sweep();
    expect(placed).toHaveLength(1);
  });
});
