import { RunContext } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { policyOf, type CallContext, type Consult } from '../../desk/index.ts';
import { consultTool, type ConsultHost } from './consult.ts';
import type { TextModel } from '../ports.ts';

type AskedModel = Parameters<TextModel['answer']>[0];

const consult: Consult = { agent: 'billing', description: 'Ask about invoices.' };
const context = { callId: 'call_1' } as CallContext; // what these rules read of it

/** Runs the consult as the SDK would. */
async function ask(
  given: Consult,
  input: unknown,
  options: { readonly says?: string; readonly signal?: AbortSignal } = {},
): Promise<{ readonly output: unknown; readonly asked: readonly AskedModel[] }> {
  const asked: AskedModel[] = [];
  const textModel: TextModel = {
    answer(request) {
      asked.push(request);
      return Promise.resolve(options.says ?? '');
    },
  };
  const host: ConsultHost = {
    textModel: options.says === undefined ? null : textModel,
    prompt: (agent) => `You are ${agent}.\n\nToday is Monday.`,
  };
  const output: unknown = await consultTool(given, host).invoke(
    new RunContext(context) as never, // the realtime context adds a history that nothing here reads
    JSON.stringify(input),
    { toolCall: { callId: 'fc_1' }, signal: options.signal } as never, // of a function call the id is read
  );
  return { output, asked };
}

describe('a consult', () => {
  it('is answered by the other agent’s prompt and today, as a colleague', async () => {
    const question = 'May it be refunded?';
    const { output, asked } = await ask(consult, { question }, { says: ' Within 30 days. ' });
    expect(output).toEqual({ answer: 'Within 30 days.' });
    expect(asked).toEqual([
      {
        question,
        instructions: expect.stringMatching(
          /^You are billing\.\n\nToday is Monday\.\n\nYou are not on the phone now\./,
        ) as string,
      },
    ]);
  });

  it('puts a question of several fields as they are', async () => {
    const parameters = z.object({ invoice_id: z.string(), about: z.string() });
    const input = { invoice_id: 'INV-1042', about: 'refund' };
    const { asked } = await ask({ ...consult, parameters }, input, { says: 'Yes.' });
    expect(asked[0]?.question).toBe('{"invoice_id":"INV-1042","about":"refund"}');
  });

  it('is answered by its rule, which sees the call and asks no model', async () => {
    const rule: Consult = {
      ...consult,
      answer: ({ question }, call) => ({ heard: question, in: call.callId }),
    };
    const { output, asked } = await ask(rule, { question: 'Open?' }, { says: 'no' });
    expect(output).toEqual({ answer: { heard: 'Open?', in: 'call_1' } });
    expect(asked).toEqual([]);
  });

  it('passes on a rule’s own sentence when there is no answer', async () => {
    const rule: Consult = { ...consult, answer: () => ({ error: 'Nobody knows that.' }) };
    expect((await ask(rule, { question: 'Why?' })).output).toEqual({ error: 'Nobody knows that.' });
  });

  it.each([
    ['no model is configured', {}],
    ['the model says nothing', { says: ' ' }],
  ])('ends in a sentence when %s', async (_title, options) => {
    const { output } = await ask(consult, { question: 'Why?' }, options);
    expect(output).toEqual({ error: 'I cannot find that out right now.' });
  });

  it('F4: is told to stop when its time is up', async () => {
    const { signal } = new AbortController();
    let given: AbortSignal | undefined;
    const rule: Consult = {
      ...consult,
      answer: (_question, _call, stop) => {
        given = stop;
        return 'ok';
      },
    };
    await ask(rule, { question: 'Why?' }, { signal });
    expect(given).toBe(signal);
  });

  it('has its name, deadline and filler from the desk', () => {
    const host: ConsultHost = { textModel: null, prompt: () => '' };
    const tool = consultTool({ ...consult, timeoutMs: 3_000, filler: 'Let me ask.' }, host);
    expect(tool.name).toBe('consult_billing');
    expect(policyOf(tool)).toEqual({ timeoutMs: 3_000, filler: 'Let me ask.' });
    expect(consultTool({ ...consult, toolName: 'ask_them' }, host).name).toBe('ask_them');
  });
});
