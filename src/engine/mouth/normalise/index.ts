export { normalise } from './normalise.ts';
export { digitByDigit } from './numbers.ts';
