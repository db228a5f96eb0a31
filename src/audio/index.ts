export { AudioPiece } from './audio-piece.ts';
export { openAudioConverter, type AudioConverter } from './converter.ts';
export { formatFacts, type AudioFormat, type FormatFacts } from './format.ts';
export { decodeG711, encodeG711, type G711Format } from './g711.ts';
export {
  createPlayout,
  frameSamples,
  playoutRateHz,
  type Playout,
  type PlayoutOptions,
} from './pacing.ts';
export {
  bytesToPcm,
  concatPcm,
  levelDbfs,
  mixToMono,
  pcmToBytes,
  peakOf,
  withGain,
} from './pcm.ts';
export { createRecording, type Recording } from './recording.ts';
export {
  loadResampler,
  type CreateResampler,
  type Resampler,
  type ResamplerOptions,
} from './resample.ts';
export { overTelephone, throughTelephone } from './telephone-line.ts';
export { readWav, writeWav, type WavAudio } from './wav.ts';
