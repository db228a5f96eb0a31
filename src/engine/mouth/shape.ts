import { peakOf, withGain } from '../../audio/index.ts';

/** Frames in which level and silence are measured. */
const frameMs = 10;
/** What is this far below the loudest frame is silence. */
const silenceBelowPeakDb = 38;
/** Level of speech, pauses left out: what telephony and OpenAI's voices aim at. */
const targetDbfs = -20;
/** Peaks stay below this, so that neither resampling nor G.711 clips. */
const highestPeak = 29_000;
/** Kept around the speech, so that soft beginnings and endings survive. */
const leadInMs = 5;
const leadOutMs = 20;
const fadeMs = 4;

/**
 * Makes raw synthesis fit for a call: silence around it removed, level matched, edges faded.
 *
 * @returns no samples when there is no sound in it; `cutSamples` is how many were removed before the first.
 */
export function shapeSpeech(
  samples: Int16Array,
  rateHz: number,
): { readonly samples: Int16Array; readonly cutSamples: number } {
  const frame = Math.round((rateHz * frameMs) / 1_000);
  const powers = framePowers(samples, frame);
  const floor = Math.max(...powers, 0) * 10 ** (-silenceBelowPeakDb / 10);
  const loud = powers.map((power) => power > floor && power > 100);
  const first = loud.indexOf(true);
  const last = loud.lastIndexOf(true);
  if (first < 0) return { samples: new Int16Array(0), cutSamples: 0 };
  const perMs = rateHz / 1_000;
  const from = Math.max(0, first * frame - Math.round(leadInMs * perMs));
  const to = Math.min(samples.length, (last + 1) * frame + Math.round(leadOutMs * perMs));
  const active = powers.filter((_power, index) => loud[index]);
  const rms = Math.sqrt(active.reduce((total, power) => total + power, 0) / active.length);
  const speech = samples.subarray(from, to);
  const wanted = (32_768 * 10 ** (targetDbfs / 20)) / rms;
  const shaped = withGain(speech, Math.min(wanted, highestPeak / peakOf(speech)));
  fadeEdges(shaped, Math.round(fadeMs * perMs));
  return { samples: shaped, cutSamples: from };
}

function framePowers(samples: Int16Array, frame: number): readonly number[] {
  return Array.from({ length: Math.ceil(samples.length / frame) }, (_, index) => {
    const part = samples.subarray(index * frame, (index + 1) * frame);
    return part.reduce((total, sample) => total + sample * sample, 0) / part.length;
  });
}

function fadeEdges(samples: Int16Array, length: number): void {
  const fade = Math.min(length, samples.length >> 1);
  for (let index = 0; index < fade; index++) {
    const factor = index / fade;
    const mirror = samples.length - 1 - index;
    samples[index] = Math.round((samples[index] ?? 0) * factor);
    samples[mirror] = Math.round((samples[mirror] ?? 0) * factor);
  }
}
