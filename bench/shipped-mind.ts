import { join } from 'node:path';
import { createOfflineMind, openWordVectors, type Mind } from '../src/engine/mind/index.ts';
import { readAssets } from '../src/lib/index.ts';

const { wordVectors } = readAssets(join(import.meta.dirname, '../.switchboard/cache'));

/** The table of word vectors that the launcher installs, opened once as by a server; undefined where there is none. */
const vectors = wordVectors === null ? undefined : openWordVectors(wordVectors);

/** Whether the table of word vectors is there. */
export const hasWordVectors = vectors !== undefined;

/** How {@link openShippedMind} knows words, for a title. */
export const knowing = hasWordVectors ? 'with word vectors' : 'without word vectors';

/** The mind as it ships, which has read no session yet. */
export const openShippedMind = (): Mind => createOfflineMind(vectors ? { vectors } : {});
