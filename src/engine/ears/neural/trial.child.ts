import { messageOf } from '../../../lib/index.ts';
import type { InstalledModel } from '../../models/index.ts';
import { earsRateHz } from '../port.ts';
import { loadModel } from './sherpa.ts';

/**
 * Loads a model and lets it hear a second of sound, as a process of its own: a model that the native
 * library cannot take ends it.
 */

process.once('message', (message) => {
  // What `runTrial` sends.
  hear(message as InstalledModel).then(
    () => process.send?.({ ok: true }, () => process.exit(0)),
    (thrown: unknown) =>
      process.send?.({ ok: false, reason: messageOf(thrown) }, () => process.exit(1)),
  );
});

async function hear(model: InstalledModel): Promise<void> {
  const loaded = await loadModel(model, 1);
  const second = Float32Array.from({ length: earsRateHz }, (_, at) => 0.1 * Math.sin(at / 20));
  if (!loaded.streams) {
    await loaded.hear(second);
    return;
  }
  const turn = loaded.open();
  turn.push(second);
  turn.finish();
}
