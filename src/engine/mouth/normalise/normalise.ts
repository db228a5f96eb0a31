import { expandAbbreviations } from './abbreviations.ts';
import { speakContacts } from './contacts.ts';
import { speakDates } from './dates.ts';
import { speakIdentifiers } from './identifiers.ts';
import { onlySpeakable, stripMarkup } from './markup.ts';
import { speakMoney } from './money.ts';
import { speakNumbers } from './numbers.ts';
import { speakTimes } from './times.ts';

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
    (value) => speakDates(value, options.thisYear),
    speakMoney,
    speakTimes,
    speakIdentifiers,
    speakContacts,
    expandAbbreviations,
    speakNumbers,
    onlySpeakable,
  ];
  return steps.reduce((result, step) => step(result), text);
}
