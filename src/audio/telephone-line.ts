import { decodeG711, encodeG711 } from './g711.ts';
import { concatPcm } from './pcm.ts';
import { loadResampler } from './resample.ts';

const telephoneHz = 8_000;
const band = { fromHz: 300, toHz: 3_400 };
const taps = 255;

/** A windowed sinc for the band: 6 dB down at its edges, over 50 dB from 60 Hz beyond them. */
const bandPass = Float64Array.from({ length: taps }, (_, i) => {
  const at = i - (taps - 1) / 2;
  const low = (hz: number): number => {
    const share = (2 * hz) / telephoneHz;
    return at === 0 ? share : Math.sin(Math.PI * share * at) / (Math.PI * at);
  };
  const hamming = 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (taps - 1));
  return (low(band.toHz) - low(band.fromHz)) * hamming;
});

/**
 * What a telephone line leaves of speech, for callers of tests, benches and demos.
 *
 * @param samples PCM 16 bit mono, a whole utterance
 * @param options.band `telephone` leaves 300 to 3,400 Hz, as G.712 wants it; `whole` is what a softphone
 *   may send: all that 8 kHz can hold. @default telephone
 * @returns G.711 µ-law, in step with the samples
 */
export async function overTelephone(
  samples: Int16Array,
  options: { readonly rateHz: number; readonly band?: 'telephone' | 'whole' },
): Promise<Uint8Array> {
  const create = await loadResampler();
  const down = create({ fromHz: options.rateHz, toHz: telephoneHz, quality: 8 });
  try {
    const narrow = concatPcm([down.push(samples), down.flush()]);
    return encodeG711('audio/pcmu', options.band === 'whole' ? narrow : inBand(narrow));
  } finally {
    down[Symbol.dispose]();
  }
}

/** The same as it comes out of the far end: linear again, at the rate it went in with. */
export async function throughTelephone(
  samples: Int16Array,
  options: Parameters<typeof overTelephone>[1],
): Promise<Int16Array> {
  const coded = await overTelephone(samples, options);
  const create = await loadResampler();
  const up = create({ fromHz: telephoneHz, toHz: options.rateHz });
  try {
    return concatPcm([up.push(decodeG711('audio/pcmu', coded)), up.flush()]);
  } finally {
    up[Symbol.dispose]();
  }
}

function inBand(samples: Int16Array): Int16Array {
  const middle = (taps - 1) / 2;
  return samples.map((_, at) => {
    let sum = 0;
    for (let k = 0; k < taps; k += 1) sum += (bandPass[k] ?? 0) * (samples[at + middle - k] ?? 0);
    return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  });
}
