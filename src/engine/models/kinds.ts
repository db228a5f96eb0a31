/** One part of a model: a file, or a folder of files. */
export interface ModelPart {
  /** Path inside the archive without its outermost folder; the first pattern that fits anything wins. */
  readonly patterns: readonly RegExp[];
  /** A folder: its path is what the pattern matches up to the first slash, and all of it is kept. */
  readonly folder?: true;
  /** @default false */
  readonly optional?: true;
}

const tokens: ModelPart = { patterns: [/^(.*[-_.])?tokens\.txt$/] };
const wholeModel: ModelPart = { patterns: [/^[^/]*\.int8\.onnx$/, /^[^/]*\.onnx$/] };
const pronunciation: ModelPart = {
  patterns: [/^espeak-ng-data\//],
  folder: true,
  optional: true,
};
const lexicon: ModelPart = { patterns: [/^lexicon(-us-en)?\.txt$/], optional: true };
const voices: ModelPart = { patterns: [/^voices\.bin$/] };

/** Encoder and joiner in 8 bits; the decoder is so small that its full form costs nothing. */
const transducer = {
  encoder: { patterns: [/^encoder[^/]*\.int8\.onnx$/, /^encoder[^/]*\.onnx$/] },
  decoder: { patterns: [/^decoder(?![^/]*\.int8\.)[^/]*\.onnx$/, /^decoder[^/]*\.onnx$/] },
  joiner: { patterns: [/^joiner[^/]*\.int8\.onnx$/, /^joiner[^/]*\.onnx$/] },
  tokens,
} satisfies Record<string, ModelPart>;

/**
 * What the archives of k2-fsa/sherpa-onnx hold, by architecture: which files a model of that kind
 * needs, and how they are called there (https://k2-fsa.github.io/sherpa/onnx/pretrained_models/).
 */
export const modelKinds = {
  moonshine: {
    purpose: 'ears',
    parts: {
      preprocessor: { patterns: [/^preprocess\.onnx$/] },
      encoder: { patterns: [/^encode\.int8\.onnx$/, /^encode\.onnx$/] },
      uncachedDecoder: { patterns: [/^uncached_decode\.int8\.onnx$/, /^uncached_decode\.onnx$/] },
      cachedDecoder: { patterns: [/^cached_decode\.int8\.onnx$/, /^cached_decode\.onnx$/] },
      tokens,
    },
  },
  'moonshine-merged': {
    purpose: 'ears',
    parts: {
      encoder: { patterns: [/^encoder_model\.(ort|onnx)$/] },
      mergedDecoder: { patterns: [/^decoder_model_merged\.(ort|onnx)$/] },
      tokens,
    },
  },
  whisper: {
    purpose: 'ears',
    parts: {
      encoder: { patterns: [/^[^/]*encoder\.int8\.onnx$/, /^[^/]*encoder\.onnx$/] },
      decoder: { patterns: [/^[^/]*decoder\.int8\.onnx$/, /^[^/]*decoder\.onnx$/] },
      tokens,
    },
  },
  'nemo-ctc': { purpose: 'ears', parts: { model: wholeModel, tokens } },
  'sense-voice': { purpose: 'ears', parts: { model: wholeModel, tokens } },
  paraformer: { purpose: 'ears', parts: { model: wholeModel, tokens } },
  transducer: { purpose: 'ears', parts: transducer },
  'nemo-transducer': { purpose: 'ears', parts: transducer },
  'streaming-transducer': { purpose: 'ears', parts: transducer },
  'streaming-ctc': { purpose: 'ears', parts: { model: wholeModel, tokens } },
  vits: {
    purpose: 'voice',
    parts: { model: wholeModel, tokens, dataDir: pronunciation, lexicon },
  },
  kokoro: {
    purpose: 'voice',
    parts: { model: wholeModel, voices, tokens, dataDir: pronunciation, lexicon },
  },
  kitten: {
    purpose: 'voice',
    parts: { model: wholeModel, voices, tokens, dataDir: pronunciation },
  },
} as const satisfies Record<
  string,
  { readonly purpose: ModelPurpose; readonly parts: Readonly<Record<string, ModelPart>> }
>;

/** What a model is for. */
export type ModelPurpose = 'ears' | 'voice';

/** An architecture that sherpa-onnx can run. */
export type ModelKind = keyof typeof modelKinds;

/** @returns whether a text names one of {@link modelKinds}. */
export function isModelKind(text: string): text is ModelKind {
  return Object.hasOwn(modelKinds, text);
}

/** Parts of a kind by role, in the order of the table. */
export function partsOf(kind: ModelKind): readonly (readonly [string, ModelPart])[] {
  return Object.entries<ModelPart>(modelKinds[kind].parts);
}
