import { describe, expect, it } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { harness, quiet, until } from '../testing/call-harness.ts';

const greeting: ScriptedPart = { say: 'Hello, how can I help?', ms: 1000, itemId: 'item_hello' };

describe('a call', () => {
  it('opens one session for the first agent and lets it greet', async () => {
    await using h = await harness({ script: [[greeting]] });
    await until(() => h.leg.queuedMs() === 1000);
    expect(h.session.url).toBe('/v1/realtime?model=scripted');
    expect(h.session.headers['authorization']).toBe('Bearer secret');
    const [update] = h.session.of('session.update').filter((event) => event.session.instructions);
    expect(update?.session).toMatchObject({
      instructions:
        'Route the caller.\n\nToday is Monday, 23 November 2026. The time is 09:00. Time zone: Europe/London.\n' +
        'Open the call by saying: "Hello, how can I help?"',
      parallel_tool_calls: false,
      output_modalities: ['audio'],
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24000 },
          transcription: { model: 'gpt-4o-mini-transcribe', language: 'en' },
          turn_detection: {
            type: 'semantic_vad',
            eagerness: 'auto',
            create_response: true,
            interrupt_response: true,
          },
        },
        output: { format: { type: 'audio/pcm', rate: 24000 }, voice: 'marin' },
      },
    });
    expect(h.session.toolNames()).toEqual(['transfer_to_billing', 'end_call']);
    // Tracing would upload what callers say.
    expect(h.session.of('session.update').map((event) => event.session.tracing)).toContain(null);
    expect(h.session.of('session.update').some((event) => event.session.tracing)).toBe(false);
    expect(h.session.of('response.create')).toHaveLength(1);
    expect(h.session.faults).toEqual([]);
  });

  it('writes the agent’s turn once it was heard to the end, and says who has the floor', async () => {
    await using h = await harness({ script: [[greeting]] });
    await until(() => h.leg.queuedMs() === 1000);
    await quiet(h);
    expect(await h.types()).toEqual(['call.started', 'agent.started']);
    expect(h.status()).toBe('triage speaking, caller silent');
    h.leg.hear(900);
    h.clock.advance(900);
    expect(await h.types()).toEqual(['call.started', 'agent.started']);
    h.leg.hear(100);
    await until(async () => (await h.types()).includes('turn.agent'));
    expect((await h.trail()).at(-1)).toMatchObject({
      agent: 'triage',
      itemId: 'item_hello',
      text: 'Hello, how can I help?',
      heardMs: 1000,
      interrupted: false,
    });
    await until(() => h.status() === 'triage listening, caller silent');
    expect(
      h.leg.notices.filter((notice) => notice.type === 'caption').map((notice) => notice.text),
    ).toEqual([
      'Hello,',
      'Hello, how',
      'Hello, how can',
      'Hello, how can I',
      'Hello, how can I help?',
    ]);
  });

  it('puts the caller’s turn before what it led to, though its words come later', async () => {
    await using h = await harness({ script: [[]] });
    h.session.finish();
    h.session.speechStarted('item_c1');
    h.session.speechStopped('item_c1');
    h.session.respond([
      { say: 'One moment.', ms: 400, itemId: 'item_a1' },
      { call: 'transfer_to_billing', arguments: '{"reason":"invoice"}', callId: 'c1' },
    ]);
    await until(() => h.session.instructions().startsWith('Help with invoices.'));
    await quiet(h);
    h.leg.hearAll();
    await quiet(h);
    expect(await h.types()).toEqual(['call.started', 'agent.started']);
    h.session.transcript('item_c1', ' hi i have a question about an invoice ');
    await until(async () => (await h.types()).length === 7);
    const trail = await h.trail();
    expect(trail.map((event) => event.type)).toEqual([
      'call.started',
      'agent.started',
      'turn.caller',
      'handoff.requested',
      'handoff.completed',
      'agent.started',
      'turn.agent',
    ]);
    expect(trail[2]).toMatchObject({
      agent: 'triage',
      source: 'speech',
      itemId: 'item_c1',
      text: 'hi i have a question about an invoice',
    });
    expect(trail.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const times = trail.map((event) => event.elapsedMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('does not hold the trail for ever when a transcript never comes', async () => {
    await using h = await harness({ script: [[]] });
    h.session.finish();
    h.session.speechStopped('item_c1');
    h.session.respond([{ say: 'Sorry?', ms: 200, itemId: 'item_a1' }]);
    await until(() => h.leg.queuedMs() === 200);
    await quiet(h);
    h.leg.hearAll();
    await quiet(h);
    expect(await h.types()).not.toContain('turn.agent');
    h.clock.advance(3_000);
    await until(async () => (await h.types()).includes('turn.agent'));
    h.session.transcript('item_c1', 'late words');
    await until(async () => (await h.types()).at(-1) === 'turn.caller');
  });

  it('tells the leg only what is stored already', async () => {
    await using h = await harness({ script: [[greeting]] });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hearAll();
    await until(() =>
      h.leg.notices.some((n) => n.type === 'trail' && n.event.type === 'turn.agent'),
    );
    const told = h.leg.notices
      .filter((notice) => notice.type === 'trail')
      .map((notice) => notice.event);
    expect(await h.trail()).toEqual(told);
  });

  it('takes typed turns, and lets them interrupt as speech would', async () => {
    await using h = await harness({
      script: [[{ ...greeting, open: true }], [{ say: 'Yes.', ms: 100, itemId: 'item_yes' }]],
    });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hear(500);
    h.call.type('  my invoice please ');
    expect(h.leg.clears).toBe(1);
    await until(() => h.leg.queuedMs() === 100);
    expect(h.session.received.slice(-5).map((event) => event.type)).toEqual([
      'response.cancel',
      'conversation.item.truncate',
      'conversation.item.create',
      'conversation.item.retrieve',
      'response.create',
    ]);
    h.leg.hearAll();
    await until(async () => (await h.types()).filter((type) => type === 'turn.agent').length === 2);
    expect(
      (await h.trail()).slice(2).map((event) => [event.type, 'text' in event ? event.text : '']),
    ).toEqual([
      ['audio.interrupted', ''],
      ['turn.agent', 'Hello, how'],
      ['turn.caller', 'my invoice please'],
      ['turn.agent', 'Yes.'],
    ]);
    expect(h.session.faults).toEqual([]);
  });

  it('sends the caller’s audio in frames of 40 ms', async () => {
    await using h = await harness();
    for (let i = 0; i < 5; i++)
      h.call.hearCaller(AudioPiece.ofSamples(new Int16Array(480).fill(i)));
    await until(() => h.session.audioFrameBytes.length === 2);
    expect(h.session.audioFrameBytes).toEqual([1920, 1920]);
  });
});
