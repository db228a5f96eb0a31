export { createEars } from './ears.ts';
export { fakeEars } from './fake.ts';
export {
  earsRateHz,
  type Ears,
  type Recognizer,
  type RecognizerContext,
  type Transcript,
  type Utterance,
  type UtteranceOptions,
  type VoiceBoundary,
  type VoiceDetector,
  type VoiceDetectorSettings,
} from './port.ts';
export { editDistance } from './verdict.ts';
