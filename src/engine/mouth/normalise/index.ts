export { visibleText } from './markup.ts';
export { normalise } from './normalise.ts';
export { digitByDigit } from './numbers.ts';
