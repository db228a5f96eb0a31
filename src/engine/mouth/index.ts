export { fakeMouth } from './fake.ts';
export { createFliteMouth, type FliteMouthOptions } from './flite.ts';
export { mouthRateHz, type Mouth, type SpokenChunk } from './port.ts';
export { voiceNames } from './voices.ts';
