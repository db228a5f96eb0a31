import type { CreateResampler } from '../../audio/index.ts';
import type { Clock } from '../../lib/index.ts';
import type { ServerEventBody } from '../../protocol/index.ts';
import { mouthRateHz } from '../mouth/port.ts';
import type { Output, SoundPlace } from './output.ts';
import { createPlayback } from './playback.ts';
import { createSoundCoder } from './sound-coder.ts';

/** Sends speech to a client as events, faster than it is heard; the client plays and cuts it. */
export function createFrameOutput(options: {
  readonly clock: Clock;
  readonly createResampler: CreateResampler;
  readonly send: (event: ServerEventBody) => void;
}): Output {
  const { send } = options;
  const playback = createPlayback(options.clock);
  const coder = createSoundCoder(options.createResampler);

  function sendDelta(at: SoundPlace, delta: string): void {
    if (delta !== '') send({ type: 'response.output_audio.delta', ...at, delta });
  }

  return {
    say({ at, samples, format }) {
      playback.add(samples.length / (mouthRateHz / 1_000));
      sendDelta(at, coder.push(samples, format));
    },
    endItem({ at, format, isWhole }) {
      const rest = coder.flush(format);
      if (isWhole) sendDelta(at, rest);
    },
    endResponse: () => undefined,
    cut() {
      playback.cut();
      return null;
    },
    unheardMs: () => playback.unheardMs(),
    [Symbol.dispose]: () => coder[Symbol.dispose](),
  };
}
