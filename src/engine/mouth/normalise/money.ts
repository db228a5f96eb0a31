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
const yen = { one: 'yen', many: 'yen', smallOne: 'sen', smallMany: 'sen' };
const currencies: Readonly<Record<string, Currency>> = {
  $: dollar,
  USD: dollar,
  '£': pound,
  GBP: pound,
  '€': euro,
  EUR: euro,
  '¥': yen,
  JPY: yen,
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
  String.raw`([-−+])?([£$€¥]|\b(?:USD|GBP|EUR|JPY)\s)\s?${amount}${size}`,
  'gi',
);
const signLast = new RegExp(
  String.raw`()(?<![\d.,])${amount}${size}\s?([£$€¥]|(?:USD|GBP|EUR|JPY)\b)`,
  'gi',
);

const range = new RegExp(
  String.raw`([£$€¥])\s?(\d+(?:,\d{3})*(?:\.\d{2})?)\s?[-–—]\s?[£$€¥]?\s?(?=\d)`,
  'g',
);
const decimalComma = /(?<![\d.,])(\d{1,6}),(\d{2})(?=\s?€)/g;
const smallCoins = /(?<![\w.,])(\d{1,2})(p|c|¢)(?![\w-])/g;
/** After an amount of money, "/" is "per". */
const per =
  /((?:dollar|pound|euro|cent)s?|pence|penny|thousand|million)\s*\/\s*(?=(?:hour|day|night|week|month|year|person|head|mile|unit|item)\b)/g;
/** "a £25 voucher" is one of pounds, not several pounds. */
const before = /\b(?:an?|one|your|the|this|that|each|our)\s$/i;
const after =
  /^\s*(?:vouchers?|deposits?|fees?|charges?|discounts?|gift|notes?|bills?|invoices?|payments?|refunds?|fines?|excess|minimum|limit|credits?|coupons?|surcharge|cancellation|call-out|booking)\b/i;

/** "$120.00" → "one hundred and twenty dollars", "£20–£30" → "twenty to thirty pounds". */
export function speakMoney(text: string): string {
  return text
    .replace(decimalComma, '$1.$2')
    .replace(range, (_all, sign: string, low: string) => `${amountWords(low)} to ${sign}`)
    .replace(signFirst, (...match: readonly unknown[]) => {
      // A match, its five groups, its place, and the text it is in.
      const [all, minus, sign, whole, fraction, scale] = match as readonly string[];
      const [at, source] = match.slice(-2) as [number, string];
      const describes =
        before.test(source.slice(0, at)) && after.test(source.slice(at + (all ?? '').length));
      return moneyWords({
        minus,
        sign: sign ?? '',
        whole: whole ?? '',
        fraction,
        scale,
        describes,
      });
    })
    .replace(
      signLast,
      (_all, minus: Part, whole: string, fraction: Part, scale: Part, sign: string) =>
        moneyWords({ minus, sign, whole, fraction, scale, describes: false }),
    )
    .replace(smallCoins, (_all, count: string, coin: string) => {
      const { smallOne, smallMany } = coin === 'p' ? pound : dollar;
      return `${cardinal(Number(count))} ${count === '1' ? smallOne : smallMany}`;
    })
    .replace(per, '$1 per ');
}

function amountWords(written: string): string {
  const [whole = '0', fraction] = written.replaceAll(',', '').split('.');
  const small = Number(fraction ?? 0);
  return cardinal(Number(whole)) + (small > 0 ? ` point ${digitByDigit(fraction ?? '')}` : '');
}

function moneyWords(found: {
  /** A sign before it, if any. */
  readonly minus: string | undefined;
  readonly sign: string;
  readonly whole: string;
  readonly fraction: string | undefined;
  readonly scale: string | undefined;
  /** It says what kind of thing follows. */
  readonly describes: boolean;
}): string {
  const currency = currencies[found.sign.trim().toUpperCase()] ?? dollar;
  const whole = Number(found.whole.replaceAll(',', ''));
  const words = found.minus ? [found.minus === '+' ? 'plus' : 'minus'] : [];
  const scale = found.scale && sizes[found.scale.toLowerCase()];
  if (scale) {
    const decimals = found.fraction ? ` point ${digitByDigit(found.fraction)}` : '';
    return ` ${[...words, `${cardinal(whole)}${decimals}`, scale, currency.many].join(' ')} `;
  }
  const small = Number((found.fraction ?? '0').padEnd(2, '0'));
  if (whole > 0 || small === 0) {
    words.push(cardinal(whole), whole === 1 || found.describes ? currency.one : currency.many);
  }
  if (whole > 0 && small > 0) words.push('and');
  if (small > 0) words.push(cardinal(small), small === 1 ? currency.smallOne : currency.smallMany);
  return ` ${words.join(' ')} `;
}
