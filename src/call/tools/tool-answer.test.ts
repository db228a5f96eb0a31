import { expect, it } from 'vitest';
import { answerFrom, describeThrown } from './tool-answer.ts';

it('takes what a tool returned as it is, as JSON text', () => {
  expect(answerFrom({ a: 1 })).toEqual({ ok: true, output: '{"a":1}' });
  expect(answerFrom('{"a":1}')).toEqual({ ok: true, output: '{"a":1}' });
  expect(answerFrom('plain')).toEqual({ ok: true, output: '"plain"' });
  expect(answerFrom(undefined)).toEqual({ ok: true, output: 'null' });
  expect(answerFrom({ error: 'No such invoice.' }).ok).toBe(false);
});

it('answers in words what no engine would take', () => {
  const { ok, output } = answerFrom({ story: 'once upon a time '.repeat(10_000) });
  expect(ok).toBe(false);
  expect(output.length).toBeLessThan(300);
  expect(JSON.parse(output)).toMatchObject({ error: expect.any(String) as string });
});

it('A65: keeps what a caller said out of the log when a query fails', () => {
  const query = new Error('Failed query: insert into bookings\nparams: maria lopez', {
    cause: new Error('Connection terminated unexpectedly'),
  });
  expect(describeThrown(query)).toBe('Connection terminated unexpectedly');
  expect(describeThrown(new Error('first line\nsecond line'))).toBe('first line');
  expect(describeThrown(null)).toBe('null');
});
