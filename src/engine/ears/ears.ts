import { rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  SwitchboardError,
  systemClock,
  type Assets,
  type Clock,
  type Log,
} from '../../lib/index.ts';
import { createDecoder } from './decoder.ts';
import { createDecoderPool } from './decoder-pool.ts';
import { createGeneralDecoders } from './general-decoders.ts';
import type { Answers, Subject } from './language-model.ts';
import { createModelBuilder } from './model-builder.ts';
import { makeModelFolder } from './model-folder.ts';
import { createModelShelf } from './model-shelf.ts';
import { openDetectors, type Detectors } from './open-detectors.ts';
import { bindPocketSphinx } from './pocketsphinx.ts';
import type { Ears } from './port.ts';
import { createRecognizer } from './recognizer.ts';
import { transformFile, type Line } from './telephone.ts';

const generalKind = 'general';
/** What a session knows before it is told anything. */
const nothing: Subject = { context: { instructions: '', tools: [] }, earlier: [] };
/** Words of the general decoders. The library's 134,000 take twice the memory and half as much more work. */
const generalWords = 20_000;
/**
 * General decoders at most: more than two cores keep up with, and one is still given back when its
 * caller begins again. Callers beyond them are heard by the domain's decoder alone.
 */
const mostGeneral = Math.max(12, 6 * availableParallelism());
/** The spare general decoders are made when the rest of the engine has had the time to start. */
const spareAfterMs = 400;

/**
 * Hearing for a whole engine: Silero for turns, PocketSphinx for words.
 *
 * @param options.poolSize callers who can speak at once without waiting for a decoder to be made. One
 *   is ready when this resolves, the others soon after.
 * @param options.clock by which a late decoder is waited for.
 * @default poolSize 2
 * @throws SwitchboardError `asset_missing` when a part is not installed or damaged, `speech_failed`
 *   when PocketSphinx cannot load its model.
 */
export async function createEars(options: {
  readonly assets: Assets;
  readonly log: Log;
  readonly poolSize?: number;
  readonly clock?: Clock;
}): Promise<Ears> {
  const { assets, log, poolSize = 2, clock = systemClock } = options;
  const { vadModel, pocketsphinx } = assets;
  if (!vadModel || !pocketsphinx) {
    throw new SwitchboardError(
      'asset_missing',
      assets.notes[0] ?? 'Hearing is off: the speech parts are not installed.',
    );
  }
  const sphinx = bindPocketSphinx(pocketsphinx);
  const { modelDir } = pocketsphinx;
  const fullDictionary = join(modelDir, 'cmudict-en-us.dict');
  const folder = await makeModelFolder();
  const builder = createModelBuilder({ folder, dictionaryFile: fullDictionary });
  const shelf = createModelShelf({ folder, builder, log });

  const shared = {
    '-hmm': join(modelDir, 'en-us'),
    // A second pass over the whole utterance would cost its time after the caller has stopped.
    '-fwdflat': 'no',
  };
  const transforms = await writeTransforms(folder);
  const modelFile = join(modelDir, 'en-us.lm.bin');
  const cut = builder.build({ id: generalKind, generalModel: modelFile, words: generalWords });
  // Awaited where it is needed.
  cut.catch(() => undefined);
  const generals = createGeneralDecoders({
    ...{ sphinx, transforms, modelFile, lanes: Math.max(2, availableParallelism()) },
    flags: async () => {
      await cut;
      // Half the work of the library's own bound.
      return { ...shared, '-dict': shelf.files(generalKind).dictionary, '-maxhmmpf': '2000' };
    },
  });
  const pool = createDecoderPool({
    async make(kind) {
      if (kind === generalKind) return generals.make();
      const { dictionary, arpa } = shelf.files(kind);
      const handle = await sphinx.create({ ...shared, '-dict': dictionary, '-lm': arpa });
      return createDecoder(sphinx, handle, { transforms });
    },
    limit: 4 * poolSize + 32,
    limitOf: (kind) => (kind === generalKind ? mostGeneral : Number.POSITIVE_INFINITY),
    log,
  });

  async function learn(subject: Subject | Answers): Promise<string> {
    const id = await shelf.take(subject);
    await pool.prepare(id, 1);
    return id;
  }

  let detectors: Detectors | undefined;
  let spares: NodeJS.Timeout | undefined;
  async function close(): Promise<void> {
    clearTimeout(spares);
    detectors?.[Symbol.dispose]();
    await builder[Symbol.asyncDispose]();
    await pool[Symbol.asyncDispose]();
    generals[Symbol.dispose]();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    // The first decoders load on other threads while this one makes the detector's models.
    const decoders = pool.prepare(generalKind, 1);
    const initial = learn(nothing);
    // Awaited below, unless the detector's model is refused first.
    initial.catch(() => undefined);
    const voices = openDetectors(vadModel);
    detectors = voices;
    await decoders;
    const initialKind = await initial;
    spares = setTimeout(() => {
      // A failure is logged by the pool; the next caller asks again.
      void pool.prepare(generalKind, poolSize);
    }, spareAfterMs).unref();
    const forget = (kind: string): void => {
      if (kind !== initialKind) shelf.giveBack(kind);
    };
    return {
      detector: (settings) => voices.make(settings),
      recognizer: async ({ line } = {}) =>
        createRecognizer(
          { pool, learn, forget, generalKind, initialKind, clock },
          { ...(line && { line }) },
        ),
      [Symbol.asyncDispose]: close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function writeTransforms(folder: string): Promise<Readonly<Record<Line, string>>> {
  const files = { wide: join(folder, 'wide.mllr'), telephone: join(folder, 'telephone.mllr') };
  await Promise.all([
    writeFile(files.wide, transformFile('wide')),
    writeFile(files.telephone, transformFile('telephone')),
  ]);
  return files;
}
