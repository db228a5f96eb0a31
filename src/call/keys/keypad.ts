const notKeys = /[^0-9*#]/g;
/** As long as card numbers are. @see ISO/IEC 7812-1 */
const cardDigits = /^\d{13,19}$/;

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

/** Whether keys are the number of a payment card: as long as one, with a check digit that is right. */
export function isCardNumber(keys: string): boolean {
  const digits = keys.replace(/[*#]/g, '');
  if (!cardDigits.test(digits)) return false;
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
