import { SwitchboardError, messageOf } from '../../lib/index.ts';

/** One word as synthesised: the times of its first and last sound. */
export interface TimedWord {
  readonly startMs: number;
  readonly endMs: number;
}

/** What {@link FliteLibrary.synthesise} makes. */
export interface Synthesis {
  readonly rateHz: number;
  /** PCM 16 bit mono. */
  readonly samples: Int16Array<ArrayBuffer>;
  /** One for each word of the text between white space, in order. */
  readonly words: readonly TimedWord[];
}

/** The Flite library with both voices loaded. */
export interface FliteLibrary {
  /**
   * The same request always gives the same samples.
   *
   * @param request.text words and punctuation.
   * @param request.settings of the voice for this text, e.g. `duration_stretch`.
   * @param request.wordSettings of single words, by index, e.g. `local_duration_stretch`.
   * @throws SwitchboardError speech_failed; the library cannot be used afterwards.
   */
  synthesise(request: {
    readonly speaker: 'slt' | 'rms';
    readonly text: string;
    readonly settings: Readonly<Record<string, number>>;
    readonly wordSettings?: (index: number) => Readonly<Record<string, number>> | undefined;
  }): Synthesis;
  /** Memory that it occupies; each text leaves about a kilobyte behind. */
  memoryBytes(): number;
}

/** The functions of the library, as declared in flite.h, cst_utterance.h and cst_item.h. */
interface FliteFunctions {
  __wasm_call_ctors(): void;
  malloc(bytes: number): number;
  free(pointer: number): void;
  rand(): number;
  flite_init(): number;
  register_cmu_us_slt(folder: number): number;
  register_cmu_us_rms(folder: number): number;
  feat_set_float(features: number, name: number, value: number): void;
  feat_remove(features: number, name: number): void;
  new_utterance(): number;
  utt_set_input_text(utterance: number, text: number): number;
  utt_init(utterance: number, voice: number): number;
  default_tokenization(utterance: number): number;
  utt_synth_tokens(utterance: number): number;
  utt_relation(utterance: number, name: number): number;
  utt_wave(utterance: number): number;
  delete_utterance(utterance: number): void;
  relation_head(relation: number): number;
  item_next(item: number): number;
  item_daughter(item: number): number;
  item_last_daughter(item: number): number;
  item_set_float(item: number, name: number, value: number): void;
  ffeature_float(item: number, path: number): number;
}

/** What must be exported from the module for {@link openFlite}. */
export const fliteFunctions: readonly (keyof FliteFunctions)[] = [
  '__wasm_call_ctors',
  'malloc',
  'free',
  'rand',
  'flite_init',
  'register_cmu_us_slt',
  'register_cmu_us_rms',
  'feat_set_float',
  'feat_remove',
  'new_utterance',
  'utt_set_input_text',
  'utt_init',
  'default_tokenization',
  'utt_synth_tokens',
  'utt_relation',
  'utt_wave',
  'delete_utterance',
  'relation_head',
  'item_next',
  'item_daughter',
  'item_last_daughter',
  'item_set_float',
  'ffeature_float',
];

/** Where a word's first sound begins is where the sound before it ends. */
const wordStart = 'R:SylStructure.daughter1.daughter1.R:Segment.p.end';
const wordEnd = 'R:SylStructure.daughtern.daughtern.R:Segment.end';

/**
 * Where the generator of the synthesiser's noise keeps its state: what changes when it is asked for a
 * number. Setting it back makes speech the same each time.
 *
 * Costs 20 ms and 20 MB of garbage: done once, in the thread that loads the module.
 */
export function findNoiseSeed(module: WebAssembly.Module): number {
  const { functions, memory } = instantiate(module);
  functions.__wasm_call_ctors();
  const before = new Uint32Array(memory.buffer.slice(0));
  functions.rand();
  const after = new Uint32Array(memory.buffer);
  const at = after.findLastIndex((word, index) => word !== before[index]);
  if (at < 1) throw failed('it has no generator of noise');
  // 64 bits, of which the upper half changes at every number.
  return before[at - 1] === after[at - 1] ? at * 4 : (at - 1) * 4;
}

/**
 * Instantiates Flite with no more of WASI around it than it asks for at its start: no file, no clock,
 * nothing of the machine is visible to it.
 *
 * @param module with {@link fliteFunctions} exported.
 * @param noiseSeedAt from {@link findNoiseSeed}.
 */
export function openFlite(module: WebAssembly.Module, noiseSeedAt: number): FliteLibrary {
  const { functions: flite, memory } = instantiate(module);
  // Memory may grow during any call, which detaches earlier views: make them anew each time.
  const view = (): DataView => new DataView(memory.buffer);

  const store = (text: string): number => {
    const bytes = Buffer.from(`${text}\0`);
    const pointer = flite.malloc(bytes.length);
    new Uint8Array(memory.buffer).set(bytes, pointer);
    return pointer;
  };
  const kept = new Map<string, number>();
  const constant = (text: string): number => {
    const pointer = kept.get(text) ?? store(text);
    kept.set(text, pointer);
    return pointer;
  };

  flite.__wasm_call_ctors();
  flite.flite_init();
  const voices = { slt: flite.register_cmu_us_slt(0), rms: flite.register_cmu_us_rms(0) };

  const configured = new Map<number, readonly string[]>();
  function configure(voice: number, settings: Readonly<Record<string, number>>): void {
    // struct cst_voice { const char *name; cst_features *features; ... }
    const features = view().getUint32(voice + 4, true);
    for (const name of configured.get(voice) ?? []) {
      if (!(name in settings)) flite.feat_remove(features, constant(name));
    }
    for (const [name, value] of Object.entries(settings)) {
      flite.feat_set_float(features, constant(name), value);
    }
    configured.set(voice, Object.keys(settings));
  }

  function* tokens(utterance: number): Generator<number> {
    const relation = flite.utt_relation(utterance, constant('Token'));
    for (let item = flite.relation_head(relation); item !== 0; item = flite.item_next(item)) {
      yield item;
    }
  }

  function wordTimes(utterance: number): readonly TimedWord[] {
    let lastMs = 0;
    return Array.from(tokens(utterance), (token) => {
      const first = flite.item_daughter(token);
      if (first === 0) return { startMs: lastMs, endMs: lastMs };
      const startMs = flite.ffeature_float(first, constant(wordStart)) * 1_000;
      const last = flite.item_last_daughter(token);
      lastMs = flite.ffeature_float(last, constant(wordEnd)) * 1_000;
      return { startMs, endMs: lastMs };
    });
  }

  return {
    memoryBytes: () => memory.buffer.byteLength,
    synthesise({ speaker, text, settings, wordSettings }) {
      try {
        view().setBigUint64(noiseSeedAt, 0n, true);
        const voice = voices[speaker];
        configure(voice, settings);
        const utterance = flite.new_utterance();
        const input = store(text);
        flite.utt_set_input_text(utterance, input);
        flite.free(input); // it has made a copy
        flite.utt_init(utterance, voice);
        flite.default_tokenization(utterance);
        let index = 0;
        for (const token of tokens(utterance)) {
          for (const [name, value] of Object.entries(wordSettings?.(index) ?? {})) {
            flite.item_set_float(token, constant(name), value);
          }
          index++;
        }
        flite.utt_synth_tokens(utterance);
        const wave = flite.utt_wave(utterance);
        if (wave === 0) throw new Error('it made no sound');
        // struct cst_wave { const char *type; int sample_rate, num_samples, num_channels; short *samples; }
        const struct = view();
        const rateHz = struct.getInt32(wave + 4, true);
        const length = struct.getInt32(wave + 8, true);
        const at = struct.getUint32(wave + 16, true);
        // WebAssembly memory is little endian, and so is every platform with a packaged runtime.
        const samples = new Int16Array(memory.buffer.slice(at, at + length * 2));
        const words = wordTimes(utterance);
        flite.delete_utterance(utterance);
        return { rateHz, samples, words };
      } catch (thrown) {
        throw failed(messageOf(thrown), thrown);
      }
    },
  };
}

function instantiate(module: WebAssembly.Module): {
  readonly functions: FliteFunctions;
  readonly memory: WebAssembly.Memory;
} {
  const fail = 8; // "bad file descriptor", for whatever it asks of the machine
  const names = WebAssembly.Module.imports(module).map((entry) => entry.name);
  const wasi: Record<string, () => number> = Object.fromEntries(
    names.map((name) => [name, () => fail]),
  );
  wasi['proc_exit'] = () => {
    throw new Error('it gave up');
  };
  const { exports } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
  return {
    functions: exports as unknown as FliteFunctions, // exported by exposeFunctions; a missing one fails there
    memory: exports['memory'] as WebAssembly.Memory, // an export of every WASI module
  };
}

function failed(reason: string, cause?: unknown): SwitchboardError {
  return new SwitchboardError('speech_failed', `The speech synthesiser failed: ${reason}.`, {
    cause,
  });
}
