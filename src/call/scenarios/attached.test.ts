import { describe, expect, it } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import { forbidWords, type Desk } from '../../desk/index.ts';
import { attached } from '../testing/attached-harness.ts';
import { quiet, until } from '../testing/call-harness.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { said } from '../testing/tool-call.ts';

const greeting = {
  say: 'one two three four five six seven eight nine ten',
  ms: 1000,
  itemId: 'item_1',
} satisfies ScriptedPart;
const toBilling: ScriptedPart = {
  call: 'transfer_to_billing',
  arguments: '{"reason":"invoice"}',
  callId: 'c1',
};

/** The caller speaks after 0.8 s; the engine says what was heard, and is asked for its words. */
async function isCutOff(h: Awaited<ReturnType<typeof attached>>): Promise<void> {
  await h.plays('started', 'resp_1');
  h.clock.advance(800);
  h.session.speechStarted('item_c1');
  await h.plays('cleared', 'resp_1');
  h.session.truncate('item_1', 780);
  await until(() => h.session.of('conversation.item.retrieve').length === 1);
  await quiet(h);
  h.clock.advance(250);
  await until(async () => (await h.types()).includes('turn.agent'));
}

describe('a call attached to one at the engine', () => {
  it('speaks to it by its id, with the agent’s session and without the settings of its audio', async () => {
    await using h = await attached({ script: [[]] });
    expect(h.session.url).toBe('/v1/realtime?call_id=rtc_9');
    const session = h.session.of('session.update').at(-1)?.session;
    expect(session).toMatchObject({
      tool_choice: 'auto',
      audio: { input: { turn_detection: { type: 'semantic_vad' } }, output: { voice: 'marin' } },
    });
    expect(session).not.toHaveProperty('model');
    expect(session?.audio?.input).not.toHaveProperty('format');
    expect(session?.audio?.output).not.toHaveProperty('format');
    expect(h.session.toolNames()).toEqual(['transfer_to_billing', 'end_call']);
    h.call.hearCaller(AudioPiece.ofSamples(new Int16Array(4800)));
    await quiet(h);
    expect(h.session.audioFrameBytes).toEqual([]);
    expect(h.session.faults).toEqual([]);
  });

  it('writes what an agent said once the engine has played it', async () => {
    await using h = await attached({ script: [[greeting]] });
    await h.plays('started', 'resp_1');
    expect(h.status()).toBe('triage speaking, caller silent');
    h.clock.advance(2_900);
    expect(await h.types()).not.toContain('turn.agent');
    await h.plays('stopped', 'resp_1');
    await until(async () => (await h.types()).includes('turn.agent'));
    expect((await h.trail()).at(-1)).toMatchObject({
      ...{ text: greeting.say, heardMs: 2900, interrupted: false, agent: 'triage' },
    });
    expect(h.status()).toBe('triage listening, caller silent');
  });

  it('shares out what was heard of a response among its items', async () => {
    const second = { ...greeting, say: 'eleven twelve', itemId: 'item_2' };
    await using h = await attached({ script: [[greeting, second]] });
    await h.plays('started', 'resp_1');
    h.clock.advance(4_000);
    await h.plays('stopped', 'resp_1');
    const turns = async () => (await h.trail()).filter((event) => event.type === 'turn.agent');
    await until(async () => (await turns()).length === 2);
    const heard = (await turns()).map(({ heardMs }) => heardMs);
    // 48 letters at the usual rate, and what is left.
    expect(heard).toEqual([3_168, 832]);
  });

  it('takes a response for over when the engine plays the next', async () => {
    const next = { ...greeting, say: 'What else?', itemId: 'item_2' };
    await using h = await attached({ script: [[greeting], [next]] });
    await h.plays('started', 'resp_1');
    h.clock.advance(2_000);
    h.session.respond([next]);
    await h.plays('started', 'resp_2');
    await until(async () => (await h.types()).includes('turn.agent'));
    expect((await h.trail()).at(-1)).toMatchObject({ itemId: 'item_1', heardMs: 2_000 });
  });

  it('counts as speaking between the words and their sound', async () => {
    await using h = await attached({ script: [[greeting]] });
    await until(() => h.status() === 'triage speaking, caller silent');
  });

  it('does not take a caller who listens for one who says nothing (A34)', async () => {
    await using h = await attached({ script: [[greeting]] });
    await h.plays('started', 'resp_1');
    h.clock.advance(65_000);
    await quiet(h);
    expect(said(h)).toEqual([]);
    await h.plays('stopped', 'resp_1');
    h.clock.advance(65_000);
    await until(() => said(h).length === 1, 'the question whether they are there');
  });

  it('gives up on sound that the engine never tells of, and writes nothing of it', async () => {
    await using h = await attached({ script: [[greeting]] });
    await until(() => h.status() === 'triage speaking, caller silent');
    await quiet(h);
    h.clock.advance(5_000);
    await until(() => h.status() === 'triage listening, caller silent');
    expect(await h.types()).not.toContain('turn.agent');
  });
});

describe('a caller who interrupts an engine that plays by itself', () => {
  it('is heard out, and the trail has what the engine says was heard', async () => {
    await using h = await attached({ script: [[{ ...greeting, open: true }]] });
    await h.plays('started', 'resp_1');
    h.clock.advance(1_700);
    h.session.speechStarted('item_c1');
    await h.plays('cleared', 'resp_1');
    h.session.truncate('item_1', 1_584);
    await quiet(h);
    h.clock.advance(250);
    await until(async () => (await h.types()).includes('turn.agent'));
    expect((await h.trail()).slice(2)).toMatchObject([
      { type: 'audio.interrupted', agent: 'triage', itemId: 'item_1', heardMs: 1700 },
      // 24 letters at the usual rate.
      { type: 'turn.agent', text: 'one two three four five', heardMs: 1584, interrupted: true },
    ]);
    // The engine has cut and truncated by itself.
    expect(h.session.of('conversation.item.truncate')).toEqual([]);
    expect(h.session.of('response.cancel')).toEqual([]);
    expect(h.status()).toBe('triage listening, caller speaking');
  });

  it('takes the engine’s own account of what was heard when it gives one', async () => {
    await using h = await attached({
      script: [[greeting]],
      engine: { truncatedTranscript: 'one two three' },
    });
    await isCutOff(h);
    expect((await h.trail()).at(-1)).toMatchObject({
      ...{ text: 'one two three', heardMs: 780, interrupted: true },
    });
  });

  it('is believed to have heard what the engine truncates to, also when it says that first', async () => {
    await using h = await attached({ script: [[greeting]] });
    await h.plays('started', 'resp_1');
    h.clock.advance(1_700);
    h.session.truncate('item_1', 800);
    await h.plays('cleared', 'resp_1');
    h.clock.advance(250);
    await until(async () => (await h.types()).includes('turn.agent'));
    expect((await h.trail()).at(-1)).toMatchObject({ heardMs: 800, interrupted: true });
    expect(h.session.of('conversation.item.truncate')).toEqual([]);
  });

  it('has not heard a text of which the engine kept the whole', async () => {
    await using h = await attached({
      script: [[greeting]],
      engine: { truncatedTranscript: greeting.say },
    });
    await isCutOff(h);
    expect((await h.trail()).at(-1)).toMatchObject({ text: 'one two', heardMs: 780 });
  });

  it('has an engine that forgets to truncate asked to', async () => {
    await using h = await attached({ script: [[greeting]] });
    await h.plays('started', 'resp_1');
    h.clock.advance(1_000);
    h.session.speechStarted('item_c1');
    await h.plays('cleared', 'resp_1');
    await quiet(h);
    expect(h.session.of('conversation.item.truncate')).toEqual([]);
    h.clock.advance(250);
    await until(() => h.session.of('conversation.item.truncate').length === 1);
    expect(h.session.of('conversation.item.truncate')).toMatchObject([
      { item_id: 'item_1', audio_end_ms: 1000 },
    ]);
  });

  it('by typing, has the engine stop', async () => {
    await using h = await attached({ script: [[{ ...greeting, open: true }], []] });
    await h.plays('started', 'resp_1');
    h.clock.advance(600);
    h.call.type('stop');
    await until(() => h.session.of('response.create').length === 2);
    expect(h.session.received.map(({ type }) => type).slice(-4)).toEqual([
      'response.cancel',
      'output_audio_buffer.clear',
      'conversation.item.create',
      'response.create',
    ]);
    // A cut response that begins to sound is cut again.
    await h.plays('started', 'resp_1');
    await until(() => h.session.of('output_audio_buffer.clear').length === 2);
  });
});

describe('an agent who says what it must not, straight to the caller', () => {
  const guarded = (desk: Desk): Desk => ({
    ...desk,
    guardrails: [forbidWords('no_refunds', ['refund'], 'I will check that.')],
  });

  it('is stopped at the engine before it is heard, and taken out of the conversation', async () => {
    await using h = await attached({
      desk: guarded,
      script: [[{ say: 'You get a refund today.', ms: 900, itemId: 'item_1', open: true }]],
    });
    await until(() => h.session.of('response.cancel').length === 1);
    // It had begun to play meanwhile.
    await h.plays('started', 'resp_1');
    expect(h.session.of('output_audio_buffer.clear').length).toBeGreaterThan(0);
    h.clock.advance(250);
    await until(() => h.session.of('conversation.item.truncate').length === 1);
    await quiet(h);
    expect(h.session.of('conversation.item.truncate')).toMatchObject([
      { item_id: 'item_1', audio_end_ms: 0 },
    ]);
    // The desk's own sentence is said in its place.
    await h.plays('started', 'resp_2');
    h.clock.advance(900);
    await h.plays('stopped', 'resp_2');
    await until(async () => (await h.types()).includes('turn.agent'));
    expect((await h.types()).slice(2)).toEqual(['guardrail.tripped', 'turn.agent']);
  });

  it('keeps what was heard before', async () => {
    await using h = await attached({
      desk: guarded,
      script: [[{ say: 'I see your invoice here.', ms: 1500, itemId: 'item_1', open: true }]],
    });
    await h.plays('started', 'resp_1');
    h.clock.advance(700);
    h.session.send({
      type: 'response.output_audio_transcript.delta',
      ...{ response_id: 'resp_1', item_id: 'item_1', output_index: 0, content_index: 0 },
      delta: ' You get a refund.',
    });
    await until(() => h.session.of('response.cancel').length === 1);
    await quiet(h);
    h.clock.advance(250);
    await until(() => h.session.of('conversation.item.truncate').length === 1);
    await quiet(h);
    expect(h.session.of('conversation.item.truncate')).toMatchObject([
      { item_id: 'item_1', audio_end_ms: 700 },
    ]);
  });
});

describe('a handoff while the engine plays', () => {
  it('is opened by what the caller hears first of the next agent', async () => {
    await using h = await attached({
      script: [
        [{ say: 'I will get billing.', ms: 800, itemId: 'item_a' }, toBilling],
        [{ say: 'Which invoice?', ms: 600, itemId: 'item_b' }],
      ],
    });
    await h.plays('started', 'resp_1');
    await until(async () => (await h.types()).includes('handoff.completed'));
    await quiet(h);
    // The next agent has written its turn, the first one is still heard: nothing is asked for again.
    h.clock.advance(1_200);
    expect(await h.types()).not.toContain('handoff.opened');
    await h.plays('stopped', 'resp_1');
    await quiet(h);
    h.clock.advance(150);
    await h.plays('started', 'resp_2');
    await until(async () => (await h.types()).includes('handoff.opened'));
    h.clock.advance(900);
    await h.plays('stopped', 'resp_2');
    await until(async () => (await h.types()).filter((type) => type === 'turn.agent').length === 2);
    const trail = await h.trail();
    expect(trail.filter(({ type }) => type === 'handoff.opened')).toMatchObject([
      { from: 'triage', to: 'billing', firstAudioMs: 1350, silenceMs: 150, askedAgain: false },
    ]);
    expect(trail.filter(({ type }) => type === 'turn.agent')).toMatchObject([
      { agent: 'triage', text: 'I will get billing.', heardMs: 1200 },
      { agent: 'billing', text: 'Which invoice?', heardMs: 900 },
    ]);
    // One greeting, one opening.
    expect(h.session.of('response.create')).toHaveLength(2);
    expect(h.session.faults).toEqual([]);
  });

  it('F22 asks once more when the next agent wrote something that was never played', async () => {
    await using h = await attached({
      script: [[toBilling], [{ say: 'Which invoice?', ms: 600, itemId: 'item_b' }], []],
    });
    await until(async () => (await h.types()).includes('handoff.completed'));
    await quiet(h);
    h.clock.advance(5_000);
    await until(() => h.session.of('response.create').length === 3);
  });
});
