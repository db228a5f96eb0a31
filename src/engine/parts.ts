import { messageOf, type Assets, type Log } from '../lib/index.ts';
import type { Ears } from './ears/port.ts';
import { createOfflineMind, type Mind } from './mind/index.ts';
import { createFliteMouth, type Mouth } from './mouth/index.ts';
import type { Hearing } from './process.ts';

/** What the embedded engine is made of on this machine. */
export interface EngineParts {
  /** Null when this machine cannot hear; `hearing.note` says why. */
  readonly ears: Ears | null;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly hearing: Hearing;
}

/**
 * Makes ears, mind and mouth side by side. Without ears the engine still serves typed calls.
 *
 * @throws SwitchboardError asset_missing or speech_failed when the mouth cannot speak
 */
export async function openParts(options: {
  readonly assets: Assets;
  readonly mouthWorkers: number;
  readonly log: Log;
}): Promise<EngineParts> {
  const { assets, mouthWorkers: workers, log } = options;
  const [heard, mouth] = await Promise.all([
    openEars(assets, log),
    createFliteMouth({ workers, log }),
  ]);
  return { ...heard, mouth, mind: createOfflineMind() };
}

async function openEars(
  assets: Assets,
  log: Log,
): Promise<{ readonly ears: Ears | null; readonly hearing: Hearing }> {
  if (!assets.vadModel || !assets.pocketsphinx) {
    const note = assets.notes.join(' ') || 'Hearing is off: its parts are not installed.';
    return { ears: null, hearing: { available: false, note } };
  }
  try {
    // Loaded here, because a native library that does not fit this machine fails when it is loaded.
    const { createEars } = await import('./ears/index.ts');
    return { ears: await createEars({ assets, log }), hearing: { available: true } };
  } catch (thrown) {
    log.error('the ears cannot be opened', { error: messageOf(thrown) });
    const note = `Hearing is off: ${messageOf(thrown)}`;
    return { ears: null, hearing: { available: false, note } };
  }
}
