import { describe, expect, it } from 'vitest';
import { silentLog, type Log } from '../../lib/index.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import {
  harness,
  quiet,
  until,
  type CallHarness,
  type HarnessOptions,
} from '../testing/call-harness.ts';
import { eventsOf } from '../testing/tool-call.ts';

const toBilling: ScriptedPart = {
  call: 'transfer_to_billing',
  arguments: '{"reason":"invoice"}',
  callId: 'c1',
};
const question: ScriptedPart = { say: 'Which invoice?', ms: 300, itemId: 'item_b' };
const lookup = (callId: string): ScriptedPart => ({
  call: 'lookup_invoice',
  arguments: '{"invoice_id":"INV-1042"}',
  callId,
});
/** What an engine sends that answers with nothing at all. */
const nothing = (h: CallHarness): void => h.session.finish();
const asks = (h: CallHarness): number => h.session.of('response.create').length - 1; // one for the greeting
const opened = (h: CallHarness) => eventsOf(h, 'handoff.opened');
const handedOver = async (options: HarnessOptions = {}): Promise<CallHarness> => {
  const h = await harness({ ...options, script: options.script ?? [[toBilling], []] });
  await until(async () => (await h.types()).includes('handoff.completed'));
  await quiet(h);
  return h;
};

describe('the opening turn', () => {
  it('is on the trail with what it took and what the caller heard', async () => {
    await using h = await harness({ script: [[]] });
    h.session.finish();
    await quiet(h);
    h.clock.advance(5_000);
    h.session.speechStarted('u1');
    h.session.speechStopped('u1', 'An invoice.');
    await quiet(h);
    h.clock.advance(100);
    h.engine.script([]);
    h.session.respond([toBilling]);
    await until(async () => (await h.types()).includes('handoff.completed'));
    h.clock.advance(250);
    h.session.send({
      type: 'response.output_audio.delta',
      response_id: 'resp_3',
      item_id: 'item_b',
      output_index: 0,
      content_index: 0,
      delta: Buffer.alloc(4_800).toString('base64'),
    });
    await until(async () => (await opened(h)).length === 1);
    // The engine waits for half a second of silence before it says that the caller has stopped.
    expect(await opened(h)).toMatchObject([
      { decisionMs: 0, sessionMs: 0, firstAudioMs: 250, silenceMs: 850, overBudget: false },
    ]);
  });

  it('leaves no silence behind an agent who is still heard', async () => {
    await using h = await harness({
      script: [[{ say: 'I will get billing.', ms: 800, itemId: 'item_a' }, toBilling], [question]],
    });
    await until(async () => (await opened(h)).length === 1);
    expect(await opened(h)).toMatchObject([{ silenceMs: 0 }]);
    expect(h.leg.queuedMs()).toBe(1_100);
    expect(h.leg.clears).toBe(0);
  });

  it('cuts the agent who speaks, where the desk wants that', async () => {
    await using h = await harness({
      script: [[{ say: 'I will get billing.', ms: 800, itemId: 'item_a' }, toBilling], [question]],
      desk: (desk) => ({ ...desk, handoffSpeech: 'cut' }),
    });
    await until(() => h.leg.playedItems.includes('item_b'));
    await quiet(h);
    expect(h.leg.clears).toBe(1);
    expect(h.leg.queuedMs()).toBe(300);
    expect(h.session.of('conversation.item.truncate')).toMatchObject([
      { item_id: 'item_a', audio_end_ms: 0 },
    ]);
    // Nobody interrupted.
    expect(await h.types()).not.toContain('audio.interrupted');
  });

  it('raises the alarm when it is over budget', async () => {
    const warned: unknown[] = [];
    const log: Log = {
      ...silentLog,
      with: () => log,
      warn: (text, fields) => warned.push([text, fields]),
    };
    await using h = await handedOver({
      call: { log },
      desk: (desk) => ({ ...desk, limits: { ...desk.limits, handoffBudgetMs: 200 } }),
    });
    h.clock.advance(201);
    h.session.finish();
    h.session.respond([question]);
    await until(async () => (await opened(h)).length === 1);
    expect(await opened(h)).toMatchObject([{ firstAudioMs: 201, budgetMs: 200, overBudget: true }]);
    expect(warned).toContainEqual([
      'handoff over budget',
      expect.objectContaining({ from: 'triage', to: 'billing', firstAudioMs: 201 }),
    ]);
  });

  it('F22 is asked for once more when the engine answers a handoff with silence', async () => {
    await using h = await handedOver();
    expect(asks(h)).toBe(1);
    h.engine.script([question]);
    nothing(h);
    await until(async () => (await opened(h)).length === 1);
    expect(asks(h)).toBe(2);
    expect(await opened(h)).toMatchObject([{ askedAgain: true }]);
  });

  it('F22 is asked for once more when nothing is heard in time, and then given up', async () => {
    await using h = await handedOver();
    h.engine.script([]);
    h.clock.advance(6_000);
    await until(() => h.session.of('response.cancel').length === 1);
    await until(() => asks(h) === 2);
    await quiet(h);
    expect(await h.types()).not.toContain('engine.failed');
    nothing(h);
    await until(async () => (await h.types()).includes('engine.failed'));
    expect((await h.trail()).at(-1)).toMatchObject({
      type: 'engine.failed',
      code: 'silent_opening',
    });
    h.clock.advance(50_000);
    await quiet(h);
    expect(asks(h)).toBe(2);
    // The call goes on with whoever has it.
    await until(() => h.status() === 'billing listening, caller silent');
    expect(await opened(h)).toEqual([]);
  });

  it('F22 no silence is blamed on an agent who looks something up first', async () => {
    await using h = await handedOver({ script: [[toBilling], [lookup('c2')], [question]] });
    await until(async () => (await opened(h)).length === 1);
    expect(await opened(h)).toMatchObject([{ askedAgain: false }]);
    // The opening, and the answer to the tool.
    expect(asks(h)).toBe(2);
  });

  it('is the engine’s answer to a caller who speaks before it', async () => {
    await using h = await handedOver();
    h.session.speechStarted('u1');
    h.session.speechStopped('u1', 'Hello?');
    await quiet(h);
    h.session.respond([question]);
    await until(async () => (await opened(h)).length === 1);
    await quiet(h);
    h.clock.advance(60_000);
    await quiet(h);
    expect(asks(h)).toBe(1);
    expect(await opened(h)).toMatchObject([{ askedAgain: false }]);
  });

  it('is not asked for while the caller speaks: the answer to them is it', async () => {
    await using h = await harness({ script: [[]] });
    h.session.finish();
    h.session.respond([toBilling, { say: 'One moment.', ms: 100, itemId: 'item_a', open: true }]);
    // The response is cut off by the caller, with the transfer already in it.
    h.session.speechStarted('u1');
    await until(async () => (await h.types()).includes('handoff.completed'));
    await quiet(h);
    expect(asks(h)).toBe(0);
    h.session.speechStopped('u1', 'And hurry.');
    h.session.respond([question]);
    await until(async () => (await opened(h)).length === 1);
    expect(asks(h)).toBe(0);
  });

  it('is asked for after all when the caller only made a noise', async () => {
    await using h = await harness({ script: [[]] });
    h.session.finish();
    h.session.respond([toBilling, { say: 'One moment.', ms: 100, itemId: 'item_a', open: true }]);
    h.session.speechStarted('u1');
    await until(async () => (await h.types()).includes('handoff.completed'));
    h.session.speechStopped('u1', '');
    h.engine.script([question]);
    await quiet(h);
    h.clock.advance(6_000);
    await until(async () => (await opened(h)).length === 1);
    expect(asks(h)).toBe(1);
  });

  it('is one, when the response fails and is asked for again', async () => {
    await using h = await handedOver();
    h.engine.script([question]);
    h.session.finish('failed');
    await until(async () => (await opened(h)).length === 1);
    expect(asks(h)).toBe(2);
    expect(await opened(h)).toMatchObject([{ askedAgain: true }]);
  });
});

describe('a session that is not acknowledged', () => {
  const isBilling = (instructions: string): boolean =>
    instructions.startsWith('Help with invoices.');

  it('F21 is sent once more, and the handoff goes on', async () => {
    let ignored = 0;
    await using h = await harness({
      script: [[toBilling], []],
      engine: { ignoreUpdate: (text) => isBilling(text) && ignored++ === 0 },
    });
    await until(() => ignored === 1);
    await quiet(h);
    h.clock.advance(2_999);
    await quiet(h);
    expect(ignored).toBe(1);
    h.clock.advance(1);
    await until(async () => (await h.types()).includes('handoff.completed'));
    const updates = h.session
      .of('session.update')
      .filter(({ session }) => isBilling(session.instructions ?? ''));
    expect(updates).toHaveLength(2);
    expect(updates[0]?.session).toEqual(updates[1]?.session);
    expect(await h.types()).not.toContain('engine.failed');
    // The next agent speaks once, though its session was sent twice.
    expect(asks(h)).toBe(1);
  });

  it('F21 twice is an engine that is lost', async () => {
    await using h = await harness({
      script: [[toBilling], []],
      engine: { ignoreUpdate: isBilling },
    });
    await until(() => h.session.of('session.update').length > 2);
    await quiet(h);
    h.clock.advance(3_000);
    await quiet(h);
    h.clock.advance(3_000);
    expect(await h.call.ended).toMatchObject({ reason: 'engine_lost' });
    expect((await h.trail()).slice(-2)).toMatchObject([
      { type: 'engine.failed', code: 'handoff_unacknowledged' },
      { type: 'call.ended', reason: 'engine_lost' },
    ]);
  });
});
