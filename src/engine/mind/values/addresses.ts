import { numberAt } from './numbers.ts';
import { freeTextIn } from './free-text.ts';

const lead =
  /^(?:(?:my|the|our|your) (?:home |delivery |postal )?address (?:is|would be)|(?:i|we) live (?:at|on|in)|(?:i'm|we're|we are|i am|it's|it is|that's|that is)(?: (?:at|on|in))?|at) +/i;
/** As far as the street: what follows it came along with other things. */
const street =
  /^.*?\b(?:road|street|lane|avenue|close|drive|way|square|court|place|terrace|hill|gardens?|crescent|row|boulevard|park|mews|grove|walk|rd|st|ave)\b(?! (?:road|street|lane|avenue|close|drive|way|square|court|place|terrace|gardens?)\b)/i;
const units = /^(?:flat|apartment|unit|suite|floor|room|house|number|apt|lot|block)$/i;

/** "At forty two mill street": a number, a name and what it is. */
const numbered =
  /\b(?:at|to|from|is|it's|address) ((?:(?:\d+[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|and|a)[ ,-]+)+(?:(?!to\b|on\b|at\b|for\b|and\b|in\b|the\b)[a-z']+ ){1,3}?(?:road|street|lane|avenue|close|drive|way|square|court|place|terrace|hill|gardens?|crescent|row|boulevard|mews|grove|rd|st|ave))\b/i;

/** An address as it is written: numbers in figures, words with capital letters. */
export function addressIn(text: string, expected: boolean): string | undefined {
  const cue = /\b(?:my|our|the) (?:\w+ )?address is (.+)$|\b(?:i|we) live (?:at|on) (.+)$/i.exec(
    text,
  );
  const told = cue?.[1] ?? cue?.[2] ?? numbered.exec(text)?.[1];
  const said = expected ? freeTextIn(text, true) : told && (street.exec(told)?.[0] ?? told);
  if (said === undefined) return undefined;
  const bare = said.replace(lead, '').replace(/[,.]? (?:please|thanks|thank you)[.!]?$/i, '');
  const words = bare.split(/\s+/).filter((word) => word !== '');
  const written: string[] = [];
  for (let index = 0; index < words.length;) {
    const comma = (words[index] ?? '').endsWith(',') ? ',' : '';
    const plainWords = words.map((word) => word.replace(/[,.]$/, '').toLowerCase());
    const number = /^[a-z]/i.test(words[index] ?? '') ? numberAt(plainWords, index) : undefined;
    if (number) {
      const last = words[number.end - 1] ?? '';
      written.push(`${number.value}${last.endsWith(',') ? ',' : ''}`);
      index = number.end;
      continue;
    }
    const word = words[index]?.replace(/,$/, '') ?? '';
    const isSmall = /^(?:of|the|and|in|on|at|upon|de|la)$/i.test(word);
    written.push((isSmall || units.test(word) ? word : capital(word)) + comma);
    index += 1;
  }
  const address = written.join(' ');
  return address === '' ? undefined : address;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
