/** How a look at the sound, at most 32 ms of it, measures. */
export interface Look {
  readonly ms: number;
  /** Root mean square, 0 to 1. */
  readonly level: number;
  /** Energy of the first difference over energy: 0.005 for a hum at 120 Hz, 0.15 for a tone at 1 kHz. */
  readonly brightness: number;
}

/** Tells the first sounds of speech from a hum with a closed mouth ("mm", "mm-hm"). */
export interface Onset {
  push(look: Look): Look;
  /** Whether what has been heard for the last `sinceMs` is speech. */
  isSpeech(sinceMs: number): boolean;
}

/** A hum has next to nothing above 500 Hz. */
const humBrightness = 0.02;
/** The breath in a hum ("mm-hm") is bright and soft: what is this far below the loudest (−15 dB) does not count. */
const loudShare = 0.18;
/** Bright and loud looks that make speech: 96 ms, which a caller who means it has said after 160. */
const speechLooks = 3;
/** No sound is held for longer: what hums for this long wants to be heard. */
const longestHeldMs = 1_200;
const keptLooks = 64;

/** @returns an onset that has heard nothing. */
export function createOnset(): Onset {
  let looks: Look[] = [];
  return {
    push(look) {
      looks = [...looks.slice(1 - keptLooks), look];
      return look;
    },
    isSpeech(sinceMs) {
      if (sinceMs >= longestHeldMs) return true;
      let ms = 0;
      const recent: Look[] = [];
      for (const look of looks.toReversed()) {
        if (ms >= sinceMs) break;
        ms += look.ms;
        recent.push(look);
      }
      const loudest = Math.max(0, ...recent.map(({ level }) => level));
      return (
        recent.filter(
          ({ level, brightness }) => brightness > humBrightness && level > loudest * loudShare,
        ).length >= speechLooks
      );
    },
  };
}

/** Measures a piece of audio at 16 kHz. */
export function measure(samples: Int16Array): Look {
  let energy = 1e-9;
  let change = 0;
  let before = (samples[0] ?? 0) / 32_768;
  for (const sample of samples) {
    const value = sample / 32_768;
    energy += value * value;
    change += (value - before) ** 2;
    before = value;
  }
  return {
    ms: samples.length / 16,
    level: Math.sqrt(energy / Math.max(1, samples.length)),
    brightness: change / energy,
  };
}
