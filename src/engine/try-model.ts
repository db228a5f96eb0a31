import type { InstalledModel, ModelPurpose } from './models/index.ts';

/** From source the programs are TypeScript, published JavaScript. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** Programs that load a model and use it once. */
const trials: Readonly<Record<ModelPurpose, URL>> = {
  ears: new URL(`./ears/neural/trial.child.${extension}`, import.meta.url),
  voice: new URL(`./mouth/neural/trial.child.${extension}`, import.meta.url),
};

/**
 * Loads a model and uses it once, in a process that may die of it.
 *
 * @throws SwitchboardError model_invalid; the signal's reason
 */
export async function tryModel(model: InstalledModel, signal: AbortSignal): Promise<void> {
  // Loaded here: the server, which comes through the same door, needs none of it.
  const { modelKinds, runTrial } = await import('./models/index.ts');
  return runTrial(trials[modelKinds[model.kind].purpose], model, signal);
}
