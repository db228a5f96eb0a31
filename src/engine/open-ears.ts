import { messageOf, type Assets, type Log } from '../lib/index.ts';
import type { EngineChoices } from './choices.ts';
import type { Ears } from './ears/port.ts';
import type { Hearing } from './process.ts';

/** Ears, or why there are none. */
export interface OpenedEars {
  /** Null when this machine cannot hear; `hearing.note` says why. */
  readonly ears: Ears | null;
  readonly hearing: Hearing;
}

/**
 * The ears that were chosen. What comes along may be missing on this machine, and the engine serves
 * typed calls then; what somebody chose has to work.
 *
 * @throws SwitchboardError model_missing, model_invalid or speech_failed for a model that was chosen
 */
export async function openEars(
  choices: Pick<EngineChoices, 'ears' | 'modelsDir'>,
  options: { readonly assets: Assets; readonly log: Log },
): Promise<OpenedEars> {
  const { ears: chosen, modelsDir } = choices;
  if (chosen.kind === 'pocketsphinx') return openOwnEars(options);
  const { assets, log } = options;
  const { vadModel } = assets;
  if (vadModel === null)
    return deaf(assets.notes.join(' ') || 'Hearing is off: its parts are not installed.');
  const hearing: Hearing = { available: true };
  if (chosen.kind === 'endpoint') {
    const { createEndpointEars } = await import('./ears/endpoint/index.ts');
    return { ears: await createEndpointEars({ endpoint: chosen, vadModel }), hearing };
  }
  const [{ createNeuralEars }, { openModel }] = await Promise.all([
    import('./ears/neural/index.ts'),
    import('./models/index.ts'),
  ]);
  const model = await openModel({ modelsDir, name: chosen.name, purpose: 'ears' });
  return { ears: await createNeuralEars({ model, vadModel, log }), hearing };
}

async function openOwnEars(options: {
  readonly assets: Assets;
  readonly log: Log;
}): Promise<OpenedEars> {
  const { assets, log } = options;
  if (!assets.vadModel || !assets.pocketsphinx) {
    return deaf(assets.notes.join(' ') || 'Hearing is off: its parts are not installed.');
  }
  try {
    const { createEars } = await import('./ears/index.ts');
    return { ears: await createEars({ assets, log }), hearing: { available: true } };
  } catch (thrown) {
    // The note says it aloud: to whoever starts the server, and on the page.
    log.info('the ears cannot be opened', { error: messageOf(thrown) });
    return deaf(`Hearing is off. ${messageOf(thrown)}`);
  }
}

const deaf = (note: string): OpenedEars => ({ ears: null, hearing: { available: false, note } });
