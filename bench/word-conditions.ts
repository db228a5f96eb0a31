import { throughTelephone } from '../src/audio/index.ts';
import { earsRateHz } from '../src/engine/ears/index.ts';

/**
 * How a caller is heard. A softphone's G.711 carries all of 0 to 4 kHz, a telephone's 300 to 3,400 Hz. Noise
 * is in dB below the speech.
 */
export type Condition = 'wide' | 'telephone' | 'softphone' | 'noise 20 dB' | 'noise 15 dB';

export const conditions: readonly Condition[] = ['wide', 'telephone', 'noise 20 dB', 'noise 15 dB'];

/** @returns speech as it sounds under a condition. */
export async function under(
  condition: Condition,
  speech: Int16Array,
  noise: Int16Array,
): Promise<Int16Array> {
  const rateHz = earsRateHz;
  if (condition === 'telephone') return throughTelephone(speech, { rateHz });
  if (condition === 'softphone') return throughTelephone(speech, { rateHz, band: 'whole' });
  if (condition === 'wide') return speech;
  return withNoise(speech, noise, condition === 'noise 20 dB' ? 20 : 15);
}

function powerOf(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return energy / Math.max(1, samples.length);
}

/** @param dB how far the noise is below the speech, both over the whole recording. */
function withNoise(speech: Int16Array, noise: Int16Array, dB: number): Int16Array {
  const gain = Math.sqrt(powerOf(speech) / Math.max(1, powerOf(noise)) / 10 ** (dB / 10));
  return speech.map((sample, i) =>
    Math.max(-32_768, Math.min(32_767, sample + gain * (noise[i % noise.length] ?? 0))),
  );
}

/** A repeatable source of numbers from −1 to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x3fffffff - 1;
  };
}

/** Many voices at once: `voices` laid over each other, each from another point. */
export function babble(voices: readonly Int16Array[], seconds: number): Int16Array {
  const length = seconds * earsRateHz;
  const all = Int16Array.from(voices.flatMap((voice) => [...voice]));
  return Int16Array.from({ length }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < 8; k += 1)
      sum += all[(i + k * Math.floor(all.length / 8)) % all.length] ?? 0;
    return Math.max(-32_768, Math.min(32_767, sum / 4));
  });
}

/** Sounds without words, `seconds` long, at levels of a room or a line. */
export function wordless(seconds: number): Readonly<Record<string, Int16Array>> {
  const random = chance(5);
  const make = (sample: (t: number, i: number) => number): Int16Array =>
    Int16Array.from({ length: seconds * earsRateHz }, (_, i) => sample(i / earsRateHz, i));
  let smooth = 0;
  let slow = 0;
  const tone = (hz: number, t: number): number => Math.sin(2 * Math.PI * hz * t);
  return {
    'white noise': make(() => 600 * random()),
    'pink noise': make(() => {
      smooth += 0.25 * (random() - smooth);
      slow += 0.02 * (random() - slow);
      return 1_500 * smooth + 4_000 * slow;
    }),
    'mains hum': make((t) => 900 * (tone(50, t) + 0.5 * tone(150, t) + 0.2 * tone(250, t))),
    'humming voice': make(
      (t) => 4_000 * (tone(120, t) + 0.4 * tone(240, t)) * (0.7 + 0.3 * tone(3, t)),
    ),
    breathing: make((t) => {
      smooth += 0.25 * (random() - smooth);
      return 3_000 * smooth * Math.sin(Math.PI * (t / 1.5)) ** 2;
    }),
    keyboard: make((t) => 9_000 * random() * Math.exp(-((t * 5.3) % 1) * 60)),
    'hold music': make((t) => {
      const note = [262, 330, 392, 523][Math.floor(t * 2) % 4] ?? 262;
      return 3_000 * (tone(note, t) + 0.4 * tone(2 * note, t)) * Math.exp(-((t * 2) % 1) * 2);
    }),
  };
}
