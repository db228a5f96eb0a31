import { describe, expect, it } from 'vitest';
import type { Consult, Desk } from '../../desk/index.ts';
import { memoryServices } from '../../testing/memory-services.ts';
import type { TextModel } from '../ports.ts';
import { harness, until, type CallHarness } from '../testing/call-harness.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';

/** The test desk, whose triage may ask billing and keep the caller. */
const withConsult =
  (consult: Partial<Consult>) =>
  (desk: Desk): Desk => {
    const { triage } = desk.agents;
    if (!triage) throw new Error('no triage');
    const asks: Consult = { agent: 'billing', description: 'Ask about invoices.', ...consult };
    return { ...desk, agents: { ...desk.agents, triage: { ...triage, consults: [asks] } } };
  };

const question: ScriptedPart = {
  call: 'consult_billing',
  arguments: '{"question":"May it be refunded?"}',
  callId: 'c1',
};

const answers = (h: CallHarness): readonly unknown[] =>
  h.session
    .of('conversation.item.create')
    .flatMap(({ item }) =>
      item.type === 'function_call_output' ? [JSON.parse(item.output) as unknown] : [],
    );

const consulting = (consult: Partial<Consult>, textModel: TextModel | null = null) =>
  harness({
    script: [[question], []],
    desk: withConsult(consult),
    call: { services: memoryServices({ textModel }) },
  });

describe('an agent who asks another one', () => {
  it('keeps the call, and goes on from the answer', async () => {
    const asked: string[] = [];
    const model: TextModel = {
      answer({ instructions }) {
        asked.push(instructions);
        return Promise.resolve('Within 30 days.');
      },
    };
    await using h = await consulting({}, model);
    await until(() => h.session.of('response.create').length === 2);
    expect(answers(h)).toEqual([{ answer: 'Within 30 days.' }]);
    expect(asked[0]).toMatch(/^Help with invoices\.\n\nToday is Monday, 23 November 2026\./);
    expect(asked[0]).not.toContain('The call is already under way');
    expect((await h.trail()).slice(2)).toMatchObject([
      { type: 'tool.called', agent: 'triage', tool: 'consult_billing' },
      { type: 'tool.returned', agent: 'triage', tool: 'consult_billing', ok: true },
    ]);
    expect(h.status()).toMatch(/^triage /);
    expect(h.session.instructions()).toMatch(/^Route the caller\./);
  });

  it('F4: does not wait longer than the deadline, and the work is told to stop', async () => {
    let stopped = false;
    await using h = await consulting({
      timeoutMs: 30,
      answer: (_question, _call, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(new Error('aborted'));
          });
        }),
    });
    await until(() => answers(h).length === 1);
    expect(answers(h)).toEqual([{ error: 'That is taking too long right now.' }]);
    expect(stopped).toBe(true);
  });

  it('F3: has a sentence to say when the one who was asked fails', async () => {
    const broken: TextModel = { answer: () => Promise.reject(new Error('the key is hunter2')) };
    await using h = await consulting({}, broken);
    await until(() => answers(h).length === 1);
    expect(answers(h)).toEqual([{ error: 'That did not work just now.' }]);
    expect(JSON.stringify(await h.trail())).not.toContain('hunter2');
  });
});
