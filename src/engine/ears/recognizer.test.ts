import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import type { Decoded, Decoder } from './decoder.ts';
import type { Transcript } from './port.ts';
import { createRecognizer } from './recognizer.ts';

/** Below this an agent asks the caller to say it again. */
const understoodFrom = 0.35;

/** Words that the decoder is as sure of as `posterior` says. */
function decoded(text: string, posterior: number): Decoded {
  const words = text
    .split(' ')
    .filter(Boolean)
    .map((word, i) => ({
      ...{ word, startFrame: 30 * i, endFrame: 30 * i + 29, posterior },
      ...{ acoustic: 0, language: 0 },
    }));
  return { words, score: -1_000, cepstra: { sum: new Float64Array(13), frames: 0 } };
}

function decoder(finish: () => Promise<Decoded>): Decoder {
  return {
    tune: async () => undefined,
    begin: () => undefined,
    push: () => undefined,
    finish,
    cancel: async () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

/** A turn whose domain decoder has answered, and whose general one answers when the test says so. */
async function lateTurn(domain: Decoded) {
  const clock = manualClock();
  const late = Promise.withResolvers<Decoded>();
  const decoders = { domain: decoder(async () => domain), general: decoder(() => late.promise) };
  const recognizer = createRecognizer({
    pool: {
      lease: async (kind) => (kind === 'general' ? decoders.general : decoders.domain),
      release: () => undefined,
      prepare: async () => undefined,
      lent: () => 0,
      [Symbol.asyncDispose]: async () => undefined,
    },
    learn: async () => 'domain',
    forget: () => undefined,
    generalKind: 'general',
    initialKind: 'domain',
    clock,
  });
  const turn = recognizer.begin();
  turn.push(new Int16Array(16_000));
  let heard: Transcript | undefined;
  const finished = turn.finish().then((transcript) => (heard = transcript));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  return {
    answer: late.resolve,
    finished,
    /** What the turn gave, once so much time has passed. */
    async after(ms: number) {
      clock.advance(ms);
      await settle();
      return heard;
    },
  };
}

it('waits hardly for a late general decoder when the domain’s is sure', async () => {
  const turn = await lateTurn(decoded('ten thirty please', 0.95));
  expect(await turn.after(100)).toBeUndefined();
  expect(await turn.after(100)).toMatchObject({ text: 'ten thirty please' });
  expect((await turn.finished).confidence).toBeGreaterThan(0.6);
});

it('believes the domain’s words without the general decoder when they are likely', async () => {
  const turn = await lateTurn(decoded('the number is one zero five seven', 0.75));
  expect(await turn.after(1_400)).toBeUndefined();
  const heard = await turn.after(200);
  expect(heard?.text).toBe('the number is one zero five seven');
  expect(heard?.confidence).toBeGreaterThan(understoodFrom);
});

it.each([
  ['doubtful words', decoded('ten thirty please', 0.65)],
  ['a single word, which noise makes as well', decoded('goodbye', 1)],
])('waits longer before it gives up %s', async (_what, domain) => {
  const agreed = await lateTurn(domain);
  expect(await agreed.after(3_900)).toBeUndefined();
  agreed.answer(domain);
  expect((await agreed.finished).confidence).toBeGreaterThan(understoodFrom);

  const alone = await lateTurn(domain);
  const heard = await alone.after(4_100);
  expect(heard?.confidence).toBeLessThan(understoodFrom);
});

it('waits hardly for the words of what the domain’s decoder hears nothing in', async () => {
  const turn = await lateTurn(decoded('', 0));
  expect(await turn.after(200)).toEqual({ text: '', confidence: 0 });
});
