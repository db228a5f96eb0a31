const notKeys = /[^0-9*#]/g;
/** As long as card numbers are. @see ISO/IEC 7812-1 */
const cardLengths = { least: 13, most: 19 };
/** What payment cards begin with. */
const cardBegins = /^[2-6]/;
/** Most cards have 16 digits: more than that may be one with its expiry or its code behind it. */
const usualLength = 16;

/** The keys of a telephone in what a channel was told; anything else (A to D, flashes) is left out. */
export function keysIn(pressed: string): string {
  return pressed.replace(notKeys, '');
}

/** What an agent is told: a sentence to a model, and digits one by one to whatever reads numbers. */
export function keyedWords(keys: string): string {
  return `[The caller pressed ${keys.split('').join(' ')}]`;
}

/** What an agent is told of keys that were a card's number. */
export const cardKeyedWords =
  '[The caller pressed the number of a card. It was not kept, and nobody here may have it.]';

/** Keys as they may be shown where they were not kept: how many, not which. */
export function hiddenKeys(count: number): string {
  return '•'.repeat(count);
}

/**
 * Whether keys are the number of a payment card: as long as one, with a check digit that is right; or
 * begin with one, when expiry or code were pressed in one go with it.
 */
export function isCardNumber(keys: string): boolean {
  const digits = keys.replace(/[*#]/g, '');
  const { least, most } = cardLengths;
  const isAsLong = digits.length >= least && digits.length <= most;
  if (isAsLong && hasCheckDigit(digits)) return true;
  if (digits.length <= usualLength || !cardBegins.test(digits)) return false;
  for (let length = least; length <= most && length < digits.length; length++) {
    if (hasCheckDigit(digits.slice(0, length))) return true;
  }
  return false;
}

/** By the formula of Luhn. */
function hasCheckDigit(digits: string): boolean {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
