import { afterEach, describe, expect, it } from 'vitest';
import { fakeEars } from './ears/index.ts';
import { createOfflineMind } from './mind/index.ts';
import { lastText, scriptedEars, scriptedMind, scriptedMouth } from './testing/scripted-parts.ts';
import { engine, stopEngine, typed, update } from './testing/test-engine.ts';

afterEach(stopEngine);

const transcribing = update({ audio: { input: { transcription: { model: 'any' } } } });

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
      client.speak(1_000);
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

  it('leaves a short sound unanswered that is no words, where nothing was asked', async () => {
    const mind = scriptedMind((input) => [{ type: 'say', text: `[${lastText(input)}]` }]);
    const client = await engine({
      mind,
      ears: scriptedEars((turn) => (turn === 0 ? '' : 'hello')),
    });
    for (const output of [[], [{ content: [{ transcript: '[hello]' }] }]]) {
      client.speak(300);
      client.silence(600);
      expect((await client.next('response.done')).response).toMatchObject({
        status: 'completed',
        output,
      });
    }
    expect(mind.inputs[0]?.items).toMatchObject([{ role: 'user', text: 'hello' }]);
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

describe('a turn that is judged by its words', () => {
  const semantic = update({
    audio: {
      input: { turn_detection: { type: 'semantic_vad' }, transcription: { model: 'any' } },
    },
  });

  it('is one with the pauses in it while it sounds unfinished, and its words are told as they come', async () => {
    const ears = fakeEars(() => 'my number is five five five one');
    const client = await engine({ ears });
    client.send(semantic);
    client.speak(800);
    client.silence(900);
    client.speak(800);
    client.silence(1_000);
    client.send(typed('still there'));
    await client.next('conversation.item.done');
    expect(client.newTypes()).not.toContain('input_audio_buffer.speech_stopped');
    client.silence(700);
    await client.next('response.done');
    const types = client.newTypes();
    const told = client.events.flatMap((event) =>
      event.type === 'conversation.item.input_audio_transcription.delta' ? [event.delta] : [],
    );
    expect(told.length).toBeGreaterThan(2);
    expect(told.join('')).toBe('my number is five five five one');
    expect(types.filter((type) => type.startsWith('input_audio_buffer.'))).toEqual([
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
    ]);
  });

  it('is no turn when it is a hum over what the agent says', async () => {
    const client = await engine({ mouth: scriptedMouth() });
    client.send(semantic);
    client.send(typed('a long story of many words'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    // What a client "speaks" here has one level throughout: nothing of it is above 500 Hz.
    client.speak(600);
    client.silence(600);
    client.send(update({}));
    await client.next('session.updated');
    await client.next('session.updated');
    const types = client.events.map(({ type }) => type);
    expect(types).not.toContain('input_audio_buffer.speech_started');
  });
});

describe('a mere sound that cuts the agent off', () => {
  const words = 'We have a free time at ten, one at half past ten, and one at noon.';
  const say = `Answer by saying: "${words}"\nSay exactly these words and nothing else.`;

  it.each([
    ['mm-hm', 'one at half past ten, and one at noon.'],
    ['', 'one at half past ten, and one at noon.'],
    ['wait', null],
  ])('has it go on where it was cut, other words do not: %j', async (sound, rest) => {
    const client = await engine({ mind: createOfflineMind(), ears: scriptedEars(() => sound) });
    client.send({ type: 'response.create', response: { instructions: say } });
    const { response: first } = await client.next('response.done');
    client.speak(300);
    await client.next('input_audio_buffer.speech_started');
    client.send({
      ...{ type: 'conversation.item.truncate', item_id: first.output[0]?.id },
      // 60 ms a letter: behind "one at half".
      ...{ content_index: 0, audio_end_ms: 39 * 60 },
    });
    client.silence(600);
    const { response } = await client.next('response.done');
    const [item] = response.output;
    const part = item?.type === 'message' ? item.content[0] : undefined;
    const said = part && 'transcript' in part ? part.transcript : '';
    if (rest === null) expect(said).not.toContain('noon');
    else expect(said).toBe(rest);
  });
});
