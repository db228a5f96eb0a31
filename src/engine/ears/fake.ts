import { earsRateHz, type Ears, type VoiceBoundary, type VoiceDetector } from './port.ts';

const windowSamples = 512;
/** The fake knows a word more of what is said after each 250 ms of sound. */
const samplesPerWord = 4_000;
const windowMs = (windowSamples * 1_000) / earsRateHz;

/**
 * Ears without models, for tests of what stands on ears: any window louder than −40 dB is speech,
 * and the words are what the test says. Words so far come one by one, every 250 ms of sound.
 *
 * @param hear what the turn of that number (from 0) says; not asked for turns without sound,
 *   and more than once for those whose words so far are wanted.
 */
export function fakeEars(hear: (turn: number) => string = () => 'hello'): Ears {
  let turns = 0;
  return {
    detector: (settings) => loudnessDetector(settings.silenceMs),
    recognizer: async () => ({
      adapt: async () => undefined,
      begin({ onPartial } = {}) {
        let loud = false;
        let over = false;
        let loudSamples = 0;
        let told = 0;
        return {
          push(samples) {
            if (over || !isLoud(samples)) return;
            loud = true;
            loudSamples += samples.length;
            const words = onPartial ? hear(turns).split(' ') : [];
            const known = Math.min(words.length, Math.floor(loudSamples / samplesPerWord));
            if (known <= told) return;
            told = known;
            onPartial?.(words.slice(0, known).join(' '));
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
