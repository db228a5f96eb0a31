export { createVonage, type VonageOptions } from './vonage.ts';
