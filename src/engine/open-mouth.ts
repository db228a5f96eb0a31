import type { Log } from '../lib/index.ts';
import type { EngineChoices } from './choices.ts';
import type { Mouth } from './mouth/port.ts';

/**
 * Opens the mouth that a setting names. What it does not need is not loaded.
 *
 * Behind a server stands the offline voice: a caller hears it rather than nothing.
 *
 * @throws SwitchboardError asset_missing or speech_failed for the offline voice; model_missing,
 *   model_invalid or speech_failed for a pulled one
 */
export async function openMouth(
  { mouth: choice, modelsDir }: Pick<EngineChoices, 'mouth' | 'modelsDir'>,
  options: { readonly workers: number; readonly log: Log },
): Promise<Mouth> {
  const openFlite = async (): Promise<Mouth> => {
    const { createFliteMouth } = await import('./mouth/index.ts');
    return createFliteMouth(options);
  };
  switch (choice.kind) {
    case 'flite':
      return openFlite();
    case 'model': {
      const [{ createNeuralMouth }, { openModel }] = await Promise.all([
        import('./mouth/neural/index.ts'),
        import('./models/index.ts'),
      ]);
      const model = await openModel({ modelsDir, name: choice.name, purpose: 'voice' });
      return createNeuralMouth({ model });
    }
    case 'endpoint': {
      const [{ createEndpointMouth }, fallback] = await Promise.all([
        import('./mouth/endpoint/index.ts'),
        openFlite(),
      ]);
      return createEndpointMouth({ endpoint: choice, fallback, log: options.log });
    }
  }
}
