import type { Mind } from '../src/engine/mind/index.ts';
import { caseSets, type ScoredSet } from './mind-cases/index.ts';
import {
  scoreDialogue,
  scoreUtterance,
  type DialogueScore,
  type UtteranceScore,
} from './mind-cases/play/score.ts';

interface Share {
  readonly right: number;
  readonly of: number;
}

/** How one set of cases went. */
export interface SetScore {
  readonly set: ScoredSet;
  readonly utterances: readonly UtteranceScore[];
  readonly dialogues: readonly DialogueScore[];
  /** Utterances that led to the right tool or transfer, or to none where none is right. */
  readonly choice: Share;
  /** Argument values: right ones, those of calls that were made, all. */
  readonly values: UtteranceScore['values'];
  readonly finished: Share;
  /**
   * Processor time of every turn of a caller, all responses to it together: what it took by the
   * clock, times the share of the run that this thread was running at all. (The processor's own
   * count is no finer than 4 ms on some systems, so it is read for the run, not for a turn.)
   */
  readonly costsMs: readonly number[];
}

/** Puts conversation cases to a mind, all of them unless others are given. */
export async function scoreSets(
  mind: Mind,
  sets: readonly ScoredSet[] = caseSets,
): Promise<readonly SetScore[]> {
  const startMs = performance.now();
  const before = process.threadCpuUsage();
  const scores: SetScore[] = [];
  for (const set of sets) {
    const utterances: UtteranceScore[] = [];
    for (const one of set.utterances) utterances.push(await scoreUtterance(mind, set, one));
    const dialogues: DialogueScore[] = [];
    for (const one of set.dialogues) dialogues.push(await scoreDialogue(mind, set, one));
    const sum = (key: keyof UtteranceScore['values']): number =>
      utterances.reduce((total, { values }) => total + values[key], 0);
    scores.push({
      ...{ set, utterances, dialogues },
      choice: { right: utterances.filter(({ isRight }) => isRight).length, of: utterances.length },
      values: { right: sum('right'), judged: sum('judged'), wanted: sum('wanted') },
      finished: {
        right: dialogues.filter(({ failures }) => failures.length === 0).length,
        of: dialogues.length,
      },
      costsMs: [...utterances, ...dialogues].flatMap(({ costsMs }) => costsMs),
    });
  }
  const { user, system } = process.threadCpuUsage(before);
  const share = Math.min(1, (user + system) / 1000 / (performance.now() - startMs));
  return scores.map((score) => ({ ...score, costsMs: score.costsMs.map((ms) => ms * share) }));
}

/**
 * The least that each turn cost in any of several runs, by set. The mind is a pure function, so the
 * same turns come in every run; whatever else the machine does does not hit one turn every time.
 */
export const leastCosts = (
  runs: readonly (readonly SetScore[])[],
): readonly (readonly number[])[] =>
  (runs[0] ?? []).map((score, set) =>
    score.costsMs.map((_, turn) =>
      Math.min(...runs.map((run) => run[set]?.costsMs[turn] ?? Number.POSITIVE_INFINITY)),
    ),
  );
