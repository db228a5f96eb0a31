import { cardinal, digitByDigit } from './numbers.ts';

interface Currency {
  readonly one: string;
  readonly many: string;
  readonly smallOne: string;
  readonly smallMany: string;
}

const dollar = { one: 'dollar', many: 'dollars', smallOne: 'cent', smallMany: 'cents' };
const pound = { one: 'pound', many: 'pounds', smallOne: 'penny', smallMany: 'pence' };
const euro = { one: 'euro', many: 'euros', smallOne: 'cent', smallMany: 'cents' };
const currencies: Readonly<Record<string, Currency>> = {
  $: dollar,
  USD: dollar,
  '£': pound,
  GBP: pound,
  '€': euro,
  EUR: euro,
};
const sizes: Readonly<Record<string, string>> = {
  k: 'thousand',
  m: 'million',
  bn: 'billion',
  thousand: 'thousand',
  million: 'million',
  billion: 'billion',
};

/** A part of a match that may be absent. */
type Part = string | undefined;

const amount = String.raw`(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?!\d)`;
const size = String.raw`(?:\s?(k|m|bn|thousand|million|billion)\b)?`;
const signFirst = new RegExp(
  String.raw`([-−])?([£$€]|\b(?:USD|GBP|EUR)\s)\s?${amount}${size}`,
  'gi',
);
const signLast = new RegExp(
  String.raw`()(?<![\d.,])${amount}${size}\s?([£$€]|(?:USD|GBP|EUR)\b)`,
  'gi',
);

/** "$120.00" → "one hundred and twenty dollars", "£7.05" → "seven pounds and five pence". */
export function speakMoney(text: string): string {
  return text
    .replace(
      signFirst,
      (_all, minus: Part, sign: string, whole: string, fraction: Part, scale: Part) =>
        moneyWords({ minus, sign, whole, fraction, scale }),
    )
    .replace(
      signLast,
      (_all, minus: Part, whole: string, fraction: Part, scale: Part, sign: string) =>
        moneyWords({ minus, sign, whole, fraction, scale }),
    );
}

function moneyWords(found: {
  readonly minus: string | undefined;
  readonly sign: string;
  readonly whole: string;
  readonly fraction: string | undefined;
  readonly scale: string | undefined;
}): string {
  const currency = currencies[found.sign.trim().toUpperCase()] ?? dollar;
  const whole = Number(found.whole.replaceAll(',', ''));
  const words = found.minus ? ['minus'] : [];
  const scale = found.scale && sizes[found.scale.toLowerCase()];
  if (scale) {
    const decimals = found.fraction ? ` point ${digitByDigit(found.fraction)}` : '';
    return ` ${[...words, `${cardinal(whole)}${decimals}`, scale, currency.many].join(' ')} `;
  }
  const small = Number((found.fraction ?? '0').padEnd(2, '0'));
  if (whole > 0 || small === 0) {
    words.push(cardinal(whole), whole === 1 ? currency.one : currency.many);
  }
  if (whole > 0 && small > 0) words.push('and');
  if (small > 0) words.push(cardinal(small), small === 1 ? currency.smallOne : currency.smallMany);
  return ` ${words.join(' ')} `;
}
