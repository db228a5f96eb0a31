import type { TimedWord } from './flite-library.ts';

/** From so many letters and digits in a row on, a listener writes along. */
const fewestSigns = 4;
/** How much longer each of them lasts. */
const signStretch = 1.18;
/** Added to the pause between two groups of them. */
const groupRestMs = 160;
/** Only where there is a pause already can another be added without cutting a sound. */
const shortestPauseMs = 50;

const sign = /^(?:zero|one|two|three|four|five|six|seven|eight|nine|dash|ay|[A-Za-z])$/;

/** Which words of a text are dictated: references, codes, phone numbers. */
export interface Dictation {
  /** Settings of the synthesiser for a word, by its index. */
  wordSettings(index: number): Readonly<Record<string, number>> | undefined;
  /** Indices of the words behind which a group ends and another follows. */
  readonly groupEnds: readonly number[];
}

/** @param spoken normalised text: groups are apart by commas. */
export function findDictation(spoken: string): Dictation {
  const words = spoken.split(/\s+/);
  const isSign = words.map((word) => sign.test(word.replace(/[,.?!]+$/, '')));
  const dictated = new Set<number>();
  const groupEnds: number[] = [];
  for (let from = 0; from < words.length;) {
    let to = from;
    while (to < words.length && isSign[to]) to++;
    if (to - from >= fewestSigns) {
      for (let index = from; index < to; index++) {
        dictated.add(index);
        if (index < to - 1 && words[index]?.endsWith(',')) groupEnds.push(index);
      }
    }
    from = Math.max(to, from + 1);
  }
  return {
    groupEnds,
    wordSettings: (index) =>
      dictated.has(index) ? { local_duration_stretch: signStretch } : undefined,
  };
}

/** Sound with the times of its words. */
interface Timed {
  readonly samples: Int16Array;
  readonly words: readonly TimedWord[];
}

/**
 * Makes the pauses between dictated groups long enough to write a group down.
 *
 * @param options.pace longer pauses when it is below 1.
 */
export function restBetweenGroups(
  sound: Timed,
  options: {
    readonly rateHz: number;
    readonly groupEnds: readonly number[];
    readonly pace: number;
  },
): Timed {
  const { rateHz, groupEnds, pace } = options;
  const restMs = groupRestMs / pace;
  const cuts = groupEnds.flatMap((index) => {
    const [endMs, startMs] = [sound.words[index]?.endMs, sound.words[index + 1]?.startMs];
    if (endMs === undefined || startMs === undefined) return [];
    return startMs - endMs < shortestPauseMs ? [] : [(endMs + startMs) / 2];
  });
  if (cuts.length === 0) return sound;
  const rest = Math.round((restMs * rateHz) / 1_000);
  const samples = new Int16Array(sound.samples.length + cuts.length * rest);
  let from = 0;
  cuts.forEach((atMs, index) => {
    const to = Math.round((atMs * rateHz) / 1_000);
    samples.set(sound.samples.subarray(from, to), from + index * rest);
    from = to;
  });
  samples.set(sound.samples.subarray(from), from + cuts.length * rest);
  const moved = (ms: number): number => ms + cuts.filter((atMs) => atMs < ms).length * restMs;
  return {
    samples,
    words: sound.words.map((word) => ({ startMs: moved(word.startMs), endMs: moved(word.endMs) })),
  };
}
