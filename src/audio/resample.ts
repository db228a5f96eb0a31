import load, { type SpeexModule } from '@echogarden/speex-resampler-wasm/simd';

/** Converts one mono stream from one rate to another, chunk by chunk, without seams. */
export interface Resampler extends Disposable {
  /**
   * Feeds samples of any length and returns what is ready. The filter looks a few milliseconds ahead,
   * so that much is held back until the next push or the flush; the result is not delayed otherwise.
   */
  push(samples: Int16Array): Int16Array;
  /**
   * Ends the stream: returns the rest, so that all output together is as long as all input,
   * to the sample. Afterwards the resampler is ready for a new stream.
   */
  flush(): Int16Array;
}

/** What a {@link Resampler} converts between. */
export interface ResamplerOptions {
  readonly fromHz: number;
  readonly toHz: number;
  /** 0 (fast) to 10 (best), as Speex counts. @default 4 */
  readonly quality?: number;
}

/** Makes resamplers. Each must be disposed of: its state lives in WebAssembly memory. */
export type CreateResampler = (options: ResamplerOptions) => Resampler;

let loading: Promise<CreateResampler> | undefined;

/** Loads the Speex resampler once per thread; afterwards creating and using one is synchronous. */
export function loadResampler(): Promise<CreateResampler> {
  loading ??= load().then((speex) => (options) => createResampler(speex, options));
  return loading;
}

/** Longest piece given to Speex at once; bounds the scratch memory of a stream. */
const blockSamples = 4_096;

function createResampler(speex: SpeexModule, options: ResamplerOptions): Resampler {
  const { fromHz, toHz, quality = 4 } = options;
  if (fromHz === toHz) {
    const none = new Int16Array(0);
    return { push: (samples) => samples, flush: () => none, [Symbol.dispose]: () => undefined };
  }
  const outCapacity = Math.ceil((blockSamples * toHz) / fromHz) + 64;
  const lengths = speex._malloc(8);
  const state = speex._speex_resampler_init(1, fromHz, toHz, quality, lengths);
  if (state === 0) {
    speex._free(lengths);
    throw new RangeError(`cannot resample from ${fromHz} to ${toHz} Hz at quality ${quality}`);
  }
  const input = speex._malloc(blockSamples * 2);
  const output = speex._malloc(outCapacity * 2);
  const latencySamples = speex._speex_resampler_get_input_latency(state);
  speex._speex_resampler_skip_zeros(state);
  let taken = 0;
  let given = 0;
  let open = true;

  function process(samples: Int16Array): Int16Array {
    if (!open) throw new Error('the resampler has been disposed of');
    const result = new Int16Array(Math.ceil((samples.length * toHz) / fromHz) + 64);
    let produced = 0;
    for (let offset = 0; offset < samples.length;) {
      const block = samples.subarray(offset, offset + blockSamples);
      speex.HEAP16.set(block, input >> 1);
      speex.HEAPU32[lengths >> 2] = block.length;
      speex.HEAPU32[(lengths >> 2) + 1] = outCapacity;
      speex._speex_resampler_process_int(state, 0, input, lengths, output, lengths + 4);
      const made = speex.HEAPU32[(lengths >> 2) + 1] ?? 0;
      result.set(speex.HEAP16.subarray(output >> 1, (output >> 1) + made), produced);
      produced += made;
      offset += speex.HEAPU32[lengths >> 2] ?? block.length;
    }
    return result.subarray(0, produced);
  }

  return {
    push(samples) {
      taken += samples.length;
      const result = process(samples);
      given += result.length;
      return result;
    },
    flush() {
      const missing = Math.max(0, Math.round((taken * toHz) / fromHz) - given);
      const tail = process(new Int16Array(latencySamples + 1 + Math.ceil(fromHz / toHz)));
      taken = 0;
      given = 0;
      speex._speex_resampler_reset_mem(state);
      speex._speex_resampler_skip_zeros(state);
      return tail.subarray(0, missing);
    },
    [Symbol.dispose]() {
      if (!open) return;
      open = false;
      speex._speex_resampler_destroy(state);
      for (const pointer of [lengths, input, output]) speex._free(pointer);
    },
  };
}
