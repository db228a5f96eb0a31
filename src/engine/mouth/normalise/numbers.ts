const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales = [
  [1_000_000_000, 'billion'],
  [1_000_000, 'million'],
  [1_000, 'thousand'],
] as const;
const irregularOrdinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** A whole number in words, the British way: 120 → "one hundred and twenty". Below a trillion. */
export function cardinal(value: number): string {
  for (const [size, name] of scales) {
    if (value < size) continue;
    const rest = value % size;
    const head = `${cardinal(Math.floor(value / size))} ${name}`;
    if (rest === 0) return head;
    return `${head} ${rest < 100 ? 'and ' : ''}${cardinal(rest)}`;
  }
  if (value >= 100) {
    const rest = value % 100;
    const head = `${ones[Math.floor(value / 100)]} hundred`;
    return rest === 0 ? head : `${head} and ${cardinal(rest)}`;
  }
  if (value >= 20) {
    const rest = value % 10;
    const head = tens[Math.floor(value / 10)] ?? '';
    return rest === 0 ? head : `${head} ${ones[rest]}`;
  }
  return ones[value] ?? '';
}

/** 1 → "first", 22 → "twenty second". */
export function ordinal(value: number): string {
  const words = cardinal(value).split(' ');
  const last = words.pop() ?? '';
  const ending =
    irregularOrdinals[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return [...words, ending].join(' ');
}

/** Each digit by its name: "042" → "zero four two". */
export function digitByDigit(digits: string): string {
  return Array.from(digits, (digit) => ones[Number(digit)]).join(' ');
}

/** A year as spoken: 2026 → "twenty twenty six", 2005 → "two thousand and five". */
export function yearWords(year: number): string {
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (year < 1_000 || (rest < 10 && century % 10 === 0)) return cardinal(year);
  if (rest === 0) return `${cardinal(century)} hundred`;
  return `${cardinal(century)} ${rest < 10 ? `oh ${cardinal(rest)}` : cardinal(rest)}`;
}

/** Longest run of digits still read as an amount; longer ones are identifiers. */
const longestAmount = 6;

/**
 * Whatever digits the other rules left over: ordinals, percentages, decimals, ranges, amounts.
 * A leading zero or a long run marks an identifier, which is read digit by digit.
 */
export function speakNumbers(text: string): string {
  return text
    .replace(/\b(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b/gi, (_all, digits: string) =>
      ordinal(Number(digits.replaceAll(',', ''))),
    )
    .replace(/(\d)\s?(?:-|–|—)\s?(?=\d)/g, '$1 to ')
    .replace(/(^|[\s(])[-−](?=\d)/g, '$1minus ')
    .replace(/(\d)\s?%/g, '$1 percent')
    .replace(/(\d)\s?°\s?([CF])?\b/g, '$1 degrees ')
    .replace(/\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g, (found) => ` ${numberWords(found)} `);
}

function numberWords(found: string): string {
  const [whole = '', fraction] = found.replaceAll(',', '').split('.');
  const identifier =
    (whole.length > 1 && whole.startsWith('0')) ||
    (whole.length > longestAmount && !found.includes(','));
  const head = identifier ? digitGroups(whole) : cardinal(Number(whole));
  return fraction === undefined ? head : `${head} point ${digitByDigit(fraction)}`;
}

/** Digits one by one, with a comma's pause between groups of three or four. */
export function digitGroups(digits: string): string {
  return groupSizes(digits.length)
    .reduce<{ readonly at: number; readonly groups: readonly string[] }>(
      ({ at, groups }, size) => ({
        at: at + size,
        groups: [...groups, digitByDigit(digits.slice(at, at + size))],
      }),
      { at: 0, groups: [] },
    )
    .groups.join(', ');
}

/** Threes, ending in one or two fours: 7 → 3+4, 8 → 4+4, 10 → 3+3+4. Up to 4, and 5, stay as they are heard best. */
function groupSizes(length: number): number[] {
  if (length <= 4) return [length];
  if (length === 5) return [2, 3];
  const fours = length % 3;
  const threes = (length - fours * 4) / 3;
  return [...Array<number>(threes).fill(3), ...Array<number>(fours).fill(4)];
}
