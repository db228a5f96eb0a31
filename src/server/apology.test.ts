import { describe, expect, it } from 'vitest';
import { manualClock, silentLog } from '../lib/index.ts';
import { manualLeg } from '../testing/manual-leg.ts';
import { createApologies } from './apology.ts';
import { realParts } from './real-parts.ts';

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function open(speak: (text: string) => Promise<Int16Array>) {
  const spoken: string[] = [];
  const clock = manualClock();
  const apologies = createApologies({
    speak(text, { voice }) {
      spoken.push(`${voice}: ${text}`);
      return speak(text);
    },
    clock,
    log: silentLog,
  });
  return { apologies, spoken, clock };
}

const second = (): Promise<Int16Array> => Promise.resolve(new Int16Array(24_000).fill(1));
const ours =
  'marin: I am sorry, we cannot take your call right now. Please try again in a little while.';

describe('an apology', () => {
  it('is heard to its end before the caller is told', async () => {
    const { apologies, spoken } = open(second);
    const leg = manualLeg();
    let told = false;
    const desk = { voice: 'marin' };
    const saying = apologies
      .say('engine_refused', { desk, leg, signal: never })
      .then(() => (told = true));
    await turn();
    expect(leg.queuedMs()).toBe(1_000);
    expect(told).toBe(false);
    leg.hearAll();
    await saying;
    expect(spoken).toEqual([ours]);
  });

  it('is the desk’s own where it has one, and made once for all callers', async () => {
    const { apologies, spoken } = open(second);
    const desk = { voice: 'ash', apology: 'We are sorry. Ring later.' };
    for (const leg of [manualLeg(), manualLeg()]) {
      const saying = apologies.say('store_unavailable', { desk, leg, signal: never });
      await turn();
      leg.hearAll();
      await saying;
    }
    expect(spoken).toEqual(['ash: We are sorry. Ring later.']);
  });

  it('is not for callers who asked for what there is not, or came when all lines were taken', async () => {
    const { apologies, spoken } = open(second);
    const to = { desk: { voice: 'marin' }, leg: manualLeg(), signal: never };
    for (const code of ['desk_not_found', 'busy', 'not_ready'] as const) {
      await apologies.say(code, to);
    }
    expect(spoken).toEqual([]);
  });

  it('holds nobody up when it cannot be made, and is tried again for the next', async () => {
    let works = false;
    const { apologies, spoken } = open(() =>
      works ? second() : Promise.reject(new Error('no speech here')),
    );
    const leg = manualLeg();
    const to = { desk: { voice: 'marin' }, leg, signal: never };
    await apologies.say('engine_refused', to);
    expect(leg.playedItems).toEqual([]);
    works = true;
    const saying = apologies.say('engine_refused', to);
    await turn();
    leg.hearAll();
    await saying;
    expect(spoken).toEqual([ours, ours]);
  });

  it('ends with a caller who has left, and with one who hears nothing', async () => {
    const { apologies, clock } = open(second);
    const gone = new AbortController();
    const desk = { voice: 'marin' };
    const leaving = apologies.say('engine_refused', {
      ...{ desk, leg: manualLeg(), signal: gone.signal },
    });
    await turn();
    gone.abort();
    await leaving;
    const deaf = apologies.say('engine_refused', { desk, leg: manualLeg(), signal: never });
    await turn();
    clock.advance(15_000);
    await deaf;
  });
});

it('is spoken by the embedded mouth, which needs no engine', async () => {
  const samples = await realParts.speak('I am sorry.', {
    ...{ voice: 'marin', log: silentLog, signal: never },
  });
  expect(samples.length / 24_000).toBeGreaterThan(0.4);
  expect(samples.some((sample) => Math.abs(sample) > 2_000)).toBe(true);
});
