import { earsRateHz } from './port.ts';
import type { Line } from './telephone.ts';

/** Tells a telephone from a wide-band line by the caller's own speech. */
export interface LineSense {
  /** Looks at what was heard; 2 ms of work for a second of it, none once it is settled. */
  hear(samples: Int16Array): void;
  current(): Line;
}

const cutOffHz = 4_400;
const taps = 63;
const windowSamples = 512;
/** Quieter windows (−44 dB) say more of the line's noise than of its band. */
const quiet = 200;
/**
 * Energy above the cut-off over all energy. Test voices and recordings of people have −46 dB and more on
 * wide-band lines, −68 dB and less through G.711.
 */
const wideFrom = 10 ** (-57 / 10);
/** Speech after which no more is listened to: a second. */
const enoughWindows = 31;

/** A high pass: a windowed sinc, turned over. */
const highPass = Float64Array.from({ length: taps }, (_, i) => {
  const at = i - (taps - 1) / 2;
  const share = (2 * cutOffHz) / earsRateHz;
  const low = at === 0 ? share : Math.sin(Math.PI * share * at) / (Math.PI * at);
  const turn = (2 * Math.PI * i) / (taps - 1);
  const blackman = 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
  return ((at === 0 ? 1 : 0) - low) * blackman;
});

/** @param hint the line, where it is known. @default hint wide until a caller was heard */
export function createLineSense(hint?: Line): LineSense {
  let high = 0;
  let all = 0;
  let windows = 0;
  return {
    hear(samples) {
      if (hint) return;
      for (let at = 0; at + windowSamples <= samples.length; at += windowSamples) {
        if (windows >= enoughWindows) return;
        const energies = measure(samples.subarray(at, at + windowSamples));
        if (energies.all < windowSamples * quiet ** 2) continue;
        windows += 1;
        high += energies.high;
        all += energies.all;
      }
    },
    current: () => hint ?? (windows > 2 && high < wideFrom * all ? 'telephone' : 'wide'),
  };
}

function measure(window: Int16Array): { readonly high: number; readonly all: number } {
  let high = 0;
  let all = 0;
  for (const sample of window) all += sample * sample;
  for (let i = taps - 1; i < window.length; i += 1) {
    let sum = 0;
    for (let k = 0; k < taps; k += 1) sum += (highPass[k] ?? 0) * (window[i - k] ?? 0);
    high += sum * sum;
  }
  return { high, all };
}
