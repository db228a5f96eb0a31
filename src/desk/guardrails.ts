import type { OutputGuardrail } from './guardrail.ts';

/**
 * Forbids words, such as promises or claims.
 *
 * @param name for the trail, e.g. `no_promises`
 * @param patterns looked for in what an agent says; plain texts as whole words, whatever their case
 * @param say what the caller hears instead
 */
export function forbidWords(
  name: string,
  patterns: readonly (string | RegExp)[],
  say: string,
): OutputGuardrail {
  const wanted = patterns.map((pattern) =>
    typeof pattern === 'string'
      ? wholeWords(pattern)
      : new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, '')),
  );
  return {
    name,
    say,
    check(text) {
      for (const pattern of wanted) {
        const found = pattern.exec(text)?.[0];
        if (found !== undefined) return `You must not say "${found}".`;
      }
      return null;
    },
  };
}

function wholeWords(text: string): RegExp {
  const escaped = text
    .trim()
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\s+/g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu');
}

/**
 * Forbids amounts of money that neither the agent's instructions nor a tool's result of this call has.
 * Amounts in digits, with a sign or the name of a currency; amounts in words are not recognised.
 *
 * @param say what the caller hears instead, e.g. `Let me check that amount.`
 */
export function onlyKnownPrices(say: string): OutputGuardrail {
  return {
    name: 'only_known_prices',
    say,
    check(text, { complete, sources }) {
      const amounts = amountsIn(text, complete);
      if (amounts.length === 0) return null;
      const known = new Set(sources.flatMap(numbersIn));
      const unknown = amounts.find(
        // Databases keep cents.
        ({ value }) => !known.has(value) && !known.has(Math.round(value * 100)),
      );
      return unknown
        ? `No tool and no instruction has given you the amount "${unknown.written}".`
        : null;
    },
  };
}

const digits = String.raw`\d[\d,.]*`;
const signed = new RegExp(String.raw`[$€£]\s?(${digits})`, 'gu');
const named = new RegExp(
  String.raw`(${digits})\s?(?:€|£|dollars?|euros?|pounds?|cents?|usd|eur|gbp)(?![\p{L}])`,
  'giu',
);

interface Amount {
  readonly written: string;
  readonly value: number;
}

/** Amounts whose last digit is sure to have been said. */
function amountsIn(text: string, complete: boolean): readonly Amount[] {
  const found: Amount[] = [];
  for (const pattern of [signed, named]) {
    for (const match of text.matchAll(pattern)) {
      const [written, number = ''] = match;
      const isOpen = match.index + written.length >= text.length;
      if (isOpen && !complete) continue;
      const value = numberOf(number);
      // "50 cents" are half of a dollar.
      const inCents = /cents?$/i.test(written);
      if (value !== null)
        found.push({ written: written.trim(), value: inCents ? value / 100 : value });
    }
  }
  return found;
}

function numbersIn(source: string): number[] {
  return [...source.matchAll(new RegExp(digits, 'gu'))].flatMap(
    ([number]) => numberOf(number) ?? [],
  );
}

/** `1,200.50`, `1.200,50`, `86.` */
function numberOf(written: string): number | null {
  const plain = written.replace(/[.,]+$/, '');
  const decimals = /[.,](\d{1,2})$/.exec(plain)?.[1];
  const whole = decimals === undefined ? plain : plain.slice(0, -decimals.length - 1);
  const value = Number(`${whole.replaceAll(/[.,]/g, '')}.${decimals ?? '0'}`);
  return Number.isFinite(value) ? value : null;
}
