import { messageOf, SwitchboardError, type Assets, type Log } from '../lib/index.ts';
import type { EngineChoices } from './choices.ts';
import type { Ears } from './ears/port.ts';
import type { Mind } from './mind/port.ts';
import type { Mouth } from './mouth/port.ts';
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
 * Each is loaded here rather than at the top: the mouth's threads then start while the rest is still
 * being loaded, and a native library that does not fit this machine fails where it is caught.
 *
 * @throws SwitchboardError asset_missing or speech_failed when the mouth cannot speak
 */
export async function openParts(options: {
  readonly assets: Assets;
  readonly choices: EngineChoices;
  readonly mouthWorkers: number;
  readonly log: Log;
}): Promise<EngineParts> {
  const { assets, choices, mouthWorkers: workers, log } = options;
  const [mouth, heard, mind] = await Promise.all([
    openMouth(choices.mouth, { workers, log }),
    openEars(choices.ears, { assets, log }),
    openMind(choices.mind, log),
  ]);
  return { ...heard, mouth, mind };
}

async function openMouth(
  choice: EngineChoices['mouth'],
  options: { readonly workers: number; readonly log: Log },
): Promise<Mouth> {
  if (choice.kind !== 'flite') throw notYet('mouth', choice.kind);
  const { createFliteMouth } = await import('./mouth/index.ts');
  return createFliteMouth(options);
}

async function openMind(choice: EngineChoices['mind'], log: Log): Promise<Mind> {
  const openOffline = async (): Promise<Mind> => {
    const { createOfflineMind } = await import('./mind/index.ts');
    return createOfflineMind();
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

async function openEars(
  choice: EngineChoices['ears'],
  options: { readonly assets: Assets; readonly log: Log },
): Promise<{ readonly ears: Ears | null; readonly hearing: Hearing }> {
  const { assets, log } = options;
  if (choice.kind !== 'pocketsphinx') throw notYet('ears', choice.kind);
  if (!assets.vadModel || !assets.pocketsphinx) {
    const note = assets.notes.join(' ') || 'Hearing is off: its parts are not installed.';
    return { ears: null, hearing: { available: false, note } };
  }
  try {
    const { createEars } = await import('./ears/index.ts');
    return { ears: await createEars({ assets, log }), hearing: { available: true } };
  } catch (thrown) {
    // The note says it aloud: to whoever starts the server, and on the page.
    log.info('the ears cannot be opened', { error: messageOf(thrown) });
    const note = `Hearing is off. ${messageOf(thrown)}`;
    return { ears: null, hearing: { available: false, note } };
  }
}

const notYet = (part: string, kind: string): SwitchboardError =>
  new SwitchboardError('config_invalid', `This engine has no ${part} of the kind '${kind}'.`);
