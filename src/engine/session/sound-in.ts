import {
  bytesToPcm,
  decodeG711,
  formatFacts,
  type AudioFormat,
  type CreateResampler,
  type Resampler,
} from '../../audio/index.ts';
import { earsRateHz } from '../ears/port.ts';

/** Longest audio in one `input_audio_buffer.append`. */
export const maxAppendMs = 15_000;

/** The sound of one event, or why it is none. */
export type Appended =
  | { readonly ok: true; readonly samples: Int16Array; readonly rateHz: number }
  | { readonly ok: false; readonly code: string; readonly message: string };

const expected: Readonly<Record<AudioFormat, string>> = {
  'audio/pcm': 'PCM 16 bit little endian mono at 24 kHz',
  'audio/pcmu': 'G.711 µ-law mono at 8 kHz',
  'audio/pcma': 'G.711 A-law mono at 8 kHz',
};

/** Reads the sound that a client appended: base64 of a session's input format. */
export function readAppended(base64: string, format: AudioFormat): Appended {
  const { bytesPerSample, bytesPerMs, rateHz } = formatFacts[format];
  // Looked at before anything is made of it.
  if ((base64.length * 3) / 4 > maxAppendMs * bytesPerMs + 2) {
    const message = `Invalid 'audio': at most ${maxAppendMs / 1_000} s at a time.`;
    return { ok: false, code: 'input_audio_buffer_append_too_large', message };
  }
  const bytes = Buffer.from(base64, 'base64');
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const isWhole = base64.length % 4 === 0 && bytes.length === (base64.length / 4) * 3 - padding;
  if (!isWhole || bytes.length % bytesPerSample !== 0) {
    const message = `Invalid 'audio'. Expected base64 of ${expected[format]}.`;
    return { ok: false, code: 'invalid_value', message };
  }
  const samples = format === 'audio/pcm' ? bytesToPcm(bytes) : decodeG711(format, bytes);
  return { ok: true, samples, rateHz };
}

/** A caller's sound on its way to the ears, as one stream without seams. */
export interface EarsFeed extends Disposable {
  /**
   * @param rateHz of the samples. Another one than before ends the stream before: what the filter held
   *   back of it comes first.
   * @returns what is ready, at the rate of the ears.
   */
  push(samples: Int16Array, rateHz: number): readonly Int16Array[];
}

/** @returns a feed into which nothing has gone yet. */
export function createEarsFeed(createResampler: CreateResampler): EarsFeed {
  let current: { readonly rateHz: number; readonly resampler: Resampler } | null = null;
  return {
    push(samples, rateHz) {
      const pieces: Int16Array[] = [];
      if (current?.rateHz !== rateHz) {
        if (current) pieces.push(current.resampler.flush());
        current?.resampler[Symbol.dispose]();
        current = { rateHz, resampler: createResampler({ fromHz: rateHz, toHz: earsRateHz }) };
      }
      pieces.push(current.resampler.push(samples));
      return pieces;
    },
    [Symbol.dispose]() {
      current?.resampler[Symbol.dispose]();
      current = null;
    },
  };
}
