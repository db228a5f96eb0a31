import { describe, expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { createKeyCollection } from './key-collection.ts';
import { createKeyGatherer, keyPauseMs } from './key-gatherer.ts';
import { isCardNumber, keysIn } from './keypad.ts';

it('knows the keys of a telephone, and no others', () => {
  expect(keysIn('1A2 *#wD')).toBe('12*#');
});

it.each([
  ['4111111111111111', true],
  ['378282246310005', true],
  ['4111111111111112', false],
  ['0123456789', false],
  ['*4111111111111111', true],
  ['41111111111111111227', true],
  ['4111111111111111*1227', true],
  ['3782822463100051227', true],
  ['4111111111111111123', true],
  ['12345678901234567', false],
])('knows whether %s is the number of a card', (keys, expected) => {
  expect(isCardNumber(keys)).toBe(expected);
});

describe('keys pressed one by one', () => {
  const gatherer = () => {
    const clock = manualClock();
    const got: string[] = [];
    return { clock, got, keys: createKeyGatherer({ clock, gathered: (all) => got.push(all) }) };
  };

  it('are one number, until there is a pause', () => {
    const { clock, got, keys } = gatherer();
    keys.press('1');
    expect(keys.isGathering()).toBe(true);
    clock.advance(keyPauseMs - 1);
    keys.press('2');
    clock.advance(keyPauseMs - 1);
    expect(got).toEqual([]);
    clock.advance(1);
    keys.press('3');
    clock.advance(keyPauseMs);
    expect(got).toEqual(['12', '3']);
    expect(keys.isGathering()).toBe(false);
  });

  it('end with the hash key, which is a key itself when it stands alone', () => {
    const { got, keys } = gatherer();
    keys.press('12#');
    keys.press('#');
    keys.press('4*#5');
    expect(got).toEqual(['12', '#', '4*']);
  });

  it('are given on before they fill the memory', () => {
    const { got, keys } = gatherer();
    keys.press('7'.repeat(100));
    expect(got.map(({ length }) => length)).toEqual([64]);
  });
});

describe('keys for a tool', () => {
  const collect = (request: Parameters<typeof createKeyCollection>[0], isPrompting = false) => {
    const clock = manualClock();
    const ends: unknown[] = [];
    const prompt = { isHeard: isPrompting };
    const keys = createKeyCollection(request, {
      clock,
      isPrompting: () => prompt.isHeard,
      ended: (...end) => ends.push(end),
    });
    return { clock, ends, keys, prompt };
  };

  it('are complete at the length that was asked for', () => {
    const { ends, keys } = collect({ length: 4 });
    keys.press('12');
    keys.press('3456');
    expect(ends).toEqual([[{ ok: true, keys: '1234' }, 4]]);
  });

  it('are complete with the key that ends them, unless they are too few', () => {
    const some = collect({ length: { min: 2, max: 10 } });
    some.keys.press('123#');
    expect(some.ends).toEqual([[{ ok: true, keys: '123' }, 3]]);
    const few = collect({ length: { min: 2, max: 10 } });
    few.keys.press('1#');
    expect(few.ends).toEqual([[{ ok: false, code: 'too_few' }, 1]]);
  });

  it('can be started over', () => {
    const { ends, keys } = collect({ length: 4 });
    keys.press('99*1234');
    expect(ends).toEqual([[{ ok: true, keys: '1234' }, 4]]);
    const star = collect({ finishOn: '*' });
    star.keys.press('12*');
    expect(star.ends).toEqual([[{ ok: true, keys: '12' }, 2]]);
  });

  it('are waited for from the end of the prompt, and from each key', () => {
    const { clock, ends, keys, prompt } = collect({ timeoutMs: 3_000 }, true);
    clock.advance(20_000);
    expect(ends).toEqual([]);
    prompt.isHeard = false;
    clock.advance(3_000);
    keys.press('1');
    clock.advance(2_999);
    expect(ends).toEqual([]);
    clock.advance(1);
    expect(ends).toEqual([[{ ok: false, code: 'timed_out' }, 1]]);
    keys.press('2');
    keys.stop('call_ended');
    expect(ends).toHaveLength(1);
  });

  it('are waited for no longer than a minute, whatever a tool asks for', () => {
    const { clock, ends } = collect({ timeoutMs: 3_600_000 });
    clock.advance(60_000);
    expect(ends).toEqual([[{ ok: false, code: 'timed_out' }, 0]]);
  });
});
