import { messageOf } from '../../../lib/index.ts';
import type { InstalledModel } from '../../models/index.ts';
import { loadVoice } from './sherpa-voice.ts';

/**
 * Loads a voice and lets it say a word, as a process of its own: a model that the native library
 * cannot take ends it.
 */

process.once('message', (message) => {
  // What `runTrial` sends.
  speak(message as InstalledModel).then(
    () => process.send?.({ ok: true }, () => process.exit(0)),
    (thrown: unknown) =>
      process.send?.({ ok: false, reason: messageOf(thrown) }, () => process.exit(1)),
  );
});

async function speak(model: InstalledModel): Promise<void> {
  const voice = await loadVoice(model, 1);
  const { samples } = await voice.say('Hello.', { speaker: 0, speed: 1 });
  if (samples.length === 0) throw new Error('it makes no sound');
}
