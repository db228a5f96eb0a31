import { correctedTo } from './corrections.ts';
import { spelledRuns } from './identifiers.ts';

/** What became of a telephone number. `part` are the digits of one that is not whole yet. */
export type PhoneReading =
  | { readonly found: 'whole'; readonly digits: string }
  | { readonly found: 'part'; readonly part: string }
  | { readonly found: 'nothing' };

const leastDigits = 7;
const mostDigits = 15;

/** Calling codes and the digit dialled before national numbers, by the zones they are used in. */
const dialling: readonly (readonly [RegExp, code: string, trunk: string])[] = [
  [/^Europe\/(?:London|Belfast|Jersey|Guernsey|Isle_of_Man)$|^GB/, '44', '0'],
  [/^Europe\/Dublin$/, '353', '0'],
  [/^Europe\/Berlin$/, '49', '0'],
  [/^Europe\/Paris$/, '33', '0'],
  [/^Europe\/Amsterdam$/, '31', '0'],
  [/^Europe\/Brussels$/, '32', '0'],
  [/^Europe\/Vienna$/, '43', '0'],
  [/^Europe\/Zurich$/, '41', '0'],
  [/^Europe\/Madrid$/, '34', ''],
  [/^Europe\/Lisbon$/, '351', ''],
  [/^Europe\/Rome$/, '39', ''],
  [/^Europe\/Copenhagen$/, '45', ''],
  [/^Europe\/Oslo$/, '47', ''],
  [/^Europe\/Stockholm$/, '46', '0'],
  [/^Europe\/Warsaw$/, '48', ''],
  [/^Australia\//, '61', '0'],
  [/^Pacific\/Auckland$/, '64', '0'],
  [/^Asia\/(?:Kolkata|Calcutta)$/, '91', '0'],
  [
    /^(?:US\/|Canada\/|America\/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Anchorage|Boise|Toronto|Vancouver|Montreal|Edmonton|Winnipeg|Halifax|Indiana|Kentucky))/,
    '1',
    '1?',
  ],
];

/**
 * A telephone number as it is dialled: digits, with a plus before a country code that was said.
 *
 * @param options.heardBefore digits of an earlier attempt, tried in front of what is heard now.
 */
export function phoneIn(
  text: string,
  options: { readonly expected: boolean; readonly heardBefore?: string },
): PhoneReading {
  const tail = correctedTo(text);
  const corrected = tail === undefined ? undefined : read(tail, options);
  return corrected?.found === 'whole' ? corrected : read(text, options);
}

/** Money and other large numbers, which nobody dials. */
const large =
  /\b(?:(?:and|an?|half|\d+|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)[ -]+)+(?:thousand|million|grand)\b/gi;

function read(
  text: string,
  options: { readonly expected: boolean; readonly heardBefore?: string },
): PhoneReading {
  const { heardBefore = '' } = options;
  const isForeign = /\bplus\b|\+\s*\d/i.test(text);
  const grouped = text
    .replaceAll(large, ' ')
    .replaceAll(/\bplus\b|\+/gi, ' ')
    .replaceAll(/(?<=\d)[\s().-]+(?=\d)/g, '')
    .replaceAll(/\b(\w+) hundred(?= |$)/gi, '$1 oh oh');
  const runs = spelledRuns(grouped).map((run) =>
    (run.find((one) => /^\d+$/.test(one)) ?? '').replaceAll(/\D/g, ''),
  );
  const best = runs.toSorted((a, b) => b.length - a.length)[0] ?? '';
  const isWhole = (digits: string): boolean =>
    digits.length >= leastDigits && digits.length <= mostDigits;
  const sign = isForeign ? '+' : '';
  if (isWhole(best) && heardBefore === '') return { found: 'whole', digits: sign + best };
  const joined = heardBefore + sign + best;
  // A whole number said anew stands for itself; what only ends one is put behind its beginning.
  if (best.length >= 9) return { found: 'whole', digits: sign + best };
  if (best !== '' && isWhole(joined.replace('+', ''))) return { found: 'whole', digits: joined };
  return best.length >= 3 && options.expected
    ? { found: 'part', part: sign + best }
    : { found: 'nothing' };
}

/**
 * With its country code: a national number becomes an international one where the zone says which
 * country is called from.
 */
export function internationally(digits: string, timeZone: string | undefined): string | undefined {
  if (digits.startsWith('+')) return digits;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  const country = dialling.find(([zone]) => zone.test(timeZone ?? ''));
  if (!country) return undefined;
  const [, code, trunk] = country;
  return `+${code}${trunk === '' ? digits : digits.replace(new RegExp(`^${trunk}`), '')}`;
}
