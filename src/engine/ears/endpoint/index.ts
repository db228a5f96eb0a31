export { createEndpointEars } from './endpoint-ears.ts';
export type { TranscriptionEndpoint } from './transcribe.ts';
