import { describe, expect, it } from 'vitest';
import type { Customer, VerificationClaim } from '../desk/index.ts';
import { manualClock, silentLog, SwitchboardError } from '../lib/index.ts';
import type { TrailFact } from '../protocol/index.ts';
import { memoryAttemptStore } from '../testing/memory-services.ts';
import type { AttemptStore } from './ports.ts';
import { createVerification } from './verification.ts';

const jane: Customer = { id: 'cus_1', name: 'Jane Miller' };
const john: Customer = { id: 'cus_2', name: 'John Smith' };

/** A line that calls come in on one after another. */
function line(attempts: AttemptStore = memoryAttemptStore()) {
  const clock = manualClock();
  let calls = 0;
  const facts: TrailFact[] = [];
  let compared = 0;
  return {
    clock,
    facts,
    compared: () => compared,
    call: (callerNumber: string | null = null) =>
      createVerification({
        callId: `call_${++calls}`,
        desk: 'test-desk',
        callerNumber,
        attempts,
        limits: { maxFailedVerifications: 3, verificationWindowMs: 15 * 60_000 },
        clock,
        log: silentLog,
        signal: new AbortController().signal,
        activeAgent: () => 'billing',
        record: (fact) => facts.push(fact),
      }),
    claim(proves: Customer | null, subject = 'name:jane miller'): VerificationClaim {
      return {
        method: 'name_and_birth_date',
        subjects: [subject],
        async prove() {
          compared += 1;
          return proves;
        },
      };
    },
  };
}

describe('a caller', () => {
  it('A54 is nobody for the number they call from alone', () => {
    expect(line().call('+4930123456').customer()).toBeNull();
  });

  it('is who they proved to be, and it is on the trail', async () => {
    const { call, claim, facts } = line();
    const caller = call();
    expect(await caller.verify(claim(jane))).toEqual({ ok: true, customer: jane });
    expect(caller.customer()).toBe(jane);
    expect(facts).toEqual([
      {
        type: 'caller.verified',
        agent: 'billing',
        method: 'name_and_birth_date',
        customerId: 'cus_1',
      },
    ]);
  });

  it('is nobody else afterwards, in the same words as one who is not known', async () => {
    const { call, claim } = line();
    const caller = call();
    await caller.verify(claim(jane));
    expect(await caller.verify(claim(john, 'name:john smith'))).toEqual(
      await call().verify(claim(null, 'name:nobody')),
    );
    expect(caller.customer()).toBe(jane);
    expect(await caller.verify(claim(jane))).toMatchObject({ ok: true });
  });

  it('is one customer, though two were proved at the same time', async () => {
    const { call, claim } = line();
    const caller = call();
    const results = await Promise.all([
      caller.verify(claim(jane)),
      caller.verify(claim(john, 'name:john smith')),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    expect(caller.customer()).toBe(jane);
  });
});

describe('A57 guessing', () => {
  it('is over after so many wrong answers, also for the right one', async () => {
    const { call, claim, compared, facts } = line();
    const caller = call();
    const outcomes = [];
    for (const answer of [null, null, null, jane])
      outcomes.push(await caller.verify(claim(answer)));
    expect(outcomes).toEqual([
      { ok: false, code: 'not_matched', attemptsLeft: 2 },
      { ok: false, code: 'not_matched', attemptsLeft: 1 },
      { ok: false, code: 'locked_out', attemptsLeft: 0 },
      { ok: false, code: 'locked_out', attemptsLeft: 0 },
    ]);
    expect(caller.customer()).toBeNull();
    expect(compared()).toBe(3);
    expect(facts.map((fact) => fact.type === 'caller.not_verified' && fact.code)).toEqual([
      'not_matched',
      'not_matched',
      'locked_out',
      'locked_out',
    ]);
  });

  it.each([
    [
      'the same name',
      [null, null, null, null],
      ['name:jane', 'name:jane', 'name:jane', 'name:jane'],
    ],
    ['the same number', ['+49', '+49', '+49', '+49'], ['name:a', 'name:b', 'name:c', 'name:d']],
  ] as const)('is over across calls, by %s', async (_by, numbers, subjects) => {
    const { call, claim, compared } = line();
    for (const [index, number] of numbers.entries()) {
      const proves = index === 3 ? jane : null;
      const result = await call(number).verify(claim(proves, subjects[index]));
      if (index === 3) expect(result).toMatchObject({ code: 'locked_out' });
    }
    expect(compared()).toBe(3);
  });

  it('does not lock out who has nothing to do with it', async () => {
    const { call, claim } = line();
    for (let i = 0; i < 4; i += 1) await call('+1').verify(claim(null, 'name:jane'));
    expect(await call('+2').verify(claim(john, 'name:john'))).toMatchObject({ ok: true });
  });

  it('may go on when the window has passed', async () => {
    const { call, claim, clock } = line();
    for (let i = 0; i < 4; i += 1) await call().verify(claim(null));
    clock.advance(15 * 60_000);
    expect(await call().verify(claim(jane))).toMatchObject({ ok: true });
  });

  it('does not get more answers by asking at the same time', async () => {
    const { call, claim, compared } = line();
    const caller = call();
    await Promise.all(Array.from({ length: 10 }, () => caller.verify(claim(null))));
    expect(compared()).toBe(3);
  });

  it('of another’s name is not forgotten when the own one is proved', async () => {
    const { call, claim } = line();
    const guess = () => call('+1').verify(claim(null, 'name:jane'));
    await guess();
    await guess();
    await call('+1').verify(claim(john, 'name:john'));
    await guess();
    expect(await call('+2').verify(claim(jane, 'name:jane'))).toMatchObject({ code: 'locked_out' });
  });

  it('compares nothing that cannot be counted', async () => {
    const { call, claim, compared } = line({
      begin: async () => {
        throw new SwitchboardError('store_unavailable', 'down');
      },
      succeeded: async () => undefined,
    });
    await expect(call().verify(claim(jane))).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(compared()).toBe(0);
  });

  it('keeps nothing in the clear', async () => {
    const store = memoryAttemptStore();
    const seen: string[] = [];
    const { call, claim } = line({
      ...store,
      begin: (attempt) => {
        seen.push(...attempt.subjects);
        return store.begin(attempt);
      },
    });
    await call('+4930').verify(claim(null));
    expect(seen).toHaveLength(3);
    expect(seen.join(' ')).toMatch(/^[0-9a-f ]+$/);
  });
});
