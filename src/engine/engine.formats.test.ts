import { afterEach, describe, expect, it } from 'vitest';
import {
  concatPcm,
  decodeG711,
  encodeG711,
  levelDbfs,
  loadResampler,
  type G711Format,
} from '../audio/index.ts';
import { silentLog } from '../lib/index.ts';
import { cannotHear, installed as assets } from '../testing/installed.ts';
import { createEars, editDistance } from './ears/index.ts';
import type { Ears, Recognizer } from './ears/port.ts';
import { createFliteMouth } from './mouth/index.ts';
import { mouthRateHz, type Mouth } from './mouth/port.ts';
import type { TestClient } from './testing/realtime-client.ts';
import { lastText, scriptedEars, scriptedMind, scriptedMouth } from './testing/scripted-parts.ts';
import { engine, stopEngine, update } from './testing/test-engine.ts';

afterEach(stopEngine);

const formats = (input: string, output: string) =>
  update({ audio: { input: { format: { type: input } }, output: { format: { type: output } } } });

/** Sound as a telephone sends it: 20 ms at a time. */
function dial(client: TestClient, format: G711Format, samples: Int16Array): void {
  const bytes = encodeG711(format, samples);
  for (let at = 0; at < bytes.length; at += 160) {
    const audio = Buffer.from(bytes.subarray(at, at + 160)).toString('base64');
    client.send({ type: 'input_audio_buffer.append', audio });
  }
}

/** Everything that the client was sent to play. */
const played = (client: TestClient): Buffer =>
  Buffer.concat(
    client.events.flatMap((event) =>
      event.type === 'response.output_audio.delta' ? [Buffer.from(event.delta, 'base64')] : [],
    ),
  );

const eight = (ms: number, level: number): Int16Array => new Int16Array(ms * 8).fill(level);

/** Speaks a rising tone in pieces of uneven length, so that a seam would be heard. */
function toneMouth(ms: number): { readonly mouth: Mouth; readonly whole: Int16Array } {
  const whole = Int16Array.from({ length: ms * 24 }, (_, index) =>
    Math.round(12_000 * Math.sin((index / 24) * (1 + index / 40_000))),
  );
  const mouth: Mouth = {
    async *speak(text) {
      const words = text.match(/\S+\s*/g) ?? [];
      let from = 0;
      for (const [index, word] of words.entries()) {
        const to = index === words.length - 1 ? whole.length : from + 2_777 * (index + 1);
        yield { text: word, samples: whole.subarray(from, to) };
        from = to;
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { mouth, whole };
}

describe('G.711', () => {
  it.each(['audio/pcmu', 'audio/pcma'] as const)('%s is heard and spoken', async (format) => {
    const ears = scriptedEars(() => 'what is open');
    const client = await engine({ ears });
    client.send(formats(format, format));
    const { session } = await client.next('session.updated');
    expect(session.audio).toMatchObject({ input: { format: { type: format } } });
    expect(session.audio.output.format).toEqual({ type: format });
    dial(client, format, eight(600, 8_000));
    dial(client, format, eight(600, 0));
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      output: [{ content: [{ transcript: 'you said what is open' }] }],
      audio: { output: { format: { type: format } } },
    });
    // The ears are given the sound at their own rate, and know where it comes from.
    expect(ears.turnsMs[0]).toBeGreaterThan(1_000);
    expect(ears.turnsMs[0]).toBeLessThan(1_200);
    expect(ears.lines).toEqual(['telephone']);
    const spokenMs = 'you said what is open'.length * 60;
    expect(played(client).length).toBe(spokenMs * 8);
    const level = levelDbfs(decodeG711(format, played(client)).subarray(800));
    expect(level).toBeCloseTo(levelDbfs(new Int16Array(10).fill(2_000)), 0);
  });

  it.each(['audio/pcmu', 'audio/pcma'] as const)('%s has no seams', async (format) => {
    const { mouth, whole } = toneMouth(1_000);
    const mind = scriptedMind(() => [{ type: 'say', text: 'one two three four' }]);
    const client = await engine({ mouth, mind });
    client.send(formats('audio/pcm', format));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    const createResampler = await loadResampler();
    using resampler = createResampler({ fromHz: mouthRateHz, toHz: 8_000 });
    const once = concatPcm([resampler.push(whole), resampler.flush()]);
    expect(played(client)).toEqual(Buffer.from(encodeG711(format, once)));
  });

  it('may be one way only, and each item is whole', async () => {
    const ears = scriptedEars(() => 'hello');
    const client = await engine({ ears });
    client.send(formats('audio/pcmu', 'audio/pcm'));
    for (let turn = 1; turn <= 2; turn += 1) {
      dial(client, 'audio/pcmu', concatPcm([eight(600, 8_000), eight(600, 0)]));
      await client.next('response.done');
      expect(played(client).length).toBe('you said hello'.length * 60 * 48 * turn);
    }
  });

  it('may be asked for by one response alone', async () => {
    const client = await engine();
    const format = { type: 'audio/pcmu' };
    client.send({ type: 'response.create', response: { audio: { output: { format } } } });
    expect((await client.next('response.done')).response.audio.output.format).toEqual(format);
    const first = played(client).length;
    expect(first).toBe('you said '.length * 60 * 8);
    client.send({ type: 'response.create' });
    expect((await client.next('response.done')).response.audio.output.format.type).toBe(
      'audio/pcm',
    );
    expect(played(client).length - first).toBeGreaterThan(first);
  });

  it('is cut at the words that were heard, by the milliseconds of the client', async () => {
    const mind = scriptedMind(() => [{ type: 'say', text: 'one two three' }]);
    const client = await engine({ mind, mouth: scriptedMouth() });
    client.send(formats('audio/pcmu', 'audio/pcmu'));
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    const item_id = response.output[0]?.id ?? '';
    const lengthMs = played(client).length / 8;
    const cut = { type: 'conversation.item.truncate', item_id, content_index: 0 };
    client.send({ ...cut, audio_end_ms: lengthMs + 1, event_id: 'far' });
    expect((await client.next('error')).error.event_id).toBe('far');
    client.send({ ...cut, audio_end_ms: lengthMs });
    client.send({ ...cut, audio_end_ms: 450 });
    client.send({ type: 'conversation.item.retrieve', item_id });
    expect((await client.next('conversation.item.retrieved')).item).toMatchObject({
      status: 'incomplete',
      content: [{ transcript: 'one two' }],
    });
  });

  it('changes in mid-call: the words of both formats are heard', async () => {
    const ears = scriptedEars((turn) => `turn ${turn}`);
    const mind = scriptedMind((input) => [{ type: 'say', text: `(${lastText(input)})` }]);
    const client = await engine({ ears, mind });
    client.speak(600);
    client.silence(600);
    await client.next('response.done');
    client.send(formats('audio/pcma', 'audio/pcma'));
    dial(client, 'audio/pcma', concatPcm([eight(600, 8_000), eight(600, 0)]));
    expect((await client.next('response.done')).response).toMatchObject({
      output: [{ content: [{ transcript: '(turn 1)' }] }],
    });
    client.send(formats('audio/pcm', 'audio/pcm'));
    client.speak(600);
    client.silence(600);
    expect((await client.next('response.done')).response).toMatchObject({
      output: [{ content: [{ transcript: '(turn 2)' }] }],
    });
    expect(ears.lines).toEqual([undefined, 'telephone']);
  });

  it('sound that is no base64, or too long for one event, changes nothing', async () => {
    const client = await engine();
    client.send(formats('audio/pcmu', 'audio/pcmu'));
    const refused = [
      ['!!!!', 'invalid_value'],
      ['abc', 'invalid_value'],
      [Buffer.alloc(15_001 * 8, 0xff).toString('base64'), 'input_audio_buffer_append_too_large'],
    ];
    for (const [audio, code] of refused) {
      client.send({ type: 'input_audio_buffer.append', audio, event_id: 'bad' });
      expect((await client.next('error')).error).toMatchObject({ code, event_id: 'bad' });
    }
    // An odd number of bytes is no fault here, and 15 s is not too long.
    for (const bytes of [161, 15_000 * 8]) {
      const audio = Buffer.alloc(bytes, 0xff).toString('base64');
      client.send({ type: 'input_audio_buffer.append', audio });
    }
    client.send({ type: 'response.create' });
    await client.next('response.done');
    expect(client.events.filter(({ type }) => type === 'error')).toHaveLength(refused.length);
  });
});

describe.skipIf(cannotHear)('a telephone at both ends', () => {
  const text = 'I have a question about an invoice. The invoice number is one zero four two.';
  const words = 'i have a question about an invoice the invoice number is one zero four two';

  it('hears and speaks a sentence that is understood', async () => {
    await using mouth = await createFliteMouth({ log: silentLog, workers: 1 });
    await using made = await createEars({ assets, log: silentLog, poolSize: 1 });
    let tell = (): void => undefined;
    const adapted = new Promise<void>((resolve) => (tell = resolve));
    const ears: Ears = {
      ...made,
      async recognizer(options) {
        const recognizer = await made.recognizer(options);
        const adapt: Recognizer['adapt'] = async (context) => {
          await recognizer.adapt(context);
          tell();
        };
        return { ...recognizer, adapt };
      },
    };
    const createResampler = await loadResampler();
    const signal = new AbortController().signal;
    using down = createResampler({ fromHz: mouthRateHz, toHz: 8_000 });
    const question: Int16Array[] = [];
    for await (const { samples } of mouth.speak(text, { voice: 'cedar', speed: 1, signal })) {
      question.push(down.push(samples));
    }
    const instructions = `Callers have a question about an invoice. The invoice number is a code such as one zero four two.`;
    const mind = scriptedMind(() => [{ type: 'say', text }]);
    const client = await engine({ mind, mouth, ears });
    const input = { format: { type: 'audio/pcmu' }, transcription: { model: 'any' } };
    const output = { format: { type: 'audio/pcmu' }, voice: 'cedar' };
    client.send(
      update({ instructions, audio: { input: { ...input, turn_detection: null }, output } }),
    );
    await adapted;
    // Ears get used to a voice and its line first.
    for (const mostErrors of [words.length, 2]) {
      dial(client, 'audio/pcmu', concatPcm([eight(500, 0), ...question, eight(500, 0)]));
      client.send({ type: 'input_audio_buffer.commit' });
      const told = await client.next('conversation.item.input_audio_transcription.completed');
      const heard = told.transcript;
      expect(editDistance(heard.split(' '), words.split(' ')), heard).toBeLessThanOrEqual(
        mostErrors,
      );
    }

    client.send({ type: 'response.create' });
    await client.next('response.done');
    await using recognizer = await ears.recognizer({ line: 'telephone' });
    await recognizer.adapt({ instructions, tools: [] });
    using up = createResampler({ fromHz: 8_000, toHz: 16_000 });
    const answer = up.push(decodeG711('audio/pcmu', played(client)));
    for (const mostErrors of [words.length, 2]) {
      const utterance = recognizer.begin();
      utterance.push(concatPcm([answer, new Int16Array(8_000)]));
      const understood = (await utterance.finish()).text;
      expect(editDistance(understood.split(' '), words.split(' ')), understood).toBeLessThanOrEqual(
        mostErrors,
      );
    }
  }, 120_000);
});
