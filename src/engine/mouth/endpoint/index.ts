export { createEndpointMouth } from './endpoint-mouth.ts';
export type { SpeechEndpoint } from './request-speech.ts';
