import { describe, expect, it } from 'vitest';
import { attached } from '../testing/attached-harness.ts';
import { until } from '../testing/call-harness.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';

const greeting: ScriptedPart = { say: 'Hello there.', ms: 1000, itemId: 'item_1' };

describe('a call that is opened for its caller', () => {
  it('is opened with the first agent’s session and the model, and greets when it can be heard', async () => {
    const ready = Promise.withResolvers<null>();
    const opened: unknown[] = [];
    const began = attached({
      script: [[greeting]],
      call: {
        attachTo: {
          over: 'sip',
          ready: ready.promise,
          async callId({ session, calls, signal }) {
            opened.push(session);
            return (await calls.open('v=0 offer', session, signal)).callId;
          },
        },
      },
    });
    await until(() => opened.length === 1);
    ready.resolve(null);
    await using h = await began;
    expect(opened[0]).toMatchObject({ model: 'scripted', tool_choice: 'auto' });
    expect(h.session.url).toBe('/v1/realtime?call_id=rtc_1');
    expect(h.calls.of('open')).toMatchObject([
      {
        sdp: 'v=0 offer',
        body: {
          type: 'realtime',
          model: 'scripted',
          instructions: expect.stringContaining('Open the call by saying') as string,
          audio: { output: { voice: 'marin' } },
        },
      },
    ]);
  });

  it('does not greet a caller who cannot hear yet', async () => {
    const ready = Promise.withResolvers<null>();
    const began = attached({
      script: [[greeting]],
      call: { attachTo: { over: 'webrtc', callId: 'rtc_9', ready: ready.promise } },
    });
    const early = await Promise.race([began, new Promise((done) => setTimeout(done, 150, 'none'))]);
    expect(early).toBe('none');
    ready.resolve(null);
    await using h = await began;
    expect(h.session.of('response.create')).toHaveLength(1);
  });

  it('leaves nobody on the line of a call that could not begin', async () => {
    const engine = { rejectUpdate: () => true };
    await expect(attached({ engine })).rejects.toMatchObject({ code: 'engine_refused' });
  });

  it.each([
    ['silence', { eagerness: undefined, threshold: 0.6, silenceMs: 700 }, 'server_vad'],
    ['words', { eagerness: 'low' as const }, 'semantic_vad'],
  ])(
    'is told no details of turns that end by %s, which a telephone refuses',
    async (_by, turns, type) => {
      await using h = await attached({
        script: [[]],
        desk: (desk) => ({
          ...desk,
          turnDetection: turns as NonNullable<typeof desk.turnDetection>,
        }), // one of its two forms
        call: { attachTo: { over: 'sip', callId: 'rtc_9' } },
      });
      const detection = h.session.of('session.update').at(-1)?.session.audio?.input?.turn_detection;
      expect(detection).toMatchObject({ type });
      for (const detail of ['threshold', 'prefix_padding_ms', 'silence_duration_ms']) {
        expect(detection).not.toHaveProperty(detail);
      }
    },
  );
});
