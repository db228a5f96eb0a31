import type { VoiceBoundary, VoiceDetector, VoiceDetectorSettings } from './port.ts';
import { earsRateHz } from './port.ts';
import type { SpeechModel, SpeechModels } from './silero.ts';

/** Silero looks at this many samples at a time: 32 ms. */
const windowSamples = 512;
const windowMs = (windowSamples / earsRateHz) * 1_000;
/** Silero's binding reports speech from the second window on, so speech began one earlier. */
const reportLagWindows = 1;
/** Reported windows in a row that make a start: 96 ms of speech with the one not reported. */
const startWindows = 2;
/**
 * A closed-mouth hum has next to nothing above 500 Hz, speech soon has. This is the energy of the
 * signal's first difference over its own: 0.005 for a hum at 120 Hz, 0.15 for a tone at 1 kHz.
 */
const humBrightness = 0.02;
/**
 * After as much silence as this the model begins anew: 3 s. The longer it has heard none, the later it
 * believes speech, and over a telephone some it never does: of 189 recorded turns after others and a
 * pause, 3 were missed on a silent line and 12 on a noisy one; so it is 0 and 1.
 */
const freshAfterWindows = 94;
/** A window this far below the turn's loudest (−32 dB) is its silence, even while Silero lingers. */
const tailLevel = 0.025;

type Phase =
  | { readonly name: 'silence'; readonly windows: number }
  | {
      readonly name: 'rising';
      readonly startMs: number;
      readonly windows: number;
      readonly bright: boolean;
    }
  | { readonly name: 'speech'; readonly endMs: number; readonly loudest: number };

const silence: Phase = { name: 'silence', windows: 0 };

/**
 * Turn boundaries from Silero's verdict on each 32 ms.
 *
 * Silero's own silence counting is switched off and done here, so that `silenceMs` can change at no
 * cost and is exact to a window; the native model is fetched with the first audio, so that settings
 * that arrive before it cost nothing either.
 */
export function createDetector(
  models: SpeechModels,
  initial: VoiceDetectorSettings,
): VoiceDetector {
  let settings = initial;
  let model: SpeechModel | undefined;
  let modelThreshold = 0;
  let phase: Phase = silence;
  let heardWindows = 0;
  let pending = 0;
  let disposed = false;
  const window = new Float32Array(windowSamples);

  function currentModel(): SpeechModel {
    if (!model || modelThreshold !== settings.threshold) {
      if (model) models.release(modelThreshold, model);
      modelThreshold = settings.threshold;
      model = models.lease(modelThreshold);
    }
    return model;
  }

  function step(): VoiceBoundary | null {
    const speech = currentModel().isSpeech(window);
    const endMs = ++heardWindows * windowMs;
    const { level, brightness } = measure(window);
    const bright = brightness > humBrightness;
    if (phase.name === 'speech') {
      const loudest = Math.max(phase.loudest, level);
      const audible = speech && level > loudest * tailLevel;
      phase = { name: 'speech', endMs: audible ? endMs : phase.endMs, loudest };
      if (endMs - phase.endMs < settings.silenceMs) return null;
      const atMs = phase.endMs;
      phase = silence;
      return { type: 'stopped', atMs };
    }
    if (!speech) {
      const windows = phase.name === 'silence' ? phase.windows + 1 : 1;
      if (windows >= freshAfterWindows) currentModel().reset();
      phase = { name: 'silence', windows: windows % freshAfterWindows };
      return null;
    }
    phase =
      phase.name === 'rising'
        ? { ...phase, windows: phase.windows + 1, bright: phase.bright || bright }
        : {
            name: 'rising',
            startMs: Math.max(0, endMs - (1 + reportLagWindows) * windowMs),
            windows: 1,
            bright,
          };
    if (phase.windows < startWindows || !phase.bright) return null;
    const atMs = phase.startMs;
    phase = { name: 'speech', endMs, loudest: level };
    return { type: 'started', atMs };
  }

  return {
    push(samples) {
      const boundaries: VoiceBoundary[] = [];
      if (disposed) return boundaries;
      for (const sample of samples) {
        window[pending++] = sample / 32_768;
        if (pending < windowSamples) continue;
        pending = 0;
        const boundary = step();
        if (boundary) boundaries.push(boundary);
      }
      return boundaries;
    },
    configure(next) {
      settings = next;
    },
    reset() {
      phase = silence;
      heardWindows = 0;
      pending = 0;
      model?.reset();
    },
    [Symbol.dispose]() {
      disposed = true;
      if (model) models.release(modelThreshold, model);
      model = undefined;
    },
  };
}

function measure(window: Float32Array): { readonly level: number; readonly brightness: number } {
  let energy = 1e-9;
  let change = 0;
  let before = window[0] ?? 0;
  for (const sample of window) {
    energy += sample * sample;
    change += (sample - before) ** 2;
    before = sample;
  }
  return { level: Math.sqrt(energy / window.length), brightness: change / energy };
}
