import { afterEach, describe, expect, it } from 'vitest';
import { bytesToPcm, loadResampler } from '../audio/index.ts';
import { silentLog } from '../lib/index.ts';
import { cannotHear, installed as assets } from '../testing/installed.ts';
import { createEars } from './ears/index.ts';
import { createFliteMouth } from './mouth/index.ts';
import type { Mouth } from './mouth/port.ts';
import { scriptedMind, scriptedMouth } from './testing/scripted-parts.ts';
import { engine, stopEngine, typed } from './testing/test-engine.ts';
import type { TestClient } from './testing/realtime-client.ts';

afterEach(stopEngine);

/** Speaks `text` and returns what came of it. */
async function said(
  client: TestClient,
): Promise<{ readonly itemId: string; readonly samples: Int16Array }> {
  client.send(typed('go'));
  client.send({ type: 'response.create' });
  const { response } = await client.next('response.done');
  const parts = client.events.flatMap((event) =>
    event.type === 'response.output_audio.delta' ? [Buffer.from(event.delta, 'base64')] : [],
  );
  return { itemId: response.output[0]?.id ?? '', samples: bytesToPcm(Buffer.concat(parts)) };
}

/** Cuts the item, and gives the words that are left of it. */
async function cutAt(client: TestClient, itemId: string, audioEndMs: number): Promise<string> {
  client.send({
    ...{ type: 'conversation.item.truncate', item_id: itemId },
    ...{ content_index: 0, audio_end_ms: audioEndMs },
  });
  client.send({ type: 'conversation.item.retrieve', item_id: itemId });
  const { item } = await client.next('conversation.item.retrieved');
  const [part] = item.type === 'message' ? item.content : [];
  return part && 'transcript' in part ? (part.transcript ?? '') : '';
}

/** A mouth that rests long between its words, so that their share of the letters says nothing. */
const resting: Mouth = {
  async *speak(text) {
    const words = (text.match(/\S+\s*/g) ?? []).map((word, index) => ({
      ...{ text: word, startMs: index * 1_000, endMs: index * 1_000 + 200 },
    }));
    yield { text, words, samples: new Int16Array(words.length * 24_000) };
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

describe('what is left of an item that was cut', () => {
  it('are the words of which most was played, by the times of the mouth', async () => {
    const mind = scriptedMind(() => [{ type: 'say', text: 'one extraordinarily two three' }]);
    const client = await engine({ mind, mouth: resting });
    const { itemId } = await said(client);
    const cuts = [3_500, 3_090, 2_150, 2_050, 1_105, 1_095, 90];
    const left: string[] = [];
    for (const cut of cuts) left.push(await cutAt(client, itemId, cut));
    expect(left).toEqual([
      'one extraordinarily two three',
      'one extraordinarily two',
      'one extraordinarily two',
      'one extraordinarily',
      'one extraordinarily',
      'one',
      '',
    ]);
  });

  it('is told to the mind, with the rest beside it as not said', async () => {
    const mind = scriptedMind((input) =>
      input.items.length === 1 ? [{ type: 'say', text: 'aaaa bbbb cccc dddd' }] : [],
    );
    const client = await engine({ mind, mouth: scriptedMouth() });
    const { itemId } = await said(client);
    await cutAt(client, itemId, 480);
    client.send(typed('on'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    expect(mind.inputs[1]?.items[1]).toEqual({
      ...{ type: 'message', role: 'assistant', text: 'aaaa bbbb', unsaid: 'cccc dddd' },
    });
  });
});

describe.skipIf(cannotHear)('cut at any point', () => {
  const text =
    'We have a free time on Thursday at ten, and another one on Friday in the afternoon. Which day would you like to come?';

  it('has the words that ears can make out in the sound up to there', async () => {
    await using mouth = await createFliteMouth({ log: silentLog, workers: 1 });
    await using ears = await createEars({ assets, log: silentLog, poolSize: 1 });
    await using recognizer = await ears.recognizer();
    await recognizer.adapt({ instructions: text, tools: [] });
    const createResampler = await loadResampler();
    const client = await engine({ mind: scriptedMind(() => [{ type: 'say', text }]), mouth });
    const { itemId, samples } = await said(client);
    const totalMs = samples.length / 24;
    const wrong: string[] = [];
    for (const share of [1, 0.88, 0.81, 0.72, 0.6, 0.47, 0.33, 0.24]) {
      const cutMs = Math.round(share * totalMs);
      const left = await cutAt(client, itemId, cutMs);
      using resampler = createResampler({ fromHz: 24_000, toHz: 16_000 });
      const utterance = recognizer.begin();
      utterance.push(resampler.push(samples.slice(0, cutMs * 24)));
      utterance.push(new Int16Array(8_000));
      const heard = (await utterance.finish()).text;
      const [kept, understood] = [left, heard].map((words) => words.split(' ').filter(Boolean));
      if (share === 1) continue; // ears get used to a voice first
      // Half a word at the cut may be heard as one, as none or as another.
      const off = Math.abs((kept?.length ?? 0) - (understood?.length ?? 0));
      if (off > 1) wrong.push(`${cutMs} ms: kept "${left}", heard "${heard}"`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
