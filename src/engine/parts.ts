import { messageOf, type Assets, type Log } from '../lib/index.ts';
import type { EngineChoices } from './choices.ts';
import type { Mind } from './mind/port.ts';
import type { Mouth } from './mouth/port.ts';
import { openMouth } from './open-mouth.ts';
import { openEars, type OpenedEars } from './open-ears.ts';

/** What the embedded engine is made of on this machine. */
export interface EngineParts extends OpenedEars {
  readonly mind: Mind;
  readonly mouth: Mouth;
}

/**
 * Makes ears, mind and mouth side by side. Without ears the engine still serves typed calls.
 *
 * Each is loaded here rather than at the top: the mouth's threads then start while the rest is still
 * being loaded, and a native library that does not fit this machine fails where it is caught.
 *
 * @throws SwitchboardError asset_missing or speech_failed when the mouth cannot speak; what
 *   {@link openEars} throws
 */
export async function openParts(options: {
  readonly assets: Assets;
  readonly choices: EngineChoices;
  readonly mouthWorkers: number;
  readonly log: Log;
}): Promise<EngineParts> {
  const { assets, choices, mouthWorkers: workers, log } = options;
  const [mouth, heard, mind] = await Promise.all([
    openMouth(choices, { workers, log }),
    openEars(choices, { assets, log }),
    openMind(choices.mind, { assets, log }),
  ]);
  return { ...heard, mouth, mind };
}

async function openMind(
  choice: EngineChoices['mind'],
  { assets, log }: { readonly assets: Assets; readonly log: Log },
): Promise<Mind> {
  const openOffline = async (): Promise<Mind> => {
    const { createOfflineMind, openWordVectors } = await import('./mind/index.ts');
    const vectors = vectorsIn(assets, openWordVectors, log);
    return createOfflineMind(vectors && { vectors });
  };
  if (choice.kind === 'offline') return openOffline();
  const [{ createModelMind }, fallback] = await Promise.all([
    import('./mind/model/index.ts'),
    choice.fallback === 'offline' ? openOffline() : null,
  ]);
  const { url, model, apiKey, timeoutMs: firstTokenMs, contextTokens } = choice;
  const deadlines = { firstTokenMs };
  return createModelMind({ url, model, apiKey, deadlines, contextTokens, fallback, log });
}

/** Without them the mind knows fewer words, and says so to whoever reads the log. */
function vectorsIn<Table>(
  { wordVectors }: Assets,
  open: (path: string) => Table,
  log: Log,
): Table | undefined {
  const missing = 'the offline mind knows fewer words: its word vectors are missing';
  if (wordVectors === null) {
    log.info(missing);
    return undefined;
  }
  try {
    return open(wordVectors);
  } catch (thrown) {
    log.info(missing, { error: messageOf(thrown) });
    return undefined;
  }
}
