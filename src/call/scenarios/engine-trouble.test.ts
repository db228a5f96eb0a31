import { describe, expect, it } from 'vitest';
import { silentLog, manualClock, countedIds, type Log } from '../../lib/index.ts';
import { manualLeg } from '../../testing/manual-leg.ts';
import { memoryServices } from '../../testing/memory-services.ts';
import { memoryTrailStore } from '../../testing/memory-trail-store.ts';
import { startCall } from '../index.ts';
import { harness, quiet, testDesk, until } from '../testing/call-harness.ts';
import { startScriptedEngine } from '../testing/scripted-engine.ts';

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'it worked',
    (thrown: unknown) => thrown,
  );

describe('an engine that will not', () => {
  it.each([401, 403])(
    'A49 refuses the key (%i): one clear line, not tried again',
    async (refuseStatus) => {
      expect(await failure(harness({ engine: { refuseStatus } }))).toMatchObject({
        code: 'engine_refused',
        message: expect.stringMatching(
          /^The engine at 127\.0\.0\.1:\d+ refused the key \(\d+\)\. Check OPENAI_API_KEY\.$/,
        ) as string, // a matcher is typed any
      });
    },
  );

  it('answers something else than an upgrade', async () => {
    expect(await failure(harness({ engine: { refuseStatus: 502 } }))).toMatchObject({
      code: 'engine_unavailable',
      message: expect.stringContaining('answered 502') as string, // a matcher is typed any
    });
  });

  it('is not there', async () => {
    const engine = await startScriptedEngine();
    await engine[Symbol.asyncDispose]();
    const work = startCall({
      desk: testDesk([]),
      engine: engine.endpoint,
      leg: manualLeg(),
      store: memoryTrailStore(),
      services: memoryServices(),
      clock: manualClock(),
      newId: countedIds(),
      log: silentLog,
    });
    expect(await failure(work)).toMatchObject({
      code: 'engine_unavailable',
      message: expect.stringContaining('ECONNREFUSED') as string, // a matcher is typed any
    });
  });

  it('takes the connection and refuses the session', async () => {
    expect(await failure(harness({ engine: { rejectUpdate: () => true } }))).toMatchObject({
      code: 'engine_refused',
    });
  });

  it('never accepts the session', async () => {
    const work = harness({ engine: { ignoreUpdate: () => true }, call: { openTimeoutMs: 50 } });
    expect(await failure(work)).toMatchObject({ code: 'engine_unavailable' });
  });

  it('is not waited for once the caller is gone', async () => {
    const controller = new AbortController();
    const work = harness({
      engine: { ignoreUpdate: () => true },
      call: { signal: controller.signal },
    });
    controller.abort(new Error('gone'));
    expect(await failure(work)).toMatchObject({ message: 'gone' });
  });
});

describe('an engine that sends nonsense', () => {
  it('A45 fills no log: what is malformed is said once of each kind', async () => {
    const said: unknown[] = [];
    const log: Log = { ...silentLog, with: () => log, warn: (_text, fields) => said.push(fields) };
    await using h = await harness({ call: { log } });
    for (let n = 0; n < 50; n += 1) {
      h.session.sendRaw('{not json');
      h.session.sendRaw('{"type":"error"}');
    }
    await quiet(h);
    expect(said).toEqual([{ event: 'not JSON' }, { event: 'error' }]);
  });

  it('A44 A45 A48 does not end the process or the call', async () => {
    await using h = await harness();
    h.session.sendRaw('{not json');
    h.session.sendRaw('[]');
    h.session.sendRaw('null');
    h.session.send({ type: 'response.astonished', mood: 'new' });
    h.session.send({
      type: 'error',
      error: { type: 'server_error', code: 'oops', message: 'Oops.', event_id: null },
    });
    h.session.send({ type: 'error' });
    // Items that fail the SDK's own schemas throw inside it.
    h.session.send({
      type: 'conversation.item.added',
      item: { id: 'x', type: 'message', role: 'user', content: [{ type: 'input_audio' }] },
    });
    h.session.send({
      type: 'response.output_item.done',
      response_id: 'r',
      output_index: 0,
      item: { type: 'message', role: 'wizard' },
    });
    h.session.send({
      type: 'response.output_item.done',
      item: { id: 'f', type: 'function_call', status: 'completed' },
    });
    h.session.send({ type: 'response.output_audio.delta', item_id: 7, delta: 'AAAA' });
    h.session.send({ type: 'input_audio_buffer.committed' });
    await quiet(h);
    h.session.finish();
    h.session.respond([{ say: 'Still here.', ms: 100, itemId: 'item_s' }]);
    await until(() => h.leg.queuedMs() === 100);
  });

  it('keeps going when the leg throws', async () => {
    const leg = manualLeg();
    const broken = {
      ...leg,
      notify: () => {
        throw new Error('socket closed');
      },
      play: () => {
        throw new Error('socket closed');
      },
    };
    await using h = await harness({
      call: { leg: broken },
      script: [[{ say: 'Hello', ms: 100, itemId: 'i' }]],
    });
    await quiet(h);
    h.call.hangUp();
    expect(await h.call.ended).toMatchObject({ reason: 'caller_hung_up' });
    expect((await h.types()).at(-1)).toBe('call.ended');
  });

  it('asks once more when a response fails, and gives up after that', async () => {
    await using h = await harness();
    h.session.finish('failed');
    await until(() => h.session.of('response.create').length === 2);
    h.session.finish('failed');
    expect(await h.call.ended).toMatchObject({ reason: 'failed' });
    expect((await h.types()).filter((type) => type === 'engine.failed')).toHaveLength(2);
  });
});

describe('a status', () => {
  it('goes back to listening when a noise gets no answer', async () => {
    await using h = await harness();
    h.session.finish();
    h.session.speechStarted('item_c1');
    h.session.speechStopped('item_c1', '');
    await quiet(h);
    await until(() => h.status() === 'triage thinking, caller silent');
    h.clock.advance(2_000);
    await until(() => h.status() === 'triage listening, caller silent');
    expect((await h.trail()).at(-1)).toMatchObject({ type: 'turn.caller', text: '' });
  });
});
