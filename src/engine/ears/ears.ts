import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { SwitchboardError, type Assets, type Log } from '../../lib/index.ts';
import { createDecoder } from './decoder.ts';
import { createDecoderPool } from './decoder-pool.ts';
import { createDetector } from './detector.ts';
import { openDictionary } from './dictionary.ts';
import { buildLanguageModel, languageModelId } from './language-model.ts';
import { bindPocketSphinx } from './pocketsphinx.ts';
import type { Ears, RecognizerContext } from './port.ts';
import { createRecognizer } from './recognizer.ts';
import { loadSilero } from './silero.ts';

const generalKind = 'general';
/** What a session knows before it is told anything. */
const nothing: RecognizerContext = { instructions: '', tools: [] };
/** Language models kept on disk; each is half a megabyte. */
const keptModels = 64;

/**
 * Hearing for a whole engine: Silero for turns, PocketSphinx for words.
 *
 * @param options.poolSize callers who can speak at once without waiting for a decoder to be made.
 * @default poolSize 1
 * @throws SwitchboardError `asset_missing` when a part is not installed or damaged, `speech_failed`
 *   when PocketSphinx cannot load its model.
 */
export async function createEars(options: {
  readonly assets: Assets;
  readonly log: Log;
  readonly poolSize?: number;
}): Promise<Ears> {
  const { assets, log, poolSize = 1 } = options;
  const { vadModel, pocketsphinx } = assets;
  if (!vadModel || !pocketsphinx) {
    throw new SwitchboardError(
      'asset_missing',
      assets.notes[0] ?? 'Hearing is off: the speech parts are not installed.',
    );
  }
  const sphinx = bindPocketSphinx(pocketsphinx);
  const { modelDir } = pocketsphinx;
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-ears-'));
  const models = new Map<string, Promise<void>>();
  const fullDictionary = join(modelDir, 'cmudict-en-us.dict');
  const dictionary = openDictionary(fullDictionary);

  const shared = {
    '-hmm': join(modelDir, 'en-us'),
    // A second pass over the whole utterance would cost its time after the caller has stopped.
    '-fwdflat': 'no',
  };
  const pool = createDecoderPool({
    async make(kind) {
      const handle = await sphinx.create(
        kind === generalKind
          ? {
              ...shared,
              '-dict': fullDictionary,
              '-lm': join(modelDir, 'en-us.lm.bin'),
              '-maxhmmpf': '3000', // a third less work at the same word errors
            }
          : {
              ...shared,
              '-dict': join(folder, `${kind}.dict`),
              '-lm': join(folder, `${kind}.arpa`),
            },
      );
      return createDecoder(sphinx, handle);
    },
    limit: 4 * poolSize + 16,
    log,
  });

  async function write(id: string, context: RecognizerContext): Promise<void> {
    const startedMs = performance.now();
    const model = await buildLanguageModel(context);
    await setImmediate();
    const lines = model.words.flatMap((word) => dictionary.lines(word));
    await Promise.all([
      writeFile(join(folder, `${id}.dict`), lines.join('\n') + '\n', 'latin1'),
      writeFile(join(folder, `${id}.arpa`), model.arpa, 'latin1'),
    ]);
    const tookMs = Math.round(performance.now() - startedMs);
    log.debug('language model built', { id, words: model.words.length, tookMs });
  }

  async function learn(context: RecognizerContext): Promise<string> {
    const id = languageModelId(context);
    let written = models.get(id);
    if (!written) {
      written = write(id, context);
      models.set(id, written);
      forgetOldModels();
    }
    await written;
    await pool.prepare(id, 1);
    return id;
  }

  function forgetOldModels(): void {
    // The files stay until the end: a session may still stand on a model that is no longer offered.
    const oldest = models.keys().next();
    if (models.size > keptModels && !oldest.done) models.delete(oldest.value);
  }

  async function close(): Promise<void> {
    await pool[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    // The general decoders load on other threads while this one makes the detector's models.
    const decoders = pool.prepare(generalKind, poolSize);
    const initial = learn(nothing);
    const silero = loadSilero(
      vadModel,
      new Map([
        [0.55, 1],
        [0.5, 1],
      ]),
    );
    await decoders;
    const initialKind = await initial;
    return {
      detector: (settings) => createDetector(silero, settings),
      recognizer: async () => createRecognizer({ pool, learn, generalKind, initialKind }),
      [Symbol.asyncDispose]: close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
