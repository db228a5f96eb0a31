/** From this on, a model will take one for the other now and then. */
const alikeFrom = 0.67;

// What descriptions of handoffs are made of, whatever they are about.
const empty = new Set(
  (
    'a an and any are as at be by can do for from has have help her him his how i if in into is it its ' +
    'me more my no not of on one or other others our out so some something that the their them they ' +
    'this to up us use want wants was we what when where which who whom with you your anything about ' +
    'agent agents assistant call caller callers calls customer customers hand handle handles handoff ' +
    'hands help needs need person pass question questions request requests speak talk transfer ' +
    'transfers take takes'
  ).split(' '),
);

/**
 * Whether two descriptions of handoffs are too alike for a model to tell apart: whether the words
 * that say something in the shorter one are, for the most part, in the other one too.
 */
export function tooAlike(one: string, other: string): boolean {
  return likeness(one, other) >= alikeFrom;
}

/** The share of the shorter description's words that the other has too, 0 to 1. */
export function likeness(one: string, other: string): number {
  const [few, many] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.size - b.size);
  if (!few || !many || few.size === 0) return 1; // it says nothing, so it tells nothing apart
  return [...few].filter((word) => many.has(word)).length / few.size;
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return new Set(words.filter((word) => !empty.has(word)).map(stemOf));
}

/** The same for `bill`, `bills`, `billing`, `billed`. */
function stemOf(word: string): string {
  return word.length > 4
    ? word.replace(/(?:ings?|ed|es|s)$/, '').replace(/e$/, '')
    : word.replace(/s$/, '');
}
