import { RunContext } from '@openai/agents';
import { tool } from '@openai/agents/realtime';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { CallContext, Customer } from './call-context.ts';
import { deskTool, policyOf, withPolicy, type DeskTool } from './tool.ts';

const jane: Customer = { id: 'cus_1', name: 'Jane Miller' };
/** As much of a call as these tools look at. */
const callOf = (customer: Customer | null): CallContext =>
  ({ callId: 'call_1', customer: () => customer }) as unknown as CallContext;
const invoke = (made: DeskTool, input: unknown, customer: Customer | null = null) =>
  made.invoke(
    // The runtime adds the history, which no tool here reads.
    new RunContext(callOf(customer)) as unknown as Parameters<DeskTool['invoke']>[0],
    JSON.stringify(input),
    { toolCall: { type: 'function_call', callId: 'fc_1', name: made.name, arguments: '' } },
  );

describe('deskTool', () => {
  it('gives the work its arguments, its call and the same key for the same function call', async () => {
    const made = deskTool({
      name: 'look',
      description: 'Looks.',
      parameters: z.object({ id: z.string() }),
      execute: ({ id }, call, { idempotencyKey, signal }) => ({
        id,
        callId: call.callId,
        idempotencyKey,
        aborted: signal.aborted,
      }),
    });
    expect(await invoke(made, { id: 'a' })).toEqual({
      id: 'a',
      callId: 'call_1',
      idempotencyKey: 'call_1:fc_1',
      aborted: false,
    });
  });

  it('tells a tool for verified callers who that is, and never runs it for nobody', async () => {
    const made = deskTool({
      name: 'invoices',
      description: 'Lists.',
      parameters: z.object({}),
      verified: true,
      execute(_input, call) {
        expectTypeOf(call.verified).toEqualTypeOf<Customer>();
        return call.verified.id;
      },
    });
    expect(await invoke(made, {}, jane)).toBe('cus_1');
    await expect(invoke(made, {}, null)).rejects.toThrow('without one');
  });

  it('passes on what was thrown, for the runtime to log and to hide', async () => {
    const made = deskTool({
      name: 'broken',
      description: 'Throws.',
      parameters: z.object({}),
      execute() {
        throw new Error('hunter2');
      },
    });
    await expect(invoke(made, {})).rejects.toThrow('hunter2');
  });

  it('keeps its policy beside it, and only what was given', () => {
    const output = z.object({ ok: z.boolean() });
    const made = deskTool({
      name: 'check_code',
      description: 'Checks.',
      parameters: z.object({ code: z.string() }),
      output,
      timeoutMs: 50,
      verifies: true,
      redact: ['code'],
      execute: () => ({ ok: true }),
    });
    expect(policyOf(made)).toEqual({ output, timeoutMs: 50, verifies: true, redact: ['code'] });
    expect(policyOf({ ...made })).toEqual({});
  });

  it('makes the sentence to read back from checked arguments, with null for what was left out', async () => {
    const made = deskTool({
      name: 'cancel',
      description: 'Cancels.',
      parameters: z.object({ reference: z.string(), reason: z.string().optional() }),
      verified: true,
      confirm: ({ reference, reason }, { verified }) => ({
        readBack: `Cancel ${reference} of ${verified.name} (${reason ?? 'no reason'})?`,
      }),
      execute: () => 'done',
    });
    const { confirm } = policyOf(made);
    expect(await confirm?.({ reference: 'GB-1', reason: null }, callOf(jane))).toEqual({
      readBack: 'Cancel GB-1 of Jane Miller (no reason)?',
    });
    expect(() => confirm?.({ reference: 1 }, callOf(jane))).toThrow();
  });
});

describe('withPolicy', () => {
  it('adds to a tool of the SDK’s own, and leaves the one it was given as it was', () => {
    const own = tool({
      name: 'own',
      description: 'Own.',
      parameters: z.object({}),
      execute: async () => 'x',
    }) as DeskTool; // `tool()` infers its context as unknown
    const careful = withPolicy(withPolicy(own, { verified: true }), { filler: 'Hold on.' });
    expect(policyOf(own)).toEqual({});
    expect(policyOf(careful)).toEqual({ verified: true, filler: 'Hold on.' });
    expect(careful.name).toBe('own');
  });
});
