import { RunContext } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CallContext, CallStateKey, Customer, VerificationClaim } from './call-context.ts';
import { policyOf, type DeskTool } from './tool.ts';
import { verifyByBirthDate } from './verify-by-birth-date.ts';
import { verifyByCode } from './verify-by-code.ts';

const jane: Customer = { id: 'cus_1', name: 'Jane Miller' };

/** A call that compares claims and counts none. */
function fakeCall() {
  const values = new Map<string, unknown>();
  const sent: { readonly kind: string; readonly to?: string; readonly text: string }[] = [];
  const claims: VerificationClaim[] = [];
  const time = { nowMs: Date.UTC(2026, 10, 23, 9) };
  const call = {
    callId: 'call_1',
    nowMs: () => time.nowMs,
    messages: {
      async send(message: (typeof sent)[number]) {
        sent.push(message);
        return { messageId: 'm' };
      },
    },
    state: {
      get: <T>(key: CallStateKey<T>) => key.schema.parse(values.get(key.name) ?? key.initial),
      set: <T>(key: CallStateKey<T>, value: T) =>
        void values.set(key.name, key.schema.parse(value)),
    },
    async verify(claim: VerificationClaim) {
      claims.push(claim);
      const customer = await claim.prove(new AbortController().signal);
      return customer
        ? { ok: true, customer }
        : { ok: false, code: 'not_matched', attemptsLeft: 2 };
    },
  } as unknown as CallContext; // as much of a call as these tools look at
  const use = (made: DeskTool, input: unknown): Promise<unknown> =>
    Promise.resolve(
      made.invoke(
        new RunContext(call) as unknown as Parameters<DeskTool['invoke']>[0],
        JSON.stringify(input),
        { toolCall: { type: 'function_call', callId: 'fc_1', name: made.name, arguments: '' } },
      ),
    );
  return { call, sent, claims, time, use, values };
}

describe('verify_caller', () => {
  const made = verifyByBirthDate({
    find: async (_call, { name, dateOfBirth }) =>
      /miller/i.test(name) && dateOfBirth === '1980-02-29' ? jane : null,
  });

  it('verifies by name and date of birth', async () => {
    const { use, claims } = fakeCall();
    expect(await use(made, { name: 'Jane MILLER', date_of_birth: '1980-02-29' })).toEqual({
      verified: true,
      name: 'Jane Miller',
    });
    expect(claims[0]?.subjects).toEqual(['name:jane miller']);
    expect(policyOf(made).verifies).toBe(true);
  });

  it('A53 says the same of a wrong date and of a wrong name', async () => {
    const { use } = fakeCall();
    const wrong = await use(made, { name: 'Jane Miller', date_of_birth: '1980-02-28' });
    expect(wrong).toEqual({
      error: 'That does not match what we have.',
      code: 'not_matched',
      attempts_left: 2,
    });
    expect(await use(made, { name: 'Nobody', date_of_birth: '1980-02-29' })).toEqual(wrong);
  });

  it.each(['1981-02-29', '2027-01-01', '1980-13-01'])('counts no attempt for %s', async (date) => {
    const { use, claims } = fakeCall();
    expect(await use(made, { name: 'Jane Miller', date_of_birth: date })).toHaveProperty('error');
    expect(claims).toEqual([]);
  });

  it('tells an engine that it wants a date', () => {
    expect(made.parameters).toMatchObject({ properties: { date_of_birth: { format: 'date' } } });
  });
});

describe('send_code and check_code', () => {
  const [sendCode, checkCode] = verifyByCode({
    parameters: z.object({ name: z.string() }),
    findPhone: async (_call, { name }) =>
      name === 'Jane Miller' ? { customer: jane, phone: '+4930123' } : null,
  });
  const codeIn = (text: string | undefined): string => /\d{6}/.exec(text ?? '')?.[0] ?? '';
  const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');

  it('sends to the number on file, and verifies by the code', async () => {
    const { use, sent, claims, values } = fakeCall();
    expect(await use(sendCode, { name: 'Jane Miller' })).toMatchObject({ sent: true });
    expect(sent).toMatchObject([{ kind: 'verification_code', to: '+4930123' }]);
    const code = codeIn(sent[0]?.text);
    expect(code).toHaveLength(6);
    expect(JSON.stringify([...values])).not.toContain(code);
    expect(await use(checkCode, { code: otherThan(code) })).toMatchObject({ code: 'not_matched' });
    expect(await use(checkCode, { code })).toEqual({ verified: true, name: 'Jane Miller' });
    expect(claims[0]?.subjects).toEqual(['customer:cus_1']);
    expect(await use(checkCode, { code })).toMatchObject({ code: 'not_matched' });
  });

  it('is valid for five minutes, and only the last one is', async () => {
    const { use, sent, time } = fakeCall();
    await use(sendCode, { name: 'Jane Miller' });
    await use(sendCode, { name: 'Jane Miller' });
    const [first, second] = sent.map(({ text }) => codeIn(text));
    if (first !== second) {
      expect(await use(checkCode, { code: first })).toMatchObject({ code: 'not_matched' });
    }
    time.nowMs += 5 * 60_000;
    expect(await use(checkCode, { code: second })).toMatchObject({ code: 'not_matched' });
  });

  it('does not tell who is a customer', async () => {
    const { use, sent } = fakeCall();
    const known = await use(sendCode, { name: 'Jane Miller' });
    const unknown = await use(sendCode, { name: 'Nobody' });
    expect(unknown).toEqual(known);
    expect(sent).toHaveLength(1);
    // The code of somebody else is void with it.
    expect(await use(checkCode, { code: codeIn(sent[0]?.text) })).toMatchObject({
      code: 'not_matched',
    });
  });

  it('proves nobody before a code was sent', async () => {
    const { use, claims } = fakeCall();
    expect(await use(checkCode, { code: '000000' })).toMatchObject({ code: 'not_matched' });
    expect(claims).toHaveLength(1);
  });

  it('sends so many and no more', async () => {
    const { use, sent } = fakeCall();
    for (let i = 0; i < 4; i += 1) await use(sendCode, { name: 'Jane Miller' });
    expect(sent).toHaveLength(3);
  });

  it('keeps the code off the trail', () => {
    expect(policyOf(checkCode)).toMatchObject({ verifies: true, redact: ['code'] });
    expect(policyOf(sendCode).verifies).toBeUndefined();
  });
});
