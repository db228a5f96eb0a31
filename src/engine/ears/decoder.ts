import type { Lane } from './lane.ts';
import type { Cepstra, Handle, PocketSphinx, RecognizedWord } from './pocketsphinx.ts';
import type { Line } from './telephone.ts';

/** What one decoder made of an utterance. */
export interface Decoded {
  /** Words as the dictionary writes them, fillers left out. */
  readonly words: readonly RecognizedWord[];
  /** Log score of the best path; comparable between decoders that heard the same audio. */
  readonly score: number;
  readonly cepstra: Cepstra;
}

/** One native decoder, fed while the caller speaks. Its calls never overlap. */
export interface Decoder extends Disposable {
  /** Makes it fit what the caller's voice comes through; between utterances. */
  tune(line: Line): Promise<void>;
  /** @param onWords told the words so far, as {@link spokenWord} writes them, whenever they changed. */
  begin(mean: Float32Array, onWords?: (text: string) => void): void;
  push(samples: Int16Array): void;
  finish(): Promise<Decoded>;
  /** Drops the utterance; resolves when the decoder can begin another. */
  cancel(): Promise<void>;
}

/** Fewer crossings into native code than the session's 32 ms: three of those. */
const chunkSamples = 1_536;
/** What lags is decoded in pieces of 200 ms, so that it can be dropped, or others served, in between. */
const mostSamples = 3_200;
/** The words so far are told at most this often: after every second chunk. */
const tellEverySamples = 2 * chunkSamples;

/** How a decoder's native calls get their turn: {@link Lane.run}. */
type Run = Lane['run'];
const atOnce: Run = (work) => work();

/**
 * Wraps a native decoder. Disposing frees it; do so only between utterances.
 *
 * @param options.transforms the acoustic model's transform for each line: a file.
 * @param options.run passes on each native call. @default at once
 */
export function createDecoder(
  sphinx: PocketSphinx,
  handle: Handle,
  options: { readonly transforms: Readonly<Record<Line, string>>; readonly run?: Run },
): Decoder {
  const { transforms, run = atOnce } = options;
  let tuned: Line = 'wide';
  let waiting: Int16Array[] = [];
  let waitingSamples = 0;
  let work: Promise<void> = Promise.resolve();
  let running = false;
  let dropped = false;
  let mean = new Float32Array();
  let onWords: ((text: string) => void) | undefined;
  let told = '';
  let sinceTold = 0;

  async function drain(all: boolean): Promise<void> {
    while (!dropped && (waitingSamples >= chunkSamples || (all && waitingSamples > 0))) {
      const samples = join(waiting, waitingSamples);
      const rest = samples.subarray(mostSamples);
      waiting = rest.length > 0 ? [rest] : [];
      waitingSamples = rest.length;
      await run(() => sphinx.process(handle, samples.slice(0, mostSamples)), { urgent: all });
      sinceTold += Math.min(mostSamples, samples.length);
      if (onWords && !all && sinceTold >= tellEverySamples) tell(onWords);
    }
  }

  function tell(listener: (text: string) => void): void {
    const text = sphinx.running(handle).split(' ').map(spokenWord).join(' ');
    if (dropped || text === told) return;
    told = text;
    sinceTold = 0;
    listener(text);
  }

  function queue(step: () => Promise<void>): Promise<void> {
    work = work.then(step);
    return work;
  }

  async function end(): Promise<void> {
    if (running) await run(() => sphinx.endUtterance(handle), { urgent: true });
    running = false;
  }

  return {
    async tune(line) {
      if (line === tuned) return;
      await sphinx.transform(handle, transforms[line]);
      tuned = line;
    },
    begin(next, listener) {
      onWords = listener;
      told = '';
      sinceTold = tellEverySamples;
      mean = Float32Array.from(next);
      dropped = false;
      waiting = [];
      waitingSamples = 0;
      sphinx.setMean(handle, mean);
      running = sphinx.startUtterance(handle);
    },
    push(samples) {
      waiting.push(samples);
      const started = waitingSamples >= chunkSamples;
      waitingSamples += samples.length;
      // A failure surfaces in `finish`, which waits for the same chain.
      if (!started && waitingSamples >= chunkSamples)
        queue(() => drain(false)).catch(() => undefined);
    },
    async finish() {
      let decoded: Decoded | undefined;
      await queue(async () => {
        await drain(true);
        await end();
        const best = await run(() => sphinx.hypothesis(handle), { urgent: true });
        const words = best ? sphinx.words(handle).filter(({ word }) => !isFiller(word)) : [];
        const score = best?.score ?? Number.NEGATIVE_INFINITY;
        decoded = { words, score, cepstra: sphinx.heardCepstra(handle, mean) };
      });
      if (!decoded) throw new Error('the decoder was reset while it finished');
      return decoded;
    },
    async cancel() {
      dropped = true;
      await queue(end).catch(() => undefined);
      work = Promise.resolve();
    },
    [Symbol.dispose]() {
      // Nothing can be done about a failure, and nobody waits.
      run(() => sphinx.free(handle), { urgent: false }).catch(() => undefined);
    },
  };
}

/** A dictionary headword as people write it: no variant number, no dot after a spelled letter. */
export function spokenWord(word: string): string {
  return word.replace(/\(\d+\)$/, '').replace(/^([a-z])\.$/, '$1');
}

function isFiller(word: string): boolean {
  return /^(<.*>|\[.*\]|\+\+.*\+\+)$/.test(word);
}

/** Joins pieces into one array of `length` samples. */
export function join(pieces: readonly Int16Array[], length: number): Int16Array {
  const joined = new Int16Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
