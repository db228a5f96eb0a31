import { describe, expect, it } from 'vitest';
import { manualClock } from '../lib/index.ts';
import { lookAt } from './look.ts';

function looking(freshMs = 5_000) {
  const clock = manualClock();
  let fault: Error | null = null;
  let looks = 0;
  const look = lookAt({
    clock,
    timeoutMs: 20,
    freshMs,
    async check() {
      looks += 1;
      if (fault) throw fault;
    },
  });
  return { clock, look, looks: () => looks, fail: (why: Error | null) => void (fault = why) };
}

describe('a look at a part', () => {
  it('is had once by all who ask at the same moment, and while it is fresh', async () => {
    const { clock, look, looks } = looking();
    expect(await Promise.all([look.see(), look.see(), look.see()])).toEqual([null, null, null]);
    clock.advance(4_999);
    await look.see();
    expect(looks()).toBe(1);
    clock.advance(1);
    await look.see();
    expect(looks()).toBe(2);
  });

  it('believes bad news for a second only', async () => {
    const { clock, look, looks, fail } = looking();
    fail(new Error('It is away.'));
    expect(await look.see()).toBe('It is away.');
    fail(null);
    clock.advance(999);
    expect(await look.see()).toBe('It is away.');
    clock.advance(1);
    expect(await look.see()).toBeNull();
    expect(looks()).toBe(2);
  });

  it('is had again at once after something failed', async () => {
    const { look, looks, fail } = looking();
    expect(await look.see()).toBeNull();
    fail(new Error('It is away.'));
    look.forget();
    expect(await look.see()).toBe('It is away.');
    expect(looks()).toBe(2);
  });

  it('ends with a reason when the part says nothing', async () => {
    const look = lookAt({
      clock: manualClock(),
      timeoutMs: 20,
      freshMs: 1,
      check: () => new Promise<void>(() => undefined),
    });
    expect(await look.see()).toBe('It does not answer within 20 ms.');
  });
});
