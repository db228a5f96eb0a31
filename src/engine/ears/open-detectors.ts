import { SwitchboardError } from '../../lib/index.ts';
import { createDetector } from './detector.ts';
import type { VoiceDetector, VoiceDetectorSettings } from './port.ts';
import { loadSilero } from './silero.ts';

/** The threshold of desks that do not choose one: what the detector is made ready for. */
const usualThresholds = [0.55];

/** Makes voice detectors; one of these for an engine. */
export interface Detectors extends Disposable {
  make(settings: VoiceDetectorSettings): VoiceDetector;
}

/**
 * Loads the detector for ears of any kind.
 *
 * @param vadModel where the launcher put Silero's model, or null
 * @throws SwitchboardError `asset_missing`
 */
export function openDetectors(vadModel: string | null): Detectors {
  if (vadModel === null) {
    throw new SwitchboardError(
      'asset_missing',
      'The voice detector is not installed. Run `npm start` once with the network up to fetch it.',
    );
  }
  const models = loadSilero(vadModel, { warm: usualThresholds });
  return {
    make: (settings) => createDetector(models, settings),
    [Symbol.dispose]: () => models[Symbol.dispose](),
  };
}
