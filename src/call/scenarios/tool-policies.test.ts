import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deskTool, type DeskTool } from '../../desk/index.ts';
import { harness, until } from '../testing/call-harness.ts';
import { begin, callerSays, eventsOf, responses, said, use } from '../testing/tool-call.ts';

describe('a tool for verified callers', () => {
  const invoices = deskTool({
    name: 'my_invoices',
    description: 'Lists.',
    parameters: z.object({}),
    verified: true,
    execute: (_input, call) => ({ of: call.verified.id }),
  });
  const verify = deskTool({
    name: 'verify_caller',
    description: 'Verifies.',
    parameters: z.object({ secret: z.string() }),
    verifies: true,
    redact: ['secret'],
    execute: async ({ secret }, call) =>
      call.verify({
        method: 'secret',
        subjects: [],
        prove: async () => (secret === 'sesame' ? { id: 'cus_1', name: 'Jane Miller' } : null),
      }),
  });

  it('says who has to be asked first, and then runs for the one who was verified', async () => {
    await using h = await begin([invoices, verify]);
    expect(await use(h, 'my_invoices', {})).toEqual({
      error: 'First I need to know who I am speaking with.',
      needs: 'verify_caller',
    });
    await use(h, 'verify_caller', { secret: 'sesame' });
    await callerSays(h, 'So?');
    expect(await use(h, 'my_invoices', {})).toEqual({ of: 'cus_1' });
    expect(await h.types()).toContain('caller.verified');
  });

  it('A54 does not run for the number that the caller calls from', async () => {
    await using h = await harness({
      script: [[]],
      call: { callerNumber: '+4930123456' },
      desk: (desk) => ({
        ...desk,
        firstAgent: 'triage',
        agents: {
          ...desk.agents,
          triage: {
            ...{ label: 'T', handoffDescription: 'T', instructions: 'T', handoffs: [] },
            tools: [invoices],
          },
        },
      }),
    });
    h.session.finish();
    expect(await use(h, 'my_invoices', {})).toEqual({
      error: 'First I need to know who I am speaking with.',
    });
  });

  it('A57 keeps what proves it off the trail', async () => {
    await using h = await begin([invoices, verify]);
    await use(h, 'verify_caller', { secret: 'sesame' });
    expect(JSON.stringify(await h.trail())).not.toContain('sesame');
    expect(await eventsOf(h, 'tool.called')).toMatchObject([{ arguments: '{"secret":"***"}' }]);
  });
});

describe('arguments', () => {
  it.each([
    ['before it is read back', { confirm: () => ({ readBack: 'Shall I?' }) }],
    ['before it runs', {}],
  ])('A47 that only the tool’s own schema refuses can be mended, %s', async (_when, more) => {
    const strict = deskTool({
      name: 'strict',
      description: 'Wants an even number.',
      parameters: z.object({ n: z.number().refine((n) => n % 2 === 0) }),
      ...more,
      execute: () => ({ done: true }),
    });
    await using h = await begin([strict]);
    expect(await use(h, 'strict', { n: 3 })).toEqual({
      error: 'I did not get all of that right.',
      detail: 'The arguments are not what the tool takes.',
    });
  });
});

describe('a result', () => {
  const lookup = (result: unknown): DeskTool =>
    deskTool({
      name: 'lookup',
      description: 'Looks up.',
      parameters: z.object({}),
      output: z.object({ amount: z.number() }),
      execute: () => result,
    });

  it('reaches no agent when it is not what it must be', async () => {
    await using h = await begin([lookup({ amount: 'hunter2' })]);
    expect(await use(h, 'lookup', {})).toEqual({ error: 'That did not work just now.' });
    expect(await eventsOf(h, 'tool.returned')).toMatchObject([{ ok: false }]);
    expect(JSON.stringify(await h.trail())).not.toContain('hunter2');
  });

  it('reaches the agent without what its schema does not name', async () => {
    await using h = await begin([lookup({ amount: 5, internal: 'hunter2' })]);
    expect(await use(h, 'lookup', {})).toEqual({ amount: 5 });
  });

  it('may be a sentence of the desk’s about what went wrong', async () => {
    await using h = await begin([lookup({ error: 'There is none.' })]);
    expect(await use(h, 'lookup', {})).toEqual({ error: 'There is none.' });
  });
});

describe('A56 an agent that calls tools without end', () => {
  it('is told, and then the caller is, and then nothing more is asked of it', async () => {
    await using h = await begin([]);
    const look = () => use(h, 'lookup_invoice', { invoice_id: 'INV-1042' });
    await look();
    await look();
    const asked = responses(h);
    const tripped = { error: expect.any(String) as string, code: 'tool_loop' };
    expect(await look()).toEqual(tripped);
    expect(responses(h)).toBe(asked + 1);
    expect(await use(h, 'lookup_invoice', { invoice_id: 'INV-1043' })).toEqual(tripped);
    await until(() => said(h).length === 1);
    expect(await look()).toEqual(tripped);
    expect(responses(h)).toBe(asked + 1);
    expect(said(h)).toHaveLength(1);
    expect(h.toolRuns).toHaveLength(2);
    await callerSays(h, 'Once more, please.');
    expect(await look()).toMatchObject({ status: 'open' });
  });

  it('is stopped over tools that it does not even have', async () => {
    await using h = await begin([], { limits: { toolCallsPerTurn: 3 } });
    const answers = [];
    for (const n of [1, 2, 3, 4]) answers.push(await use(h, `made_up_${n}`, {}));
    expect(answers.at(-1)).toMatchObject({ code: 'tool_loop' });
  });
});
