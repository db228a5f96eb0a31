import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deskTool, forbidWords, type DeskTool } from '../../desk/index.ts';
import { quiet, until, type CallHarness } from '../testing/call-harness.ts';
import { begin, eventsOf, outputs, responses, said } from '../testing/tool-call.ts';

let calls = 0;

describe('a tool that takes its time', () => {
  /** Runs until it is let go. */
  const slow = (done: Promise<true>, filler?: string): DeskTool =>
    deskTool({
      name: 'slow_one',
      description: 'Takes its time.',
      parameters: z.object({}),
      timeoutMs: 5_000,
      ...(filler === undefined ? {} : { filler }),
      async execute() {
        await done;
        return { done: true };
      },
    });
  const callSlow = (h: CallHarness): void =>
    h.session.respond([{ call: 'slow_one', arguments: '{}', callId: `fc_${++calls}` }]);

  it.each([
    [undefined, 'One moment, please.'],
    ['I am looking.', 'I am looking.'],
  ])('F4 has words said meanwhile (%s), and its answer after them', async (filler, words) => {
    const tool = Promise.withResolvers<true>();
    await using h = await begin([slow(tool.promise, filler)]);
    callSlow(h);
    await quiet(h);
    h.clock.advance(1_200);
    await until(() => said(h).length === 1);
    expect(said(h)).toEqual([words]);
    await until(() => h.leg.playedItems.includes('own_1'));
    await quiet(h);
    h.leg.hearAll();
    tool.resolve(true);
    await until(() => outputs(h).length === 1);
    await until(() => responses(h) === 2);
    expect(outputs(h)).toEqual([{ done: true }]);
    await until(async () => (await eventsOf(h, 'turn.agent')).length === 1);
    expect(await eventsOf(h, 'turn.agent')).toMatchObject([{ agent: 'billing', text: words }]);
    expect(h.session.faults).toEqual([]);
  });

  it('says nothing while somebody speaks', async () => {
    const tool = Promise.withResolvers<true>();
    await using h = await begin([slow(tool.promise)]);
    callSlow(h);
    await quiet(h);
    h.session.speechStarted('item_c');
    await quiet(h);
    h.clock.advance(1_200);
    tool.resolve(true);
    await until(() => outputs(h).length === 1);
    expect(said(h)).toEqual([]);
  });

  it('is not asked to be truncated where it never was', async () => {
    const tool = Promise.withResolvers<true>();
    await using h = await begin([slow(tool.promise)]);
    callSlow(h);
    await quiet(h);
    h.clock.advance(1_200);
    await until(() => h.leg.playedItems.includes('own_1'));
    h.leg.hear(50);
    h.session.speechStarted('item_c');
    await until(() => h.leg.clears === 1);
    await quiet(h);
    tool.resolve(true);
    expect(h.session.of('conversation.item.truncate')).toEqual([]);
  });

  it('F5 does its work once, and answers, though the caller interrupts', async () => {
    let ran = 0;
    const once = deskTool({
      name: 'once',
      description: 'Counts.',
      parameters: z.object({}),
      timeoutMs: 5_000,
      async execute(_input, _call, { signal }) {
        await sleep(80, undefined, { signal });
        return { ran: ++ran };
      },
    });
    await using h = await begin([once]);
    h.session.respond([
      { say: 'Let me do that for you.', ms: 500, itemId: 'item_do' },
      { call: 'once', arguments: '{}', callId: 'fc_once' },
    ]);
    await until(() => h.leg.queuedMs() > 0);
    h.leg.hear(100);
    h.session.speechStarted('item_c');
    h.session.speechStopped('item_c', 'and one more thing');
    await until(() => outputs(h).length === 1);
    expect(outputs(h)).toEqual([{ ran: 1 }]);
    expect(ran).toBe(1);
    // On the trail it stands behind what was heard of the agent, which the engine is asked for.
    await until(async () => (await eventsOf(h, 'tool.returned')).length === 1);
    expect(await eventsOf(h, 'tool.returned')).toMatchObject([{ ok: true, output: '{"ran":1}' }]);
    await until(() => responses(h) === 2);
  });
});

it('a phrase of the runtime’s own that has begun is not said to a caller who begins to speak', async () => {
  await using h = await begin([]);
  const metadata = { purpose: 'switchboard_say' };
  const response = { id: 'resp_own', status: 'in_progress', output: [], metadata };
  h.session.send({ type: 'response.created', response });
  const audio = {
    type: 'response.output_audio.delta',
    ...{ response_id: 'resp_own', item_id: 'item_own', output_index: 0, content_index: 0 },
    delta: Buffer.alloc(4_800).toString('base64'),
  };
  h.session.speechStarted('item_c'); // before anything of it was heard
  h.session.send(audio);
  await quiet(h);
  expect(h.leg.queuedMs()).toBe(0);
});

describe('what a desk forbids', () => {
  const guardrails = [forbidWords('no_promises', ['guarantee'], 'I cannot promise that.')];

  it('is cut before it is heard, and something else is said', async () => {
    await using h = await begin([], { guardrails });
    h.session.respond([
      { say: 'Of course we guarantee a refund', ms: 600, itemId: 'item_bad', open: true },
    ]);
    await until(() => h.leg.clears === 1);
    await until(() => h.leg.playedItems.includes('own_1'));
    h.leg.hearAll();
    await quiet(h);
    expect(h.session.of('response.cancel')).toHaveLength(1);
    expect(h.session.of('conversation.item.truncate')).toMatchObject([
      { item_id: 'item_bad', audio_end_ms: 0 },
    ]);
    expect(said(h)).toEqual(['I cannot promise that.']);
    expect(await eventsOf(h, 'guardrail.tripped')).toMatchObject([
      { agent: 'billing', guardrail: 'no_promises', text: 'Of course we guarantee' },
    ]);
    expect(await eventsOf(h, 'turn.agent')).toMatchObject([{ text: 'I cannot promise that.' }]);
    expect(await eventsOf(h, 'audio.interrupted')).toEqual([]);
    const captions = h.leg.notices.filter((notice) => notice.type === 'caption');
    expect(JSON.stringify(captions)).not.toContain('guarantee');
    const told = h.session
      .of('conversation.item.create')
      .flatMap(({ item }) => (item.type === 'message' && item.role === 'system' ? [item] : []));
    expect(told).toHaveLength(1);
    expect(h.session.faults).toEqual([]);
  });

  it('leaves on the trail what was heard of it', async () => {
    await using h = await begin([], { guardrails });
    h.session.respond([{ say: 'First of all, ', ms: 300, itemId: 'item_ok', open: true }]);
    await until(() => h.leg.queuedMs() === 300);
    h.leg.hear(200);
    h.session.send({
      type: 'response.output_audio_transcript.delta',
      ...{ response_id: 'resp_2', item_id: 'item_ok', output_index: 0, content_index: 0 },
      delta: 'we guarantee it',
    });
    await until(() => h.leg.clears === 1);
    await quiet(h);
    h.leg.hearAll();
    expect(h.session.of('conversation.item.truncate')).toMatchObject([
      { item_id: 'item_ok', audio_end_ms: 200 },
    ]);
    await until(async () => (await eventsOf(h, 'turn.agent')).length === 2);
    expect(await eventsOf(h, 'turn.agent')).toMatchObject([
      { text: 'First of', interrupted: true },
      { text: 'I cannot promise that.', interrupted: false },
    ]);
  });
});
