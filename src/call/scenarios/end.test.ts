import { describe, expect, it } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import { SwitchboardError } from '../../lib/index.ts';
import { memoryTrailStore } from '../../testing/memory-trail-store.ts';
import type { TrailStore } from '../ports.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { harness, quiet, until } from '../testing/call-harness.ts';

const goodbye: ScriptedPart = { say: 'Goodbye, and thank you.', ms: 800, itemId: 'item_bye' };
const hangUp: ScriptedPart = { call: 'end_call', arguments: '{}', callId: 'c_end' };

describe('a call ends', () => {
  it('once, after the agent’s goodbye was heard, and no second one is asked for', async () => {
    await using h = await harness({ script: [[goodbye, hangUp]] });
    await until(() => h.session.of('conversation.item.create').length === 1);
    await quiet(h);
    expect(h.session.of('conversation.item.create')[0]?.item).toMatchObject({
      call_id: 'c_end',
      output: '{"ended":true}',
    });
    expect(h.session.of('response.create')).toHaveLength(1);
    expect(await h.types()).not.toContain('call.ended');
    // What the caller says now is for nobody.
    const frames = h.session.audioFrameBytes.length;
    h.call.hearCaller(AudioPiece.ofSamples(new Int16Array(4800)));
    h.leg.hear(400);
    await quiet(h);
    expect(h.session.audioFrameBytes.length).toBe(frames);
    expect(await h.types()).not.toContain('call.ended');
    h.leg.hearAll();
    expect(await h.call.ended).toEqual({
      callId: h.call.id,
      reason: 'agent_ended',
      detail: undefined,
    });
    expect((await h.types()).slice(2)).toEqual([
      'tool.called',
      'tool.returned',
      'turn.agent',
      'call.ended',
    ]);
    expect((await h.trail()).at(-2)).toMatchObject({
      text: 'Goodbye, and thank you.',
      interrupted: false,
    });
  });

  it('even when the goodbye is never heard', async () => {
    await using h = await harness({ script: [[goodbye, hangUp]] });
    await until(async () => (await h.types()).includes('tool.returned'));
    h.clock.advance(15_000);
    expect(await h.call.ended).toMatchObject({ reason: 'agent_ended' });
    expect((await h.types()).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  it('when the caller hangs up, with what was heard until then', async () => {
    await using h = await harness({ script: [[goodbye]] });
    await until(() => h.leg.queuedMs() === 800);
    await quiet(h);
    h.leg.hear(400);
    h.call.hangUp('caller_lost');
    h.call.hangUp();
    expect(await h.call.ended).toMatchObject({ reason: 'caller_lost' });
    expect((await h.trail()).slice(2)).toMatchObject([
      { type: 'turn.agent', text: 'Goodbye, and', heardMs: 400, interrupted: true },
      { type: 'call.ended', reason: 'caller_lost' },
    ]);
    expect(h.leg.isPlaying()).toBe(false);
    const last = h.leg.notices.at(-1);
    expect(last?.type === 'trail' && last.event.type).toBe('call.ended');
  });

  it('keeps the caller’s last words though their transcript was still to come', async () => {
    await using h = await harness();
    h.session.finish();
    h.session.speechStopped('item_c1');
    h.session.send({
      type: 'conversation.item.input_audio_transcription.delta',
      item_id: 'item_c1',
      content_index: 0,
      delta: 'never mind',
    });
    await quiet(h);
    h.call.hangUp();
    await h.call.ended;
    expect((await h.trail()).slice(2)).toMatchObject([
      { type: 'turn.caller', text: 'never mind' },
      { type: 'call.ended' },
    ]);
  });

  it('when the server stops', async () => {
    const controller = new AbortController();
    await using h = await harness({ call: { signal: controller.signal } });
    controller.abort();
    expect(await h.call.ended).toMatchObject({ reason: 'server_stopped' });
  });

  it('when the engine goes away', async () => {
    await using h = await harness();
    h.session.drop();
    expect(await h.call.ended).toMatchObject({ reason: 'engine_lost' });
    expect((await h.types()).slice(-2)).toEqual(['engine.failed', 'call.ended']);
    // Nothing throws after the end.
    h.call.type('hello?');
    h.call.hearCaller(AudioPiece.ofSamples(new Int16Array(4800)));
  });

  it('when the trail cannot be kept, after trying again', async () => {
    const kept = memoryTrailStore();
    let appends = 0;
    const store: TrailStore = {
      ...kept,
      async append(events) {
        if (++appends > 1) throw new SwitchboardError('store_unavailable', 'The disk is full.');
        return kept.append(events);
      },
    };
    await using h = await harness({ call: { store } });
    h.call.type('hello');
    for (let i = 0; i < 6; i++) {
      await until(() => appends >= i + 2);
      await quiet(h);
      h.clock.advance(4_000);
    }
    expect(await h.call.ended).toMatchObject({ reason: 'failed', detail: 'The disk is full.' });
    // Told nothing that is not stored.
    const told = h.leg.notices.filter((notice) => notice.type === 'trail');
    expect(told.map((notice) => notice.event.type)).toEqual(await h.types());
  });

  it('goes on when one append fails and the next attempt works', async () => {
    const kept = memoryTrailStore();
    let appends = 0;
    const store: TrailStore = {
      ...kept,
      async append(events) {
        if (++appends === 2) throw new Error('hiccup');
        return kept.append(events);
      },
    };
    await using h = await harness({ call: { store } });
    h.call.type('hello');
    await until(() => appends === 2);
    await quiet(h);
    h.clock.advance(100);
    await until(async () => (await h.types()).includes('turn.caller'));
  });
});
