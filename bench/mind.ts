import { caseSets, type ScoredSet } from './mind-cases/index.ts';
import { leastCosts, scoreSets, type SetScore } from './mind-scores.ts';
import { quantile, type BenchTable } from './report.ts';
import { knowing, openShippedMind } from './shipped-mind.ts';

/**
 * What the offline mind makes of what callers say: `npm run bench -- mind`. With `--failures` the
 * cases that may be tuned on are listed as well where they fail. With `--practice` nothing held apart is
 * scored, for whoever works on the mind.
 */
export async function* benchMind(flags: readonly string[]): AsyncGenerator<BenchTable> {
  const sets = flags.includes('practice')
    ? caseSets.filter(({ part }) => part !== 'held apart')
    : caseSets;
  await freshScores(sets); // warm, as a server that has held calls is
  const runs = [await freshScores(sets), await freshScores(sets), await freshScores(sets)];
  const [scores = []] = runs;
  yield utterancesTable(scores);
  yield dialoguesTable(scores);
  yield costTable(scores, leastCosts(runs));
  yield kindsTable(scores);
  if (flags.includes('failures')) yield* failureTables(scores);
}

/** By a mind that remembers nothing of the run before, or its cost would be that of remembering. */
async function freshScores(sets: readonly ScoredSet[]): Promise<readonly SetScore[]> {
  const mind = openShippedMind();
  try {
    return await scoreSets(mind, sets);
  } finally {
    await mind[Symbol.asyncDispose]();
  }
}

const percent = (right: number, of: number): string =>
  of === 0 ? '–' : `${((100 * right) / of).toFixed(0)} % (${right} of ${of})`;

const rowOf = ({ set }: SetScore): readonly string[] => [set.desk.name, set.part];

const utterancesTable = (scores: readonly SetScore[]): BenchTable => ({
  title: `Offline mind, ${knowing}: what is said (tool or transfer: target ≥ 90 % on the front desk, ≥ 80 % on desks never tuned on; values: target ≥ 90 %)`,
  columns: [
    'desk',
    'part',
    'tool or transfer',
    'easy',
    'ordinary',
    'hard',
    'values of calls made',
    'of all values',
  ],
  rows: scores.map((score) => {
    const at = (level: string) => {
      const some = score.utterances.filter(({ of }) => of.level === level);
      return percent(some.filter(({ isRight }) => isRight).length, some.length);
    };
    const { choice, values } = score;
    return [
      ...rowOf(score),
      ...[percent(choice.right, choice.of), at('easy'), at('ordinary'), at('hard')],
      ...[percent(values.right, values.judged), percent(values.right, values.wanted)],
    ];
  }),
  note: 'One utterance each, in the state of a call that it belongs to. Right: the wanted call is made and no other before it, at once or after questions about what the caller has not said yet; where no call is right, none is made and the answer is given. A value that was given and is asked for again counts as a call that was not made.',
});

const dialoguesTable = (scores: readonly SetScore[]): BenchTable => ({
  title: 'Offline mind: whole dialogues (target ≥ 85 % finished)',
  columns: ['desk', 'part', 'finished', 'caller turns, p50'],
  rows: scores.map((score) => [
    ...rowOf(score),
    percent(score.finished.right, score.finished.of),
    String(
      quantile(
        score.dialogues.map(({ turns }) => turns),
        0.5,
      ),
    ),
  ]),
  note: 'A caller with a goal answers what is asked. Finished: exactly the wanted writes took place, what was to be heard was said, the call ended as it should, no sentence was said three times.',
});

const costTable = (
  scores: readonly SetScore[],
  costs: readonly (readonly number[])[],
): BenchTable => ({
  title: 'Offline mind: what a turn of the caller costs (target ≤ 5 ms)',
  columns: ['desk', 'part', 'p50', 'p95', 'max', 'turns'],
  rows: scores.map((score, set) => {
    const costsMs = costs[set] ?? [];
    const cell = (q: number): string => `${quantile(costsMs, q).toFixed(2)} ms`;
    return [...rowOf(score), cell(0.5), cell(0.95), cell(1), String(costsMs.length)];
  }),
  note: 'Processor time from the conversation to the last act, all responses to one turn together. Each turn counts with the least of three runs after a first one, every run with a mind that remembers nothing, so that neither other work of the machine nor memory of the run before shows.',
});

function kindsTable(scores: readonly SetScore[]): BenchTable {
  const kinds = (of: readonly { readonly failures: readonly string[] }[]): string => {
    const counts = Map.groupBy(
      of.flatMap(({ failures }) => failures),
      (kind) => kind,
    );
    return [...counts].map(([kind, all]) => `${kind} ${all.length}`).join(', ') || 'none';
  };
  return {
    title: 'Offline mind: what went wrong, by kind',
    columns: ['desk', 'part', 'utterances', 'dialogues'],
    rows: scores.map((score) => [...rowOf(score), kinds(score.utterances), kinds(score.dialogues)]),
  };
}

/** Of what may be tuned on only: whoever reads a failure of the part held apart has tuned on it. */
function* failureTables(scores: readonly SetScore[]): Generator<BenchTable> {
  for (const { set, utterances, dialogues } of scores) {
    if (set.part === 'held apart') continue;
    const failed = [
      ...utterances.map(({ of, ...score }) => ({
        ...score,
        about: of.calls.map(({ name }) => name).join(', ') || 'no call',
      })),
      ...dialogues.map(({ of, ...score }) => ({ ...score, about: of.name })),
    ].filter(({ failures }) => failures.length > 0);
    yield {
      title: `Failures: ${set.desk.name}`,
      columns: ['wanted', 'failure', 'what happened'],
      rows: failed.map(({ about, failures, log }) => [
        about,
        failures.join(', '),
        log.replaceAll('|', '\\|').replaceAll('\n', '<br>'),
      ]),
    };
  }
}
