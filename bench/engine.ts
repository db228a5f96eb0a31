import { benchEarsCost } from './ears-cost.ts';
import { benchEngineLoad } from './engine-load.ts';
import { benchMind } from './mind.ts';
import { benchMouth } from './mouth.ts';
import type { BenchTable } from './report.ts';
import { benchWords } from './words.ts';

/**
 * Everything about the embedded engine: how soon it answers a crowd, how well it hears and what that
 * takes, its voice, and its mind.
 */
export async function* benchEngine(): AsyncGenerator<BenchTable> {
  yield* await benchMouth(); // first: it compares the memory of this process before and after
  yield* await benchEngineLoad();
  yield* await benchWords();
  yield* await benchEarsCost();
  yield* benchMind([]);
}
