import { expect, it } from 'vitest';
import { z } from 'zod';
import { readInput } from './tool-input.ts';

const order = z.object({
  reason: z.string(),
  animal: z.string().optional(),
  note: z.string().nullable(),
  pickup: z.object({ day: z.string(), time: z.string().optional() }).optional(),
});

it('reads null as left out where a field may be, and leaves it where it means something', () => {
  expect(readInput(order, { reason: 'r', animal: null, note: null, pickup: null }).data).toEqual({
    reason: 'r',
    note: null,
  });
});

it('does the same within an object', () => {
  const given = { reason: 'r', note: null, pickup: { day: 'monday', time: null } };
  expect(readInput(order, given).data).toEqual({
    reason: 'r',
    note: null,
    pickup: { day: 'monday' },
  });
});

it('says what is wrong with the input as it was given', () => {
  const read = readInput(order, { reason: null, animal: null, note: 'n' });
  expect(read.success).toBe(false);
  expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['reason', 'animal']);
});

it.each([null, 'text', [], { reason: 'r' }])('takes %j for what it is: no input', (given) => {
  expect(readInput(order, given).success).toBe(false);
});
