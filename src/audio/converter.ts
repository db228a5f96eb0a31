import { AudioPiece } from './audio-piece.ts';
import { formatFacts, type AudioFormat } from './format.ts';
import { decodeG711, encodeG711 } from './g711.ts';
import { loadResampler } from './resample.ts';

/**
 * Between one channel's format and PCM 16 bit mono at another rate, both ways, as two streams without
 * seams. Holds WebAssembly memory: dispose of it.
 */
export interface AudioConverter extends Disposable {
  /** The next audio of the channel, as samples. The filter holds a few milliseconds back. */
  toSamples(piece: AudioPiece): Int16Array;
  /** The next samples, in the channel's format. */
  toPiece(samples: Int16Array): AudioPiece;
  /** What the filter holds back of the samples given so far; the next ones begin a new stream. */
  flushPiece(): AudioPiece;
}

const pcmRateHz = formatFacts['audio/pcm'].rateHz;

/** @param rateHz of the samples. @default 24000, at which PCM passes through untouched */
export async function openAudioConverter(
  format: AudioFormat,
  rateHz = pcmRateHz,
): Promise<AudioConverter> {
  const formatRateHz = formatFacts[format].rateHz;
  if (format === 'audio/pcm' && rateHz === formatRateHz) return asItIs;
  const createResampler = await loadResampler();
  const inward = createResampler({ fromHz: formatRateHz, toHz: rateHz });
  const outward = createResampler({ fromHz: rateHz, toHz: formatRateHz });
  const coded = (samples: Int16Array): AudioPiece =>
    format === 'audio/pcm'
      ? AudioPiece.ofSamples(samples)
      : AudioPiece.ofBytes(format, encodeG711(format, samples));
  return {
    toSamples: (piece) =>
      inward.push(format === 'audio/pcm' ? piece.samples() : decodeG711(format, piece.bytes())),
    toPiece: (samples) => coded(outward.push(samples)),
    flushPiece: () => coded(outward.flush()),
    [Symbol.dispose]() {
      inward[Symbol.dispose]();
      outward[Symbol.dispose]();
    },
  };
}

const asItIs: AudioConverter = {
  toSamples: (piece) => piece.samples(),
  toPiece: (samples) => AudioPiece.ofSamples(samples),
  flushPiece: () => AudioPiece.ofSamples(new Int16Array(0)),
  [Symbol.dispose]: () => undefined,
};
