export { vonagePaths } from './ncco.ts';
export { createSignatureCheck, type SignatureCheck } from './signature.ts';
export {
  createVonageLine,
  type VonageLine,
  type VonageLineOptions,
  type VonageRequest,
} from './vonage-line.ts';
