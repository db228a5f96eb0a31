import { wordsOf, plain } from '../language/index.ts';
import { numberAt } from './numbers.ts';

/** How many nights a stay has: "three nights", "for a week", "tonight". */
export function nightsIn(text: string): number | undefined {
  const words = wordsOf(text);
  for (let index = 0; index < words.length; index += 1) {
    const number = /^an?$/.test(words[index] ?? '')
      ? { value: 1, end: index + 1 }
      : numberAt(words, index);
    const unit = number && words[number.end];
    if (!number || unit === undefined) continue;
    if (/^nights?$/.test(unit)) return number.value;
    if (/^weeks?$/.test(unit) && words[index - 1] === 'for') return number.value * 7;
    if (/^days?$/.test(unit) && words[index - 1] === 'for') return number.value;
  }
  return /\b(?:tonight|(?:tomorrow|\w+day) night)\b/.test(plain(text)) ? 1 : undefined;
}

const notPlaces =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|total|advance|general|touch|time|person|cash|full|stock|case|fact|need|mind|particular|front|there|here|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?$/;

/** A part of the world by its name: "in Clifton". */
export function areaIn(text: string): string | undefined {
  const named =
    /\b(?:in|around|near|to|at) ((?:the )?[A-Z][\w'-]+(?: (?:of |the |upon )?[A-Z][\w'-]+){0,2})/.exec(
      text,
    )?.[1];
  if (named !== undefined && !notPlaces.test(named.toLowerCase())) return named;
  const said =
    /\b(?:in|around|near|round) ((?:the )?[a-z][a-z'-]+(?: [a-z'-]+)??)(?= (?:for|up|under|with|at|on|and|that|which|please|from|by|within|no|not|less|below|or|if|somewhere|our|my|we|i|it|is|has|have|budget)\b|[,.!?]|$)/.exec(
      text,
    )?.[1];
  if (said === undefined || /^(?:an?|my|our|your|this|that|it|one|two|three)\b/.test(said))
    return undefined;
  const bare = said.replace(/^the /, '');
  const [first = ''] = bare.split(' ');
  return notPlaces.test(first) ||
    /^(?:morning|afternoon|evening|week|weekend|month|year|day|house|car|moment)/.test(bare)
    ? undefined
    : said;
}
