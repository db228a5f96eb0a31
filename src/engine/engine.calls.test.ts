import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../lib/index.ts';
import { openFarEnd } from '../webrtc/testing/far-end.ts';
import type { Mouth } from './mouth/port.ts';
import { callEngine, eventually, httpUrl, post } from './testing/call-client.ts';
import { connectClient } from './testing/realtime-client.ts';
import { lastText, scriptedEars, scriptedMind, scriptedMouth } from './testing/scripted-parts.ts';
import {
  apiKey,
  engine,
  engineUrl,
  lookUp,
  stopEngine,
  typed,
  update,
} from './testing/test-engine.ts';

afterEach(stopEngine);

const create = { type: 'response.create' };
const loud = (ms: number): Int16Array =>
  Int16Array.from({ length: ms * 24 }, (_, index) => Math.round(9_000 * Math.sin(index / 8)));
const silent = (ms: number): Int16Array => new Int16Array(ms * 24);
/** Speaks as the script's does, but in a tone: a line carries no standing level. */
const mouth: Mouth = {
  async *speak(...args) {
    for await (const chunk of scriptedMouth().speak(...args)) {
      yield { ...chunk, samples: loud(chunk.samples.length / 24) };
    }
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
/** Twelve words, 60 ms a letter: 5 s. */
const longAnswer = 'aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll ';
const talkative = () => scriptedMind(() => [{ type: 'say', text: longAnswer.repeat(2) }]);

describe('a call over WebRTC', () => {
  it('is heard and spoken by its tracks, with events beside it', async () => {
    await engine({ mouth, ears: scriptedEars(() => 'what is open') });
    using call = await callEngine();
    expect((await call.next('session.created')).session.model).toBe('offline');
    await call.far.play(loud(600));
    await call.far.play(silent(700));
    const { response } = await call.next('response.done');
    expect(response).toMatchObject({
      status: 'completed',
      output: [{ content: [{ transcript: 'you said what is open' }] }],
    });
    await call.next('output_audio_buffer.stopped');
    const spokenMs = 'you said what is open'.length * 60;
    expect(call.heardMs()).toBeGreaterThan(spokenMs - 100);
    expect(call.heardMs()).toBeLessThan(spokenMs + 100);
    const types = call.types();
    expect(types).not.toContain('response.output_audio.delta');
    const order = [
      'input_audio_buffer.speech_started',
      'response.created',
      'response.output_audio_transcript.delta',
      'output_audio_buffer.started',
      'response.done',
      'output_audio_buffer.stopped',
    ].map((type) => types.indexOf(type));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect((await call.next('output_audio_buffer.started')).response_id).toBe(response.id);
  });

  it('keeps only what was heard when the caller speaks over the agent', async () => {
    await engine({ mouth, mind: talkative(), ears: scriptedEars(() => 'stop') });
    using call = await callEngine();
    await call.next('session.created');
    call.send(create);
    await call.next('output_audio_buffer.started');
    await call.far.play(silent(1_000));
    await call.far.play(loud(400));
    const cut = await call.next('conversation.item.truncated');
    await call.next('output_audio_buffer.cleared');
    const heardThen = call.heardMs();
    // As far as the sound had gone out when speech was noticed.
    expect(Math.abs(cut.audio_end_ms - heardThen)).toBeLessThan(250);
    call.send({ type: 'conversation.item.retrieve', item_id: cut.item_id });
    const { item } = await call.next('conversation.item.retrieved');
    const kept = longAnswer.repeat(2).slice(0, Math.round(cut.audio_end_ms / 300) * 5);
    expect(item).toMatchObject({ status: 'incomplete', content: [{ transcript: kept.trim() }] });
    // All of it had been made already: the response was over, and only its sound was cut.
    expect((await call.next('response.done')).response.status).toBe('completed');
    await call.far.play(silent(200));
    expect(call.heardMs() - heardThen).toBeLessThan(150);
    expect(call.types()).not.toContain('output_audio_buffer.stopped');
  });

  it('is quiet at once when its client clears the sound', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const mind = scriptedMind(async (input) => {
      if (input.items.length > 0) await gate;
      return [{ type: 'say', text: longAnswer }];
    });
    await engine({ mind });
    using call = await callEngine();
    await call.next('session.created');
    call.send(create);
    await call.next('output_audio_buffer.started');
    call.send({ type: 'output_audio_buffer.clear' });
    const { response_id } = await call.next('output_audio_buffer.cleared');
    expect(response_id).toBe((await call.next('response.done')).response.id);
    const cut = await call.next('conversation.item.truncated');
    expect(cut.audio_end_ms).toBeLessThan(1_000);
    // Nothing plays any more: clearing it again is no error. A response under way is ended by it.
    call.send({ type: 'output_audio_buffer.clear' });
    call.send(typed('more'));
    call.send(create);
    await call.next('response.created', 1);
    call.send({ type: 'output_audio_buffer.clear' });
    expect((await call.next('response.done', 1)).response.status).toBe('cancelled');
    release();
    expect(call.types()).not.toContain('error');
  });

  it('plays on what is in its buffer when the response is cancelled', async () => {
    await engine({ mouth, mind: scriptedMind(() => [{ type: 'say', text: 'aaaa bbbb cccc' }]) });
    using call = await callEngine();
    await call.next('session.created');
    call.send(create);
    await call.next('response.done');
    call.send({ type: 'response.cancel', event_id: 'late' });
    expect((await call.next('error')).error).toMatchObject({ event_id: 'late' });
    await call.next('output_audio_buffer.stopped');
    expect(call.heardMs()).toBeGreaterThan(14 * 60 - 100);
  });

  it('takes no sound by events', async () => {
    await engine();
    using call = await callEngine();
    await call.next('session.created');
    call.send({ type: 'input_audio_buffer.append', audio: 'AAAA' });
    expect((await call.next('error')).error.code).toBe('unsupported_event');
  });

  it('begins with the session that came beside its offer', async () => {
    await engine();
    using call = await callEngine({
      session: { type: 'realtime', model: 'mine', instructions: 'Be brief.', tools: [lookUp] },
    });
    const { session } = await call.next('session.created');
    expect(session).toMatchObject({ model: 'mine', instructions: 'Be brief.', tools: [lookUp] });
  });

  it('ends with its peer, and its place is free again', async () => {
    await engine({ maxSessions: 2 }); // the client of `engine` has one
    const call = await callEngine();
    await call.next('session.created');
    const sdp = { 'content-type': 'application/sdp' };
    expect((await post('/v1/realtime/calls', call.far.offer, sdp)).status).toBe(503);
    const side = await connectClient(`${engineUrl()}?call_id=${call.callId}`, apiKey);
    call[Symbol.dispose]();
    expect(await side.closed).toBe(1000);
    using _next = await callEngine();
  });
});

describe('a sideband', () => {
  it('sees what the caller sees, and both may say what is to be done', async () => {
    const mind = scriptedMind((input) => [
      { type: 'say', text: `${input.instructions} ${lastText(input)}` },
    ]);
    await engine({ mind });
    using call = await callEngine({ session: { type: 'realtime', tools: [lookUp] } });
    await call.next('session.created');
    const side = await connectClient(`${engineUrl()}?call_id=${call.callId}`, apiKey);
    const { session } = await side.next('session.created');
    expect(session.id).toBe((await call.next('session.created')).session.id);
    // A client's default model and no tools replace nothing.
    side.send(update({ model: 'another', instructions: 'Be brief.' }));
    const updated = await call.next('session.updated');
    expect(updated.session).toMatchObject({ model: 'offline', tools: [lookUp] });
    expect(await side.next('session.updated')).toEqual(updated);

    call.send(typed('hello'));
    await side.next('conversation.item.done');
    side.send(create);
    const done = await call.next('response.done');
    expect(await side.next('response.done')).toEqual(done);
    expect(done.response.output).toMatchObject([{ content: [{ transcript: 'Be brief. hello' }] }]);
    await side.next('output_audio_buffer.started');
    expect(side.events.map(({ type }) => type)).not.toContain('response.output_audio.delta');

    side.send({ type: 'conversation.item.delete', item_id: 'nowhere', event_id: 'mine' });
    expect((await side.next('error')).error.event_id).toBe('mine');
    side.close();
    await side.closed;
    call.send(typed('still here'));
    await call.next('conversation.item.done', 2);
    expect(call.types()).not.toContain('error');
  });

  it('may greet before the caller is there to hear it', async () => {
    await engine({ mouth, mind: scriptedMind(() => [{ type: 'say', text: 'welcome' }]) });
    using call = await callEngine();
    const side = await connectClient(`${engineUrl()}?call_id=${call.callId}`, apiKey);
    side.send(create);
    await call.next('output_audio_buffer.stopped');
    expect(call.heardMs()).toBeGreaterThan('welcome'.length * 60 - 100);
    expect(call.types()[0]).toBe('session.created');
  });

  it('that talks nonsense is sent away, and the call goes on', async () => {
    await engine();
    using call = await callEngine();
    await call.next('session.created');
    const side = await connectClient(`${engineUrl()}?call_id=${call.callId}`, apiKey);
    for (let count = 0; count < 20; count += 1) side.sendRaw('{');
    expect(await side.closed).toBe(1008);
    call.send(create);
    await call.next('response.done');
    expect(call.types()).not.toContain('error');
  });

  it('finds no call that is not there, and a call has room for eight', async () => {
    await engine();
    using call = await callEngine();
    const url = `${engineUrl()}?call_id=`;
    await expect(connectClient(`${url}rtc_nothing`, apiKey)).rejects.toThrow('404');
    await expect(connectClient(`${url}${call.callId}`, 'wrong')).rejects.toThrow('401');
    for (let count = 0; count < 8; count += 1) await connectClient(url + call.callId, apiKey);
    await expect(connectClient(url + call.callId, apiKey)).rejects.toThrow('503');
  });
});

describe('the end of a call', () => {
  it('comes when its peer never connects', async () => {
    const clock = manualClock();
    await engine({ clock });
    using far = await openFarEnd({ candidates: 'none' });
    const answer = await post('/v1/realtime/calls', far.offer, {
      'content-type': 'application/sdp',
    });
    const callId = answer.headers.get('location')?.split('/').at(-1) ?? '';
    const side = await connectClient(`${engineUrl()}?call_id=${callId}`, apiKey);
    clock.advance(19_000);
    side.send(update({ instructions: 'Still here.' }));
    await side.next('session.updated');
    clock.advance(2_000);
    expect(await side.closed).toBe(1000);
    expect((await post(`/v1/realtime/calls/${callId}/hangup`)).status).toBe(404);
  });

  it('leaves nothing behind when an offer cannot be answered', async () => {
    await engine({
      maxSessions: 2, // the client of `engine` has one
      openPeers: () => Promise.reject(new Error('no UDP here')),
    });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await post('/v1/realtime/calls', 'v=0', { 'content-type': 'application/sdp' });
      expect([answer.status, await answer.json()]).toMatchObject([
        503,
        { error: { type: 'server_error', code: 'webrtc_unavailable' } },
      ]);
    }
  });

  it('comes by hanging up: for the caller and for those beside it', async () => {
    await engine();
    using call = await callEngine();
    await call.next('session.created');
    const side = await connectClient(`${engineUrl()}?call_id=${call.callId}`, apiKey);
    const path = `/v1/realtime/calls/${call.callId}`;
    for (const action of ['accept', 'reject', 'refer']) {
      const answer = await post(`${path}/${action}`, '{}');
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { error: { code: 'call_not_sip' } },
      ]);
    }
    expect((await post(`${path}/hangup`)).status).toBe(200);
    expect(await side.closed).toBe(1000);
    await eventually(() => expect(call.far.isClosed).toBe(true));
    expect((await post(`${path}/hangup`)).status).toBe(404);
  });

  it('comes with the end of the engine', async () => {
    await engine();
    using call = await callEngine();
    await call.next('session.created');
    await stopEngine();
    await eventually(() => expect(call.far.isClosed).toBe(true));
  });
});

describe('requests', () => {
  const mint = async (body: object) => {
    const answer = await post('/v1/realtime/client_secrets', JSON.stringify(body));
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('let a page call with a secret that carries its session, and do no more', async () => {
    await engine();
    const { status, body } = await mint({
      expires_after: { anchor: 'created_at', seconds: 30 },
      session: { type: 'realtime', instructions: 'Be brief.' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      value: expect.stringMatching(/^ek_/) as unknown,
      session: { type: 'realtime', instructions: 'Be brief.', object: 'realtime.session' },
    });
    const inSeconds = Number(body['expires_at']) - Date.now() / 1_000;
    expect(inSeconds).toBeGreaterThan(25);
    expect(inSeconds).toBeLessThanOrEqual(30);
    const key = String(body['value']);
    using call = await callEngine({ key });
    expect((await call.next('session.created')).session.instructions).toBe('Be brief.');
    const socket = await connectClient(engineUrl(), key);
    expect((await socket.next('session.created')).session.instructions).toBe('Be brief.');
    await expect(connectClient(`${engineUrl()}?call_id=${call.callId}`, key)).rejects.toThrow(
      '401',
    );
    for (const path of [`calls/${call.callId}/hangup`, 'client_secrets']) {
      const answer = await post(`/v1/realtime/${path}`, '{}', { authorization: `Bearer ${key}` });
      expect(answer.status).toBe(403);
    }
  });

  it.each([
    [{ session: { type: 'realtime', temperature: 1 } }, 'unknown_parameter', 'session.temperature'],
    [{ expires_after: { seconds: 1 } }, 'invalid_value', 'expires_after.seconds'],
    [{ session: {} }, 'missing_required_parameter', 'session.type'],
  ])('refuse a secret for %j', async (body, code, param) => {
    await engine();
    expect(await mint(body)).toMatchObject({ status: 400, body: { error: { code, param } } });
  });

  it('let any page ask, without a key in the question', async () => {
    await engine();
    const answer = await fetch(httpUrl('/v1/realtime/calls'), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-openai-agents-sdk',
      },
    });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization,content-type,x-openai-agents-sdk',
      'access-control-expose-headers': 'Location',
    });
  });

  const sdp = { 'content-type': 'application/sdp' };
  const form = (fields: Record<string, string>): FormData => {
    const made = new FormData();
    for (const [name, value] of Object.entries(fields)) made.set(name, value);
    return made;
  };
  it.each([
    ['an offer that is none', 400, 'invalid_offer', () => ['v=0', sdp]],
    ['nothing', 400, 'invalid_offer', () => ['', sdp]],
    ['JSON', 415, 'unsupported_media_type', () => ['{}', { 'content-type': 'application/json' }]],
    ['too much', 413, 'request_too_large', () => ['v'.repeat(1_100_000), sdp]],
    ['no form', 400, 'invalid_value', () => ['x', { 'content-type': 'multipart/form-data' }]],
    ['a form without offer', 400, 'missing_required_parameter', () => [form({ session: '{}' })]],
    [
      'a session that is none',
      400,
      'invalid_json',
      () => [form({ sdp: 'v=0', session: '{"type":' })],
    ],
    ['a wrong key', 401, 'invalid_api_key', () => ['v=0', { ...sdp, authorization: 'Bearer x' }]],
  ] as const)('are refused: %s', async (_what, status, code, request) => {
    await engine();
    const [body, headers = {}] = request() as [string | FormData, Record<string, string>?];
    const answer = await post('/v1/realtime/calls', body, headers);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code } }]);
  });

  it('are refused at other addresses and by other methods', async () => {
    await engine();
    expect((await post('/v1/other')).status).toBe(404);
    expect((await fetch(httpUrl('/v1/realtime/calls'))).status).toBe(405);
  });
});
