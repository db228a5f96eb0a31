import type { ModelKind } from './kinds.ts';

/** A model that `switchboard models pull NAME` knows. */
export interface CatalogueEntry {
  /** What it is pulled and chosen by. */
  readonly name: string;
  readonly kind: ModelKind;
  /** BCP 47 languages. */
  readonly languages: readonly string[];
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  /** Of the archive to download. */
  readonly sizeBytes: number;
  readonly url: string;
  /** Of the archive, in hexadecimal; null where no sum is known: the first pull then records it. */
  readonly sha256: string | null;
  /** One line for the list. */
  readonly about: string;
}

const release = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

/**
 * Archives of k2-fsa/sherpa-onnx. Each sum was found published by at least two projects that had
 * computed it from the download (that of `sense-voice` by two that may share a source); the release's
 * tags are rolling, so the sum is the pin.
 */
export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'moonshine-tiny-en',
    kind: 'moonshine',
    languages: ['en'],
    licence: 'MIT',
    sizeBytes: 107_600_538,
    url: `${release}/asr-models/sherpa-onnx-moonshine-tiny-en-int8.tar.bz2`,
    sha256: 'd5fe6ec4334fef36255b2a4010412cad4c007e33103fec62fb5d17cad88086f2',
    about: 'short turns fast; words when the turn has ended',
  },
  {
    name: 'moonshine-base-en',
    kind: 'moonshine',
    languages: ['en'],
    licence: 'MIT',
    sizeBytes: 250_807_309,
    url: `${release}/asr-models/sherpa-onnx-moonshine-base-en-int8.tar.bz2`,
    sha256: '21870cecaa2e44e4e2bf63e02d1072bed183ccd10284871353bd9d24dad14e5e',
    about: 'fewer errors than tiny, twice the work',
  },
  {
    name: 'zipformer-en-20m',
    kind: 'streaming-transducer',
    languages: ['en'],
    licence: 'Apache-2.0',
    sizeBytes: 127_887_156,
    url: `${release}/asr-models/sherpa-onnx-streaming-zipformer-en-20M-2023-02-17.tar.bz2`,
    sha256: '9c559283e8498d3fe95913c79ca1cb454bb26281ac2b102b41306c7d752765d9',
    about: 'the smallest that hears while the caller speaks',
  },
  {
    name: 'zipformer-en',
    kind: 'streaming-transducer',
    languages: ['en'],
    licence: 'Apache-2.0',
    sizeBytes: 310_414_022,
    url: `${release}/asr-models/sherpa-onnx-streaming-zipformer-en-2023-06-26.tar.bz2`,
    sha256: '639e25b578e9e997131402199419c13a941f8e4e198e2da1ce57dbf5cf401282',
    about: 'hears while the caller speaks, with fewer errors',
  },
  {
    name: 'zipformer-en-kroko',
    kind: 'streaming-transducer',
    languages: ['en'],
    licence: 'CC-BY-SA-4.0',
    sizeBytes: 57_267_600,
    url: `${release}/asr-models/sherpa-onnx-streaming-zipformer-en-kroko-2025-08-06.tar.bz2`,
    sha256: 'c8676e5ff9ac2a85296e53ee0fd4d5fb1db6770e7a7647166eeafe349ade6834',
    about: 'a newer streaming model, small to download',
  },
  {
    name: 'whisper-tiny-en',
    kind: 'whisper',
    languages: ['en'],
    licence: 'MIT',
    sizeBytes: 118_071_777,
    url: `${release}/asr-models/sherpa-onnx-whisper-tiny.en.tar.bz2`,
    sha256: '2bd6cf965c8bb3e068ef9fa2191387ee63a9dfa2a4e37582a8109641c20005dd',
    about: 'each turn costs as much as one of 30 seconds',
  },
  {
    name: 'whisper-base-en',
    kind: 'whisper',
    languages: ['en'],
    licence: 'MIT',
    sizeBytes: 208_576_005,
    url: `${release}/asr-models/sherpa-onnx-whisper-base.en.tar.bz2`,
    sha256: '475bc7052ce299c007f6d5d5407ba8601f819a2867f6eecee510ed17df581542',
    about: 'fewer errors than tiny, slower',
  },
  {
    name: 'parakeet-110m-en',
    kind: 'nemo-ctc',
    languages: ['en'],
    licence: 'CC-BY-4.0',
    sizeBytes: 104_337_827,
    url: `${release}/asr-models/sherpa-onnx-nemo-parakeet_tdt_ctc_110m-en-36000-int8.tar.bz2`,
    sha256: '17f945007b52ccd8b7200ffc7c5652e9e8e961dfdf479cefcabd06cf5703630b',
    about: 'the best English of its size',
  },
  {
    name: 'sense-voice',
    kind: 'sense-voice',
    languages: ['zh', 'en', 'ja', 'ko', 'yue'],
    licence: 'LicenseRef-FunASR-Model',
    sizeBytes: 165_783_878,
    url: `${release}/asr-models/sherpa-onnx-sense-voice-zh-en-ja-ko-yue-int8-2025-09-09.tar.bz2`,
    sha256: '7305f7905bfcf77fa0b39388a313f3da35c68d971661a65475b56fb2162c8e63',
    about: 'five languages in one',
  },
  {
    name: 'piper-lessac',
    kind: 'vits',
    languages: ['en-US'],
    licence: 'LicenseRef-Blizzard-2013',
    sizeBytes: 67_230_653,
    url: `${release}/tts-models/vits-piper-en_US-lessac-medium.tar.bz2`,
    sha256: '9e3febfacf0abf4270172d2958bcec246032b7e88efc2720840cc80c93de334e',
    about: 'one clear voice, quick to speak',
  },
  {
    name: 'kokoro-en',
    kind: 'kokoro',
    languages: ['en-US', 'en-GB'],
    licence: 'Apache-2.0',
    sizeBytes: 103_248_205,
    url: `${release}/tts-models/kokoro-int8-en-v0_19.tar.bz2`,
    sha256: 'c9f0dd393615805b0bab050c340834d5e684e732aec91c0e860cd30e982c08bd',
    about: 'eleven natural voices; needs a fast machine',
  },
];

/** @returns the entry of that name, or undefined. */
export function catalogued(name: string): CatalogueEntry | undefined {
  return catalogue.find((entry) => entry.name === name);
}
