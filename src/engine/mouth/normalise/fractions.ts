import { cardinal, ordinal } from './numbers.ts';

/** Said as "out of": marks and ratings. */
const scales = new Set([5, 10, 100]);
const written = /(?<![\d/.,])(?:(\d+)\s)?(\d{1,2})\/(\d{1,3})(?![\d/])/g;

/** "½" and "1/2" → "a half", "2 1/2" → "2 and a half", "4/5" → "four out of five". */
export function speakFractions(text: string): string {
  return text
    .replace(/(\d?)([\u00bc-\u00be\u2150-\u215e])/g, (_all, whole: string, sign: string) => {
      const parts = sign.normalize('NFKD').replace('\u2044', '/');
      return `${whole ? `${whole} ` : ''}${parts}`;
    })
    .replace(/\b24\/7\b/g, 'twenty four seven')
    .replace(written, (all: string, whole: string | undefined, upper: string, lower: string) => {
      const [over, under] = [Number(upper), Number(lower)];
      const spoken = fractionWords(over, under);
      if (!spoken) return all;
      return whole === undefined ? spoken : `${whole} and ${spoken}`;
    });
}

function fractionWords(over: number, under: number): string | undefined {
  if (scales.has(under) && over <= under) return `${cardinal(over)} out of ${cardinal(under)}`;
  if (over >= under || under > 16 || over === 0) return undefined;
  if (under === 2) return 'a half';
  const part = under === 4 ? 'quarter' : ordinal(under);
  return over === 1 ? `a ${part}` : `${cardinal(over)} ${part}s`;
}
