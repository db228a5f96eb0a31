import { describe, expect, it } from 'vitest';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { harness, quiet, until } from '../testing/call-harness.ts';

const long: ScriptedPart = {
  say: 'one two three four five six seven eight nine ten',
  ms: 1000,
  itemId: 'item_1',
};

describe('a caller who interrupts', () => {
  it('silences playback at once and tells the engine what was really heard', async () => {
    await using h = await harness({ script: [[{ ...long, open: true }]] });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hear(437.5);
    h.session.speechStarted('item_c1');
    await until(() => h.leg.clears === 1);
    await quiet(h);
    expect(h.session.of('conversation.item.truncate')).toMatchObject([
      { item_id: 'item_1', content_index: 0, audio_end_ms: 437 },
    ]);
    // The engine cancels by itself when it hears the caller.
    expect(h.session.of('response.cancel')).toEqual([]);
    expect((await h.trail()).slice(2)).toMatchObject([
      { type: 'audio.interrupted', agent: 'triage', itemId: 'item_1', heardMs: 437 },
      { type: 'turn.agent', text: 'one two three four', heardMs: 438, interrupted: true },
    ]);
    expect(h.status()).toBe('triage listening, caller speaking');
    expect(h.session.faults).toEqual([]);
  });

  it('takes the engine’s own account of what was heard when it gives one', async () => {
    await using h = await harness({
      script: [[long]],
      engine: { truncatedTranscript: 'one two three' },
    });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hear(437);
    h.session.speechStarted('item_c1');
    await until(async () => (await h.types()).includes('turn.agent'));
    expect((await h.trail()).at(-1)).toMatchObject({ text: 'one two three', interrupted: true });
  });

  it('knows which item is being heard, though the engine is ahead by another', async () => {
    await using h = await harness({
      script: [[long, { say: 'never heard', ms: 500, itemId: 'item_2' }]],
    });
    await until(() => h.leg.queuedMs() === 1500);
    await quiet(h);
    h.leg.hear(300);
    h.session.speechStarted('item_c1');
    await until(() => h.session.of('conversation.item.truncate').length === 2);
    await quiet(h);
    expect(
      h.session
        .of('conversation.item.truncate')
        .map((event) => [event.item_id, event.audio_end_ms]),
    ).toEqual([
      ['item_1', 300],
      ['item_2', 0],
    ]);
    const turns = (await h.trail()).filter((event) => event.type === 'turn.agent');
    expect(turns).toMatchObject([{ itemId: 'item_1', text: 'one two three' }]);
  });

  it('interrupts nothing when everything was heard already', async () => {
    await using h = await harness({ script: [[long]] });
    await until(() => h.leg.queuedMs() === 1000);
    await quiet(h);
    h.leg.hearAll();
    await until(async () => (await h.types()).includes('turn.agent'));
    h.session.speechStarted('item_c1');
    await until(() => h.status() === 'triage listening, caller speaking');
    await quiet(h);
    expect(h.leg.clears).toBe(0);
    expect(h.session.of('conversation.item.truncate')).toEqual([]);
    expect(await h.types()).not.toContain('audio.interrupted');
  });

  it('does not hear the tail of a response that was cut', async () => {
    await using h = await harness({ script: [[{ ...long, open: true }]] });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hear(100);
    h.call.type('stop');
    h.session.send({
      type: 'response.output_audio.delta',
      response_id: 'resp_1',
      item_id: 'item_1',
      output_index: 0,
      content_index: 0,
      delta: Buffer.alloc(4800).toString('base64'),
    });
    await quiet(h);
    expect(h.leg.queuedMs()).toBe(0);
  });

  it('puts the interrupted turn before the caller’s own', async () => {
    await using h = await harness({ script: [[{ ...long, open: true }]] });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hear(500);
    h.session.speechStarted('item_c1');
    h.session.speechStopped('item_c1', 'wait');
    await until(async () => (await h.types()).includes('turn.caller'));
    expect((await h.types()).slice(2)).toEqual(['audio.interrupted', 'turn.agent', 'turn.caller']);
  });

  it('has the agent go on where the engine goes on, after a mere sound', async () => {
    await using h = await harness({
      script: [[long]],
      engine: { truncatedTranscript: 'one two three four' },
    });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hear(440);
    h.session.speechStarted('item_c1');
    await until(() => h.leg.clears === 1);
    h.session.speechStopped('item_c1', 'mm-hm');
    h.session.respond([{ say: 'five six seven eight nine ten', ms: 600, itemId: 'item_2' }]);
    await until(() => h.leg.queuedMs() === 600);
    await quiet(h);
    h.leg.hearAll();
    await until(async () => (await h.types()).filter((type) => type === 'turn.agent').length === 2);
    expect((await h.trail()).slice(2)).toMatchObject([
      { type: 'audio.interrupted', itemId: 'item_1' },
      { type: 'turn.agent', text: 'one two three four', interrupted: true },
      { type: 'turn.caller', text: 'mm-hm' },
      { type: 'turn.agent', text: 'five six seven eight nine ten', interrupted: false },
    ]);
  });

  it('is listened to again when the engine finds nothing to answer', async () => {
    await using h = await harness({ script: [[long]] });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hearAll();
    h.session.speechStarted('item_c1');
    h.session.speechStopped('item_c1', '');
    h.session.respond([]);
    h.session.finish();
    await until(() => h.status() === 'triage listening, caller silent');
    expect(h.session.of('response.create')).toHaveLength(1);
  });
});

describe('words that come while the caller speaks', () => {
  const words = (delta: string) => ({
    type: 'conversation.item.input_audio_transcription.delta',
    item_id: 'item_c1',
    content_index: 0,
    delta,
  });

  it('are shown as they grow, and the trail has what was said in the end', async () => {
    await using h = await harness({ script: [[]] });
    h.session.finish();
    h.session.speechStarted('item_c1');
    h.session.send(words('i would like'));
    h.session.send(words(' to look'));
    h.session.speechStopped('item_c1', 'i would like to book');
    await until(async () => (await h.types()).includes('turn.caller'));
    const shown = h.leg.notices.flatMap((notice) =>
      notice.type === 'caption' && notice.speaker === 'caller' ? [notice.text] : [],
    );
    expect(shown).toEqual(['i would like', 'i would like to look', 'i would like to book']);
    expect((await h.trail()).at(-1)).toMatchObject({
      ...{ type: 'turn.caller', itemId: 'item_c1', text: 'i would like to book' },
    });
  });

  it('are no record: a turn that is not understood in the end has none', async () => {
    await using h = await harness({ script: [[]] });
    h.session.finish();
    h.session.speechStarted('item_c1');
    h.session.send(words('i would like'));
    h.session.speechStopped('item_c1');
    h.session.send({
      type: 'conversation.item.input_audio_transcription.failed',
      item_id: 'item_c1',
      content_index: 0,
      error: { type: 'server_error', code: 'transcription_failed', message: 'broke' },
    });
    await until(async () => (await h.types()).includes('turn.caller'));
    expect((await h.trail()).at(-1)).toMatchObject({ type: 'turn.caller', text: '' });
  });
});
