import { benchEngineLoad } from './engine-load.ts';
import type { BenchTable } from './report.ts';
import { benchMouth } from './mouth.ts';
import { benchWords } from './words.ts';

/** Everything about the embedded engine: how soon it answers a crowd, how well it hears, its voice. */
export async function* benchEngine(): AsyncGenerator<BenchTable> {
  yield* await benchEngineLoad();
  yield* await benchWords();
  yield* await benchMouth();
}
