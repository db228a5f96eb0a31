import koffi from 'koffi';
import type { Assets } from '../../lib/index.ts';
import { SwitchboardError } from '../../lib/index.ts';

/**
 * The calls of Debian's libpocketsphinx3 (0.8 “5prealpha”) that the ears use, bound once a process.
 *
 * Only what is called from JavaScript is declared. Pointers are opaque (`unknown`); a decoder must
 * never be entered by two calls at once, which {@link ./decoder.ts} guarantees.
 *
 * Source: pocketsphinx.h, ngram_model.h, cmd_ln.h, logmath.h of 5prealpha.
 */
export interface PocketSphinx {
  /** Makes a decoder off the main thread. `options` are PocketSphinx's own flags with their dash. */
  create(options: Readonly<Record<string, string>>): Promise<Handle>;
  /** Off the main thread: tens of megabytes go back. */
  free(decoder: Handle): Promise<void>;
  /** Reads a language model that several decoders may use, which must then never run side by side. */
  readModel(decoder: Handle, file: string): Promise<Model>;
  useModel(decoder: Handle, model: Model): Promise<void>;
  freeModel(model: Model): void;
  /** Adapts the acoustic model by an MLLR file, instead of what it was adapted by before. */
  transform(decoder: Handle, file: string): Promise<void>;
  startUtterance(decoder: Handle): boolean;
  /** Decodes 16 kHz samples on a thread of libuv's pool. */
  process(decoder: Handle, samples: Int16Array): Promise<void>;
  endUtterance(decoder: Handle): Promise<void>;
  /** The best words so far, before the utterance's end: read off the last frame, in microseconds. */
  running(decoder: Handle): string;
  /** Searches the lattice, so off the main thread; {@link words} is quick afterwards. */
  hypothesis(decoder: Handle): Promise<{ readonly text: string; readonly score: number } | null>;
  words(decoder: Handle): readonly RecognizedWord[];
  /** Sets the mean cepstrum that the next utterance is normalised with. */
  setMean(decoder: Handle, mean: Float32Array): void;
  /** Sum and number of the frames heard since {@link setMean}; call after the utterance's end. */
  heardCepstra(decoder: Handle, mean: Float32Array): Cepstra;
}

/** An opaque pointer of the library. */
export type Handle = { readonly brand: 'pocketsphinx' };

/** A language model in memory. */
export type Model = { readonly brand: 'ngram_model' };

/** One word of the best path. Frames are 10 ms. */
export interface RecognizedWord {
  readonly word: string;
  readonly startFrame: number;
  readonly endFrame: number;
  /** 0 to 1; 1 unless the lattice was searched (`-bestpath yes`). */
  readonly posterior: number;
  readonly acoustic: number;
  readonly language: number;
}

/** What a stretch of speech looked like on average: the sum of its 13 cepstra and its 10 ms frames. */
export interface Cepstra {
  readonly sum: Float64Array;
  readonly frames: number;
}

/** The mean the model was trained around, from its `feat.params`. */
export const trainedMean = Float32Array.from([
  41.0, -5.29, -0.12, 5.09, 2.48, -4.07, -1.37, -1.78, -5.08, -2.05, -6.45, -1.42, 1.17,
]);

/** Where `feat_t` and `cmn_t` of 5prealpha keep what we need (64-bit layout), and the prior's frames. */
const layout = { cepstrumSize: 16, normaliser: 88, sum: 16, frames: 24, priorFrames: 500 };

/** `NGRAM_AUTO`: the library finds out. */
const anyFormat = 0;

type Callback<T> = (error: Error | null, result: T) => void;

let bound: PocketSphinx | undefined;

/**
 * Loads the two shared libraries, at most once a process.
 *
 * @throws SwitchboardError `asset_missing` when the loader cannot find them.
 */
export function bindPocketSphinx(assets: NonNullable<Assets['pocketsphinx']>): PocketSphinx {
  bound ??= bind(assets);
  return bound;
}

function bind(assets: NonNullable<Assets['pocketsphinx']>): PocketSphinx {
  const { base, main } = load(assets);
  const parseOptions = base.func(
    'void* cmd_ln_parse_r(void* inout, void* defn, int32_t argc, const char** argv, int32_t strict)',
  );
  const freeOptions = base.func('int cmd_ln_free_r(void* c)');
  const setLogFile = base.func('void err_set_logfp(void* fp)');
  const exponent = base.func('double logmath_exp(void* l, int p)');
  const knownOptions = main.func('void* ps_args()');
  const init = main.func('void* ps_init(void* cfg)');
  const free = main.func('int ps_free(void* ps)');
  const readModel = base.func(
    'void* ngram_model_read(void* cfg, const char* file, int type, void* lmath)',
  );
  const freeModel = base.func('int ngram_model_free(void* model)');
  const getOptions = main.func('void* ps_get_config(void* ps)');
  const setModel = main.func('int ps_set_lm(void* ps, const char* name, void* lm)');
  const setSearch = main.func('int ps_set_search(void* ps, const char* name)');
  const readTransform = main.func('void* ps_mllr_read(const char* file)');
  const setTransform = main.func('void* ps_update_mllr(void* ps, void* mllr)');
  const startUtterance = main.func('int ps_start_utt(void* ps)');
  const endUtterance = main.func('int ps_end_utt(void* ps)');
  const processRaw = main.func(
    'int ps_process_raw(void* ps, const int16_t* data, size_t n, int no_search, int full_utt)',
  );
  const getHypothesis = main.func('const char* ps_get_hyp(void* ps, _Out_ int32_t* score)');
  const getLogMath = main.func('void* ps_get_logmath(void* ps)');
  const firstSegment = main.func('void* ps_seg_iter(void* ps)');
  const nextSegment = main.func('void* ps_seg_next(void* s)');
  const segmentWord = main.func('const char* ps_seg_word(void* s)');
  const segmentFrames = main.func('void ps_seg_frames(void* s, _Out_ int* sf, _Out_ int* ef)');
  const segmentPosterior = main.func(
    'int32_t ps_seg_prob(void* s, _Out_ int32_t* a, _Out_ int32_t* l, _Out_ int32_t* b)',
  );
  const getFeature = main.func('void* ps_get_feat(void* ps)');
  const setMean = base.func('void cmn_live_set(void* cmn, const float* mean)');

  /** Null when the library is laid out otherwise than the one we know: then it keeps its own mean. */
  const normaliser = (decoder: Handle): unknown => {
    const feature: unknown = getFeature(decoder);
    const size: unknown = koffi.decode(feature, layout.cepstrumSize, 'int32_t');
    return size === trainedMean.length ? koffi.decode(feature, layout.normaliser, 'void*') : null;
  };

  setLogFile(null); // it writes pages to standard error otherwise

  return {
    async create(options) {
      const argv = Object.entries(options).flat();
      const config: unknown = parseOptions(null, knownOptions(), argv.length, argv, 0);
      const decoder = config
        ? await inPool<Handle | null>((done) => init.async(config, done))
        : null;
      if (config) freeOptions(config);
      return orFailed(decoder);
    },
    free: (decoder) => inPool((done) => free.async(decoder, done)),
    async readModel(decoder, file) {
      const options: unknown = getOptions(decoder);
      const logMath: unknown = getLogMath(decoder);
      const model = await inPool<Model | null>((done) =>
        readModel.async(options, file, anyFormat, logMath, done),
      );
      return orFailed(model);
    },
    async useModel(decoder, model) {
      const failed = await inPool<number>((done) => setModel.async(decoder, 'shared', model, done));
      if (failed < 0 || setSearch(decoder, 'shared') < 0) orFailed(null);
    },
    freeModel: (model) => void freeModel(model),
    async transform(decoder, file) {
      const read = await inPool<object | null>((done) => readTransform.async(file, done));
      // The decoder owns it from now on.
      await inPool((done) => setTransform.async(decoder, orFailed(read), done));
    },
    startUtterance: (decoder) => startUtterance(decoder) >= 0,
    process: (decoder, samples) =>
      inPool((done) => processRaw.async(decoder, samples, samples.length, 0, 0, done)),
    endUtterance: (decoder) => inPool((done) => endUtterance.async(decoder, done)),
    running: (decoder) => String(getHypothesis(decoder, [0]) ?? ''),
    async hypothesis(decoder) {
      const score = [0];
      // Returns a C string or NULL.
      const text = await inPool<string | null>((done) => getHypothesis.async(decoder, score, done));
      return text === null ? null : { text, score: score[0] ?? 0 };
    },
    words(decoder) {
      const logMath: unknown = getLogMath(decoder);
      const words: RecognizedWord[] = [];
      for (let at: unknown = firstSegment(decoder); at; at = nextSegment(at)) {
        const [start, end, acoustic, language, back] = [[0], [0], [0], [0], [0]];
        segmentFrames(at, start, end);
        const posterior: unknown = segmentPosterior(at, acoustic, language, back);
        words.push({
          word: String(segmentWord(at)),
          startFrame: start[0] ?? 0,
          endFrame: end[0] ?? 0,
          posterior: Math.min(1, Number(exponent(logMath, posterior))),
          acoustic: acoustic[0] ?? 0,
          language: language[0] ?? 0,
        });
      }
      return words;
    },
    setMean(decoder, mean) {
      const target = normaliser(decoder);
      if (target) setMean(target, mean);
    },
    heardCepstra(decoder, mean) {
      const sum = new Float64Array(mean.length);
      const source = normaliser(decoder);
      if (!source) return { sum, frames: 0 };
      const frames = Number(koffi.decode(source, layout.frames, 'int32_t')) - layout.priorFrames;
      // Beyond 8 s the library rescales its sums, and what was heard cannot be told apart any more.
      if (frames <= 0 || frames > 280) return { sum, frames: 0 };
      const at: unknown = koffi.decode(source, layout.sum, 'void*');
      const heard = koffi.decode(at, 'float', mean.length) as ArrayLike<number>;
      const priorOf = (i: number): number => layout.priorFrames * (mean[i] ?? 0);
      return { sum: sum.map((_, i) => (heard[i] ?? 0) - priorOf(i)), frames };
    },
  };
}

function load(assets: NonNullable<Assets['pocketsphinx']>) {
  try {
    // The base library first: the other one is linked against it.
    const base = koffi.load(assets.baseLibrary);
    return { base, main: koffi.load(assets.library) };
  } catch (cause) {
    throw new SwitchboardError(
      'asset_missing',
      'The speech library does not load. Run `npm start` once to install it again.',
      { cause },
    );
  }
}

function orFailed<T>(loaded: T | null): T {
  if (loaded) return loaded;
  throw new SwitchboardError('speech_failed', 'PocketSphinx could not load its model.');
}

function inPool<T>(call: (done: Callback<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) =>
    call((error, result) => (error ? reject(error) : resolve(result))),
  );
}
