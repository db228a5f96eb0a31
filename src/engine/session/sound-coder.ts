import {
  encodeG711,
  formatFacts,
  pcmToBytes,
  type AudioFormat,
  type CreateResampler,
  type Resampler,
} from '../../audio/index.ts';
import { mouthRateHz } from '../mouth/port.ts';

/** What the mouth says, in the format of a session: each item is one stream without seams. */
export interface SoundCoder extends Disposable {
  /** The next sound of an item, base64. A filter holds a few milliseconds back until the end. */
  push(samples: Int16Array, format: AudioFormat): string;
  /** Ends an item: what was held back of it, base64; empty where nothing was. */
  flush(format: AudioFormat): string;
}

/** @returns a coder that has coded nothing. */
export function createSoundCoder(createResampler: CreateResampler): SoundCoder {
  let toTelephone: Resampler | null = null;
  const telephone = (): Resampler =>
    (toTelephone ??= createResampler({
      fromHz: mouthRateHz,
      toHz: formatFacts['audio/pcmu'].rateHz,
    }));
  const coded = (samples: Int16Array, format: AudioFormat): string =>
    base64(format === 'audio/pcm' ? pcmToBytes(samples) : encodeG711(format, samples));
  return {
    push: (samples, format) =>
      coded(format === 'audio/pcm' ? samples : telephone().push(samples), format),
    flush: (format) => (format === 'audio/pcm' ? '' : coded(telephone().flush(), format)),
    [Symbol.dispose]() {
      toTelephone?.[Symbol.dispose]();
      toTelephone = null;
    },
  };
}

function base64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
