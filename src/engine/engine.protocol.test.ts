import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/index.ts';
import type { MindAct } from './mind/port.ts';
import { lastText, scriptedEars, scriptedMind, scriptedMouth } from './testing/scripted-parts.ts';
import { startEngineServer, type EngineServer, type EngineServerOptions } from './server/index.ts';
import { connectClient, type TestClient } from './testing/realtime-client.ts';

const apiKey = 'test-key';
let server: EngineServer | undefined;

async function engine(parts: Partial<EngineServerOptions> = {}): Promise<TestClient> {
  server = await startEngineServer({
    host: '127.0.0.1',
    port: 0,
    apiKey,
    ears: scriptedEars(() => 'hello there'),
    mind: scriptedMind((input) => [{ type: 'say', text: `you said ${lastText(input)}` }]),
    mouth: scriptedMouth(),
    log: silentLog,
    ...parts,
  });
  const client = await connectClient(server.url, apiKey);
  await client.next('session.created');
  return client;
}

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const typed = (text: string) => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
});
const update = (session: object) => ({
  type: 'session.update',
  session: { type: 'realtime', ...session },
});
const transcribing = update({ audio: { input: { transcription: { model: 'any' } } } });
const lookUp = { type: 'function', name: 'look_up', description: 'Looks up.', parameters: {} };

describe('door', () => {
  it('refuses a wrong key and an unknown path at the upgrade', async () => {
    const client = await engine();
    const { url } = server ?? expect.fail('no server');
    await expect(connectClient(url, 'wrong')).rejects.toThrow('401');
    await expect(connectClient(url.replace('realtime', 'other'), apiKey)).rejects.toThrow('404');
    client.close();
  });

  it('refuses one session too many', async () => {
    const client = await engine({ maxSessions: 1 });
    await expect(connectClient(server?.url ?? '', apiKey)).rejects.toThrow('503');
    client.close();
  });

  it('answers nonsense with errors, goes on, and closes on a flood of it', async () => {
    const client = await engine();
    const nonsense = ['', '{', '[]', 'null', '{"type":"x"}', '{"__proto__":{"a":1},"type":"y"}'];
    for (const frame of nonsense) client.sendRaw(frame);
    client.sendRaw(Buffer.from([0, 1, 2]));
    for (let count = 0; count <= nonsense.length; count++) await client.next('error');
    client.send({ type: 'input_audio_buffer.append', audio: '!!!!', event_id: 'bad' });
    expect((await client.next('error')).error).toMatchObject({ event_id: 'bad', param: 'audio' });
    client.send(typed('still here'));
    client.send({ type: 'response.create' });
    expect((await client.next('response.done')).response.status).toBe('completed');
    for (let count = 0; count < 20; count++) client.sendRaw('{');
    expect(await client.closed).toBe(1008);
  });

  it('closes on a frame that is too large, and only that client', async () => {
    const client = await engine();
    const other = await connectClient(server?.url ?? '', apiKey);
    client.sendRaw('x'.repeat(5 * 1024 * 1024));
    expect(await client.closed).toBe(1009);
    other.send({ type: 'response.create' });
    await other.next('response.done');
  });
});

describe('session', () => {
  it('merges updates deeply and shows the whole of it', async () => {
    const client = await engine();
    client.send(update({ instructions: 'Be brief.', tools: [lookUp] }));
    await client.next('session.updated');
    client.send(
      update({ audio: { input: { turn_detection: { type: 'server_vad', threshold: 0.7 } } } }),
    );
    const { session } = await client.next('session.updated');
    expect(session).toMatchObject({ instructions: 'Be brief.', tools: [lookUp], model: 'test' });
    expect(session.audio.input.turn_detection).toMatchObject({
      threshold: 0.7,
      create_response: true,
      interrupt_response: true,
    });
    expect(session.audio.output.format).toEqual({ type: 'audio/pcm', rate: 24_000 });
  });

  it('rejects another voice once it has spoken, and nothing of that update holds', async () => {
    const client = await engine();
    client.send(update({ audio: { output: { voice: 'marin' } } }));
    expect((await client.next('session.updated')).session.audio.output.voice).toBe('marin');
    client.send({ type: 'response.create' });
    await client.next('response.done');
    client.send({
      ...update({ instructions: 'New.', audio: { output: { voice: 'cedar' } } }),
      event_id: 'v',
    });
    expect((await client.next('error')).error).toMatchObject({
      code: 'cannot_update_voice',
      event_id: 'v',
    });
    client.send(update({ audio: { output: { voice: 'marin' } } }));
    const { session } = await client.next('session.updated');
    expect(session).toMatchObject({ instructions: '' });
  });
});

describe('a spoken turn', () => {
  it('goes from speech to speech in the order clients rely on', async () => {
    const ears = scriptedEars(() => 'what is open');
    const client = await engine({ ears });
    client.send(transcribing);
    await client.next('session.updated');
    client.newTypes();
    client.silence(1_000);
    client.speak(600);
    client.silence(600);
    const done = await client.next('response.done');
    expect(client.newTypes()).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
      'rate_limits.updated',
      'conversation.item.input_audio_transcription.delta',
      'conversation.item.input_audio_transcription.completed',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ]);
    const started = await client.next('input_audio_buffer.speech_started');
    expect(started.audio_start_ms).toBeGreaterThan(650); // 1000 ms less the 300 ms kept before
    expect(started.audio_start_ms).toBeLessThan(750);
    // 300 ms before, 600 ms of speech, 500 ms of silence: the recogniser gets all of it.
    expect(ears.turnsMs[0]).toBeGreaterThan(1_350);
    expect(ears.turnsMs[0]).toBeLessThan(1_480);
    const added = await client.next('conversation.item.added');
    expect(added.item).toMatchObject({
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    });
    expect(done.response).toMatchObject({
      status: 'completed',
      output: [{ content: [{ type: 'output_audio', transcript: 'you said what is open' }] }],
    });
    expect(done.response.usage?.input_token_details.audio_tokens).toBe(
      Math.ceil((ears.turnsMs[0] ?? 0) / 100),
    );
    client.send({ type: 'conversation.item.retrieve', item_id: started.item_id });
    expect((await client.next('conversation.item.retrieved')).item).toMatchObject({
      content: [{ transcript: 'what is open' }],
    });
  });

  it('keeps words and sound together, in deltas of 100 ms at most', async () => {
    const client = await engine();
    client.send(typed('abcd efgh'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    let audioMs = 0;
    let text = '';
    for (const event of client.events) {
      if (event.type === 'response.output_audio.delta') {
        const ms = Buffer.from(event.delta, 'base64').length / 48;
        expect(ms).toBeLessThanOrEqual(100);
        audioMs += ms;
      } else if (event.type === 'response.output_audio_transcript.delta') {
        // The script speaks 60 ms a letter: a word is told within 100 ms of its sound.
        expect(Math.abs(text.length * 60 - audioMs)).toBeLessThanOrEqual(100);
        text += event.delta;
      }
    }
    expect(text).toBe('you said abcd efgh');
    expect(audioMs).toBeCloseTo(text.length * 60, 0);
  });

  it('asks the mind also when nothing was understood, and when the recogniser fails', async () => {
    const mind = scriptedMind((input) => [{ type: 'say', text: `[${lastText(input)}]` }]);
    const ears = scriptedEars((turn) =>
      turn === 0 ? '' : Promise.reject(new Error('decoder broke')),
    );
    const client = await engine({ mind, ears });
    for (const expected of ['completed', 'completed']) {
      client.speak(300);
      client.silence(600);
      const { response } = await client.next('response.done');
      expect(response).toMatchObject({
        status: expected,
        output: [{ content: [{ transcript: '[]' }] }],
      });
    }
    const failed = await client.next('conversation.item.input_audio_transcription.failed');
    expect(failed.error.message).toBe('decoder broke');
  });

  it('loses no turn that begins while the one before is being recognised', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const mind = scriptedMind((input) => [{ type: 'say', text: lastText(input) }]);
    const ears = scriptedEars(async (turn) => {
      if (turn === 0) await slow;
      return { text: turn === 0 ? "it's one zero" : 'four two', confidence: 0.8 };
    });
    const client = await engine({ mind, ears });
    client.speak(300);
    client.silence(600);
    await client.next('response.created');
    client.speak(300);
    await client.next('input_audio_buffer.speech_started');
    const first = await client.next('response.done');
    expect(first.response).toMatchObject({
      status: 'cancelled',
      status_details: { reason: 'turn_detected' },
      output: [],
    });
    release();
    client.silence(600);
    const second = await client.next('response.done');
    expect(second.response.output).toMatchObject([
      { content: [{ transcript: "it's one zero four two" }] },
    ]);
    expect(mind.inputs).toHaveLength(1); // one question, one answer
    expect(ears.turnsMs).toHaveLength(2);
  });

  it('holds an answer asked for while the caller is speaking until they have finished', async () => {
    const mind = scriptedMind((input) => [{ type: 'say', text: lastText(input) }]);
    const client = await engine({ mind });
    client.speak(300);
    await client.next('input_audio_buffer.speech_started');
    client.send({ type: 'response.create' });
    await client.next('response.created');
    expect(mind.inputs).toHaveLength(0);
    client.silence(600);
    await client.next('response.done');
    expect(mind.inputs).toHaveLength(1);
    expect(mind.inputs[0]?.items).toMatchObject([{ role: 'user', text: 'hello there' }]);
    expect(client.events.filter((event) => event.type === 'response.created')).toHaveLength(1);
  });

  it('leaves turns to the client when it says so', async () => {
    const client = await engine();
    client.send(update({ audio: { input: { turn_detection: null } } }));
    client.send({ type: 'input_audio_buffer.commit', event_id: 'early' });
    expect((await client.next('error')).error).toMatchObject({
      code: 'input_audio_buffer_commit_empty',
      event_id: 'early',
    });
    client.speak(500);
    client.send({ type: 'input_audio_buffer.clear' });
    await client.next('input_audio_buffer.cleared');
    client.send({ type: 'input_audio_buffer.commit' });
    await client.next('error');
    client.speak(500);
    client.send({ type: 'input_audio_buffer.commit' });
    await client.next('input_audio_buffer.committed');
    expect(client.events.some((event) => event.type === 'response.created')).toBe(false);
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output).toMatchObject([{ content: [{ transcript: 'you said hello there' }] }]);
  });

  it('takes audio and passes over it when this machine cannot hear', async () => {
    const client = await engine({ ears: null });
    client.speak(1_000);
    client.silence(1_000);
    client.send(typed('typed'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    expect(client.events.map((event) => event.type)).not.toContain(
      'input_audio_buffer.speech_started',
    );
    expect(client.events.map((event) => event.type)).not.toContain('error');
  });
});

describe('a response', () => {
  it('calls a tool, whole and in order, and goes on with its output', async () => {
    const mind = scriptedMind((input): MindAct[] => {
      const last = input.items.at(-1);
      return last?.type === 'function_call_output'
        ? [{ type: 'say', text: `it is ${last.output}` }]
        : [
            { type: 'say', text: 'One moment.' },
            { type: 'call', name: 'look_up', arguments: '{"id":7}' },
          ];
    });
    const client = await engine({ mind });
    client.send(update({ tools: [lookUp] }));
    client.send(typed('look'));
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output.map((item) => item.type)).toEqual(['message', 'function_call']);
    const call = response.output[1];
    if (call?.type !== 'function_call') return expect.fail('no call');
    expect(call).toMatchObject({ name: 'look_up', arguments: '{"id":7}', status: 'completed' });
    const added = client.events.filter((event) => event.type === 'response.output_item.added');
    expect(added[1]).toMatchObject({ output_index: 1, item: { status: 'in_progress' } });
    expect(client.newTypes().slice(-6, -1)).toEqual([
      'conversation.item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
    ]);
    const output = { type: 'function_call_output', output: 'blue' };
    client.send({
      type: 'conversation.item.create',
      event_id: 'o',
      item: { ...output, call_id: 'call_nobody_made' },
    });
    expect((await client.next('error')).error).toMatchObject({
      event_id: 'o',
      param: 'item.call_id',
    });
    client.send({ type: 'conversation.item.create', item: { ...output, call_id: call.call_id } });
    client.send({ type: 'response.create' });
    const next = await client.next('response.done');
    expect(next.response.output).toMatchObject([{ content: [{ transcript: 'it is blue' }] }]);
  });

  it('is one at a time, and the error names the request', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const client = await engine({ mouth: scriptedMouth(() => gate) });
    client.send({ type: 'response.create', event_id: 'first' });
    await client.next('response.created');
    client.send({ type: 'response.create', event_id: 'second' });
    expect((await client.next('error')).error).toMatchObject({
      code: 'conversation_already_has_active_response',
      event_id: 'second',
    });
    client.send({ type: 'response.cancel' });
    expect((await client.next('response.done')).response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'client_cancelled' },
    });
    client.send({ type: 'response.cancel', event_id: 'third' });
    expect((await client.next('error')).error).toMatchObject({
      code: 'response_cancel_not_active',
      event_id: 'third',
    });
    release();
  });

  it('honours its own instructions and tools for this once', async () => {
    const mind = scriptedMind(() => [{ type: 'say', text: 'ok' }]);
    const client = await engine({ mind });
    client.send(update({ instructions: 'Session.', tools: [lookUp] }));
    client.send({ type: 'response.create', response: { instructions: 'Once.', tools: [] } });
    await client.next('response.done');
    client.send({ type: 'response.create', response: { output_modalities: ['text'] } });
    const { response } = await client.next('response.done');
    expect(mind.inputs).toMatchObject([
      { instructions: 'Once.', tools: [] },
      { instructions: 'Session.', tools: [{ name: 'look_up' }] },
    ]);
    expect(response.output).toMatchObject([{ content: [{ type: 'output_text', text: 'ok' }] }]);
  });

  it('fails aloud when the mind fails, and the session goes on', async () => {
    let broken = true;
    const mind = scriptedMind(() => {
      if (broken) throw new Error('mind broke');
      return [{ type: 'say', text: 'fine' }];
    });
    const client = await engine({ mind });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { code: 'mind_failed', message: 'mind broke' } },
    });
    expect(response.output).toMatchObject([{ type: 'message', status: 'completed' }]);
    expect(client.events.some((event) => event.type === 'response.output_audio.delta')).toBe(true);
    expect((await client.next('error')).error).toMatchObject({
      type: 'server_error',
      code: 'mind_failed',
    });
    broken = false;
    client.send({ type: 'response.create' });
    expect((await client.next('response.done')).response.status).toBe('completed');
  });

  it('never passes on a call that no tool allows', async () => {
    const acts: MindAct[] = [{ type: 'call', name: 'no_such_tool', arguments: '{}' }];
    const client = await engine({ mind: scriptedMind(() => acts) });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.status).toBe('failed');
    expect(response.output.map((item) => item.type)).toEqual(['message']);
  });

  it('fails without words when the mouth fails, and the session goes on', async () => {
    let words = 0;
    const mouth = scriptedMouth(() => {
      words += 1;
      if (words === 2) throw new Error('mouth broke');
    });
    const client = await engine({ mouth });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      status: 'failed',
      status_details: { error: { code: 'speech_failed' } },
      output: [{ status: 'incomplete', content: [{ transcript: 'you' }] }],
    });
    client.send({ type: 'response.create' });
    expect((await client.next('response.done')).response.status).toBe('completed');
  });
});

describe('barge-in', () => {
  it('ends the response at once, and the mind forgets what was not heard', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const mind = scriptedMind((input) =>
      input.items.length === 1 ? [{ type: 'say', text: 'aaaa bbbb cccc dddd' }] : [],
    );
    const mouth = scriptedMouth((word) => (word === 'dddd' ? gate : undefined));
    const client = await engine({ mind, mouth });
    client.send(typed('go'));
    client.send({ type: 'response.create' });
    await client.next('response.output_audio.delta');
    client.speak(200);
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
      output: [{ status: 'incomplete', content: [{ transcript: 'aaaa bbbb cccc' }] }],
    });
    release();
    const itemId = response.output[0]?.id ?? '';
    const truncate = { type: 'conversation.item.truncate', item_id: itemId, content_index: 0 };
    client.send({ ...truncate, audio_end_ms: 90_000, event_id: 'long' });
    expect((await client.next('error')).error).toMatchObject({ event_id: 'long' });
    client.send({ ...truncate, audio_end_ms: 480 }); // five letters a word at 60 ms: one and a half
    await client.next('conversation.item.truncated');
    client.send({ type: 'conversation.item.retrieve', item_id: itemId });
    expect((await client.next('conversation.item.retrieved')).item).toMatchObject({
      status: 'incomplete',
      content: [{ transcript: 'aaaa bbbb' }],
    });
    client.silence(600);
    await client.next('response.done');
    expect(mind.inputs[1]?.items).toMatchObject([
      { role: 'user', text: 'go' },
      { role: 'assistant', text: 'aaaa bbbb' },
      { role: 'user', text: 'hello there' },
    ]);
    const after = client.events.findIndex((event) => event.type === 'response.done');
    const stale = client.events
      .slice(after)
      .filter((event) => 'item_id' in event && event.item_id === itemId)
      .map((event) => event.type);
    expect(stale).toEqual(['conversation.item.truncated']);
  });

  it('lets the answer finish where interrupting is off, then answers the turn', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const mouth = scriptedMouth((word) => (word === 'said ' ? gate : undefined));
    const client = await engine({ mouth });
    const turn_detection = { type: 'server_vad', interrupt_response: false };
    client.send(update({ audio: { input: { turn_detection } } }));
    client.send({ type: 'response.create' });
    await client.next('response.output_audio.delta');
    client.speak(300);
    client.silence(600);
    await client.next('input_audio_buffer.committed');
    release();
    expect((await client.next('response.done')).response.status).toBe('completed');
    const { response } = await client.next('response.done');
    expect(response.output).toMatchObject([{ content: [{ transcript: 'you said hello there' }] }]);
  });
});

describe('the conversation', () => {
  it('takes items at their place, and refuses what it cannot hold', async () => {
    const client = await engine();
    const at = (id: string, previous?: string) => ({
      ...typed(id),
      item: { ...typed(id).item, id },
      ...(previous === undefined ? {} : { previous_item_id: previous }),
    });
    client.send(at('b'));
    client.send(at('a', 'root'));
    client.send(at('ab', 'a'));
    const places: (string | null)[] = [];
    for (let count = 0; count < 3; count++) {
      places.push((await client.next('conversation.item.added')).previous_item_id);
    }
    expect(places).toEqual([null, null, 'a']);
    client.send({ ...at('b'), event_id: 'twice' });
    client.send({ ...at('c', 'nowhere'), event_id: 'lost' });
    client.send({ type: 'conversation.item.delete', item_id: 'nowhere', event_id: 'gone' });
    client.send({ type: 'output_audio_buffer.clear', event_id: 'webrtc' });
    for (const id of ['twice', 'lost', 'gone', 'webrtc']) {
      expect((await client.next('error')).error.event_id).toBe(id);
    }
    client.send({ type: 'conversation.item.delete', item_id: 'b' });
    await client.next('conversation.item.deleted');
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output).toMatchObject([{ content: [{ transcript: 'you said ab' }] }]);
  });
});
