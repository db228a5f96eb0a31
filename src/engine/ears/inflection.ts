/** Endings that turn what one does into what one speaks of: to book, a booking; to pay, a payment. */
const nounEndings = ['ing', 'ings', 'ment', 'ments', 'ation', 'ations', 'al'];

const irregular: Readonly<Record<string, string>> = {
  ...{ pay: 'paid', send: 'sent', find: 'found', make: 'made', get: 'got', buy: 'bought' },
  ...{ take: 'taken', give: 'given', lose: 'lost', sell: 'sold', break: 'broken', leave: 'left' },
  ...{ bring: 'brought', hold: 'held', keep: 'kept', meet: 'met', tell: 'told', speak: 'spoken' },
  ...{ choose: 'chosen', write: 'written', drive: 'driven', steal: 'stolen', see: 'seen' },
};

/** Other forms of a word, as callers use them. */
export interface Inflections {
  /** The word as it stands in “to …”, or null when it cannot be one that is done. */
  readonly verb: string | null;
  /** `booked`, for `book`. */
  readonly past: string | null;
  /** `booking`, `bookings`, for `book`. */
  readonly nouns: readonly string[];
}

/**
 * Finds a word's relatives by the rules of English spelling, as far as the dictionary has them.
 *
 * @param known whether the dictionary lists a word.
 */
export function inflect(word: string, known: (word: string) => boolean): Inflections {
  const base = baseOf(word, known);
  const form = (ending: string): string | null =>
    joined(base, ending).find((one) => one !== word && known(one)) ?? null;
  const [doing, past] = [form('ing'), irregular[base] ?? form('ed')];
  const isVerb = (doing ?? past) !== null && word !== `${base}s`;
  return {
    verb: isVerb ? base : null,
    past,
    nouns: nounEndings.map(form).filter((one) => one !== null),
  };
}

/** `moving` and `moved` come from `move`; a word that comes from none is its own. */
function baseOf(word: string, known: (word: string) => boolean): string {
  const stem = /^(.{3,})(?:ing|ed)$/.exec(word)?.[1];
  if (!stem) return word;
  const single = /([^aeiouls])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  return [single, stem.replace(/ll$/, 'l'), stem, `${stem}e`].find(known) ?? word;
}

/** The ways to write a base and an ending together, the regular one first. */
function joined(base: string, ending: string): readonly string[] {
  const vowel = /^[aei]/.test(ending);
  const ways: string[] = [];
  if (ending === 'ed' && /[^aeiou]y$/.test(base)) return [`${base.slice(0, -1)}ied`];
  if (vowel && /[^aeioy]e$/.test(base)) return [base.slice(0, -1) + ending];
  if (vowel && /[^aeiou][aeiou][bdgklmnprt]$/.test(base)) {
    ways.push(base + base.slice(-1) + ending);
  }
  return [...ways, base + ending];
}
