import { correctedTo, isContrasting } from './corrections.ts';
import { numbersAmong, type CountedNumber } from './numbers.ts';

const major = /^(?:pounds?|dollars?|euros?|quid|bucks?|francs?|crowns?|sterling)$/;
const minor = /^(?:pence|p|cents?|pennies|penny)$/;

/** The words for coins and notes that are amounts by themselves. */
const slang: readonly (readonly [RegExp, string])[] = [
  [/\ba fiver\b/gi, 'five pounds'],
  [/\ba tenner\b/gi, 'ten pounds'],
  [/\b(?:a pound|a dollar|a euro)\b/gi, 'one pound'],
  [/\b(\w+) tenners\b/gi, '$1 times ten pounds'],
];

/**
 * An amount of money in whole units of its currency: "three pounds fifty", "ninety nine pence",
 * "twelve ninety nine".
 *
 * @param options.expected it was asked for: a bare number counts.
 */
export function amountIn(
  text: string,
  options: { readonly expected: boolean },
): number | undefined {
  const tail = correctedTo(text);
  const corrected = tail === undefined ? undefined : amountOf(tail, options.expected);
  return corrected ?? amountOf(text, options.expected);
}

function amountOf(text: string, expected: boolean): number | undefined {
  const said = slang.reduce((all, [shape, words]) => all.replaceAll(shape, words), text);
  const numbers = numbersAmong(said, { longestRow: 6 });
  const amounts: number[] = [];
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index];
    if (!number) continue;
    const { value, after } = number;
    const next = numbers[index + 1];
    const signed = new RegExp(String.raw`[$£€]\s*${value}\b`).test(
      said.replaceAll(/,(?=\d{3})/g, ''),
    );
    const unit = after[0] ?? '';
    if (minor.test(unit)) {
      amounts.push(value / 100);
    } else if (major.test(unit) && next && isSmallCoin(number, next)) {
      amounts.push(value + next.value / 100);
      index += 1;
    } else if (major.test(unit) || signed) amounts.push(value);
    else if (
      expected &&
      next?.start === number.end &&
      isCents(next) &&
      Number.isInteger(value) &&
      !isContrasting(text)
    ) {
      amounts.push(value + next.value / 100); // "twelve ninety nine"
      index += 1;
    } else if (expected) amounts.push(value);
  }
  const wanted = isContrasting(text) ? amounts.at(-1) : amounts[0];
  return wanted === undefined ? undefined : Math.round(wanted * 100) / 100;
}

const isCents = ({ value }: CountedNumber): boolean =>
  Number.isInteger(value) && value >= 10 && value < 100;

/** "Pounds fifty", "pounds and fifty pence": the rest of the same amount. */
function isSmallCoin(whole: CountedNumber, next: CountedNumber): boolean {
  const between = next.start - whole.end;
  if (!Number.isInteger(next.value) || next.value >= 100) return false;
  const isNamed = minor.test(next.after[0] ?? '');
  return between === 1 ? isNamed || isCents(next) : between === 2 && isNamed;
}
