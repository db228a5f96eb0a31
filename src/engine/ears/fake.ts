import { earsRateHz, type Ears, type VoiceBoundary, type VoiceDetector } from './port.ts';

const windowSamples = 512;
const windowMs = (windowSamples * 1_000) / earsRateHz;

/**
 * Ears without models, for tests of what stands on ears: any window louder than −40 dB is speech,
 * and the words are what the test says.
 *
 * @param hear what the turn of that number (from 0) says; not asked for turns without sound.
 */
export function fakeEars(hear: (turn: number) => string = () => 'hello'): Ears {
  let turns = 0;
  return {
    detector: (settings) => loudnessDetector(settings.silenceMs),
    recognizer: async () => ({
      adapt: async () => undefined,
      begin() {
        let loud = false;
        let over = false;
        return {
          push(samples) {
            loud ||= isLoud(samples);
          },
          async finish() {
            const text = loud && !over ? hear(turns++) : '';
            over = true;
            return { text, confidence: text ? 0.9 : 0 };
          },
          cancel() {
            over = true;
          },
        };
      },
      [Symbol.asyncDispose]: async () => undefined,
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function loudnessDetector(initialSilenceMs: number): VoiceDetector {
  let silenceMs = initialSilenceMs;
  let pending: number[] = [];
  let windows = 0;
  let lastLoudMs = 0;
  let speaking = false;
  return {
    push(samples) {
      const boundaries: VoiceBoundary[] = [];
      for (const sample of samples) {
        pending.push(sample);
        if (pending.length < windowSamples) continue;
        const endMs = ++windows * windowMs;
        if (isLoud(Int16Array.from(pending))) {
          if (!speaking) boundaries.push({ type: 'started', atMs: endMs - windowMs });
          speaking = true;
          lastLoudMs = endMs;
        } else if (speaking && endMs - lastLoudMs >= silenceMs) {
          boundaries.push({ type: 'stopped', atMs: lastLoudMs });
          speaking = false;
        }
        pending = [];
      }
      return boundaries;
    },
    configure(settings) {
      silenceMs = settings.silenceMs;
    },
    reset() {
      pending = [];
      windows = 0;
      speaking = false;
    },
    [Symbol.dispose]: () => undefined,
  };
}

function isLoud(samples: Int16Array): boolean {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return Math.sqrt(energy / Math.max(1, samples.length)) > 327;
}
