import { describe, expect, it } from 'vitest';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';

const start = async (): Promise<CallHarness> => {
  const h = await harness({ script: [[]], desk: (desk) => ({ ...desk, firstAgent: 'billing' }) });
  h.session.finish();
  await quiet(h);
  return h;
};
const outputs = (h: CallHarness): readonly { call_id: string; output: string }[] =>
  h.session
    .of('conversation.item.create')
    .map((event) => event.item)
    .filter((item) => item.type === 'function_call_output');
const responses = (h: CallHarness): number => h.session.of('response.create').length;

describe('a tool call', () => {
  it('runs with the call’s own context, and is on the trail', async () => {
    await using h = await start();
    h.session.respond([
      { call: 'lookup_invoice', arguments: '{"invoice_id":"INV-1042"}', callId: 'c1' },
    ]);
    await until(() => outputs(h).length === 1);
    await quiet(h);
    expect(outputs(h)).toEqual([
      expect.objectContaining({
        call_id: 'c1',
        output: '{"invoice_id":"INV-1042","status":"open"}',
      }),
    ]);
    expect(responses(h)).toBe(2);
    expect(h.toolRuns).toEqual([`lookup_invoice INV-1042 for ${h.call.id}`]);
    expect((await h.trail()).slice(2)).toMatchObject([
      {
        type: 'tool.called',
        agent: 'billing',
        tool: 'lookup_invoice',
        functionCallId: 'c1',
        arguments: '{"invoice_id":"INV-1042"}',
      },
      {
        type: 'tool.returned',
        functionCallId: 'c1',
        ok: true,
        output: '{"invoice_id":"INV-1042","status":"open"}',
      },
    ]);
  });

  it.each([
    ['A47 arguments that are not JSON', 'lookup_invoice', '{"invoice_id":', 'not JSON'],
    ['A47 arguments that fail the schema', 'lookup_invoice', '{"invoice_id":"42"}', 'invoice_id'],
    ['A47 a list for arguments', 'lookup_invoice', '[]', 'JSON object'],
    ['no arguments at all', 'lookup_invoice', '', 'not JSON'],
    ['A46 a tool nobody has', 'open_safe', '{}', 'There is no tool open_safe here.'],
    ['A46 a tool of another agent', 'end_call', '{}', 'There is no tool end_call here.'],
    ['F3 a tool that throws', 'broken', '{}', 'That did not work just now.'],
    ['F4 a tool that hangs', 'slow', '{}', 'That is taking too long right now.'],
    ['a tool that wants approval', 'guarded', '{}', 'I cannot do that here.'],
    ['a transfer without a reason', 'transfer_to_triage', '{}', 'reason'],
    ['a transfer where no edge leads', 'transfer_to_sales', '{"reason":"x"}', 'There is no tool'],
  ])(
    '%s: gets an error the agent can go on from, never silence',
    async (_title, name, args, part) => {
      await using h = await start();
      h.session.respond([{ call: name, arguments: args, callId: 'c1' }]);
      await until(() => outputs(h).length === 1);
      await quiet(h);
      const output: unknown = JSON.parse(outputs(h)[0]?.output ?? '');
      expect(output).toMatchObject({ error: expect.any(String) as string });
      expect(JSON.stringify(output)).toContain(part);
      // What a tool threw may be a secret.
      expect(JSON.stringify(output)).not.toContain('hunter2');
      expect(responses(h)).toBe(2);
      const [called, returned] = (await h.trail()).slice(2);
      expect(called).toMatchObject({ type: 'tool.called', tool: name, arguments: args });
      expect(returned).toMatchObject({ type: 'tool.returned', tool: name, ok: false });
      expect(h.toolRuns.filter((run) => run === 'guarded' || run.startsWith('lookup'))).toEqual([]);
      await until(() => h.status() === 'billing thinking, caller silent');
      h.session.finish();
      await until(() => h.status() === 'billing listening, caller silent');
    },
  );

  it('F4 aborts the work of a tool that hangs, not only the wait', async () => {
    await using h = await start();
    h.session.respond([{ call: 'slow', arguments: '{}', callId: 'c1' }]);
    await until(() => h.toolRuns.includes('slow aborted'));
  });

  it('F6 runs once when it is delivered twice', async () => {
    await using h = await start();
    const part = { call: 'lookup_invoice', arguments: '{"invoice_id":"INV-1042"}', callId: 'c1' };
    h.session.respond([part, part]);
    await until(() => outputs(h).length === 1);
    h.session.finish();
    h.session.respond([part]);
    await quiet(h);
    expect(h.toolRuns).toHaveLength(1);
    expect(outputs(h)).toHaveLength(1);
    expect((await h.types()).filter((type) => type === 'tool.called')).toHaveLength(1);
  });

  it('says thinking, not listening, while a tool runs', async () => {
    await using h = await harness({
      script: [[]],
      desk: (desk) => ({ ...desk, firstAgent: 'billing', limits: { toolTimeoutMs: 10_000 } }),
    });
    h.session.finish();
    await until(() => h.status() === 'billing listening, caller silent');
    h.session.respond([{ call: 'slow', arguments: '{}', callId: 'c1' }]);
    await until(() => h.toolRuns.includes('slow'));
    await quiet(h);
    expect(h.status()).toBe('billing thinking, caller silent');
    h.call.hangUp();
    await h.call.ended;
    // The end of the call is the end of its work, and the last word of its trail.
    await until(() => h.toolRuns.includes('slow aborted'));
    await quiet(h);
    expect((await h.trail()).slice(-2)).toMatchObject([
      { type: 'tool.returned', tool: 'slow', ok: false },
      { type: 'call.ended' },
    ]);
  });

  it('asks again when the engine was already answering something else', async () => {
    await using h = await start();
    h.session.respond([
      { call: 'lookup_invoice', arguments: '{"invoice_id":"INV-1042"}', callId: 'c1' },
    ]);
    await until(() => responses(h) === 2);
    // The answer to the tool is under way; a response.create at the same moment loses.
    h.session.send({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code: 'conversation_already_has_active_response',
        message: 'Active response.',
        event_id: 'agents_js_response_create_9',
      },
    });
    await quiet(h);
    expect(responses(h)).toBe(2);
    h.session.finish();
    await until(() => responses(h) === 3);
  });
});
