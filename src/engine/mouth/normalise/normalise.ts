import { expandAbbreviations, speakSigns } from './abbreviations.ts';
import { speakAddresses, speakPhones } from './contacts.ts';
import { speakDates } from './dates.ts';
import { speakFractions } from './fractions.ts';
import { speakIdentifiers } from './identifiers.ts';
import { spellInitialisms } from './initialisms.ts';
import { onlySpeakable, stripMarkup } from './markup.ts';
import { speakMoney } from './money.ts';
import { speakNumbers } from './numbers.ts';
import { speakRomanNumerals } from './roman-numerals.ts';
import { speakTimes } from './times.ts';
import { speakUnits } from './units.ts';

/**
 * Written English as words to be spoken: no digits, signs or markup remain.
 *
 * The order matters: what has the most specific shape goes first, because each rule removes its
 * digits from what the later ones see.
 *
 * @param options.thisYear the current year; decides whether a date's year needs saying.
 * @returns empty when there is nothing to say.
 */
export function normalise(text: string, options: { readonly thisYear: number }): string {
  const steps: readonly ((text: string) => string)[] = [
    stripMarkup,
    speakAddresses,
    expandAbbreviations,
    (value) => speakDates(value, options.thisYear),
    speakMoney,
    speakTimes,
    speakRomanNumerals,
    speakIdentifiers,
    speakPhones,
    speakFractions,
    speakUnits,
    spellInitialisms,
    speakSigns,
    speakNumbers,
    onlySpeakable,
  ];
  return steps.reduce((result, step) => step(result), text);
}
