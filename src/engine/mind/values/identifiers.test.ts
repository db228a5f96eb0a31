import { describe, expect, it } from 'vitest';
import { identifierIn } from './identifiers.ts';

const short = /^INV-\d{4}$/;
const long = /^GB-\d{8}-\d{3}$/;

describe('identifiers, spoken and spelled', () => {
  it.each([
    ["it's one zero four two", 'INV-1042'],
    ['ten forty two', 'INV-1042'],
    ['ten forty-two', 'INV-1042'],
    ['one-zero-four-two', 'INV-1042'],
    ['one thousand forty two', 'INV-1042'],
    ['one oh double four', 'INV-1044'],
    ['i n v one zero four two', 'INV-1042'],
    ['eye en vee dash one zero four two', 'INV-1042'],
    ['inv 1042', 'INV-1042'],
    ['INV-1042.', 'INV-1042'],
    ['inv1042', 'INV-1042'],
    ['the number is 1042 thanks', 'INV-1042'],
    ['its won zero four to', 'INV-1042'],
    ['triple seven one', 'INV-7771'],
    ['forty two forty two', 'INV-4242'],
    ['one zero five seven. sorry one zero four two', 'INV-1042'],
  ])('%s', (said, value) => {
    expect(identifierIn(said, short)).toEqual({ found: 'whole', value });
  });

  it.each([
    ['g b two zero two six one one two two four eight two', 'GB-20261122-482'],
    ['gee bee twenty twenty six eleven twenty two four eight two', 'GB-20261122-482'],
    ['twenty twenty six eleven twenty two dash four hundred eighty two', 'GB-20261122-482'],
    ['gb-20261122-482', 'GB-20261122-482'],
  ])('%s', (said, value) => {
    expect(identifierIn(said, long)).toEqual({ found: 'whole', value });
  });

  it('keeps what was heard of an incomplete one and completes it', () => {
    expect(identifierIn('one zero', short)).toEqual({ found: 'part', part: '10' });
    expect(identifierIn('four two', short, '10')).toEqual({ found: 'whole', value: 'INV-1042' });
  });

  it.each(['one zero four two seven', 'maria lopez', 'to be or not to be', 'what for'])(
    'does not make one up from "%s"',
    (said) => {
      expect(identifierIn(said, short).found).toBe('nothing');
    },
  );

  it('reads a code that has no pattern', () => {
    expect(identifierIn('k t one nine a b c', undefined)).toEqual({
      found: 'whole',
      value: 'KT19ABC',
    });
    expect(identifierIn('it is kt19 abc', undefined)).toEqual({ found: 'whole', value: 'KT19ABC' });
    expect(identifierIn('i do not know', undefined)).toEqual({ found: 'nothing' });
  });
});
