import { join } from 'node:path';
import { readAssets } from '../../../lib/index.ts';
import { sessionReader } from '../dialogue/index.ts';
import { createOfflineMind } from '../offline-mind.ts';
import { openWordVectors } from '../vectors/index.ts';

const { wordVectors } = readAssets(join(import.meta.dirname, '../../../../.switchboard/cache'));
/** The launcher's table; undefined where it was not fetched, which a test tells. */
export const installedVectors = wordVectors === null ? undefined : openWordVectors(wordVectors);

const options = installedVectors && { vectors: installedVectors };

/** The mind as it is where the table could be fetched, and where it could not. */
export const minds = [
  { knowing: 'with word vectors', open: () => createOfflineMind(options) },
  { knowing: 'without word vectors', open: () => createOfflineMind() },
] as const;

/** The same two as readers of sessions. */
export const readers = [
  { knowing: 'with word vectors', read: sessionReader(installedVectors) },
  { knowing: 'without word vectors', read: sessionReader() },
] as const;
