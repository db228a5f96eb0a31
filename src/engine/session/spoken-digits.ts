const units = 'zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine';
const isUnit = new RegExp(`^(?:${units})$`);
const isTeen =
  /^(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)$/;
const isTens = /^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)$/;
const repeats: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3 };

/** How many digits the words end with, dictated one by one, doubled, or in pairs ("ten forty two"). */
export function digitsAtEnd(words: string): number {
  let digits = 0;
  let after = '';
  for (const word of words.split(' ').toReversed()) {
    const repeated = repeats[word];
    if (/^\d+$/.test(word)) digits += word.length;
    else if (isUnit.test(word)) digits += 1;
    else if (isTeen.test(word)) digits += 2;
    // The unit behind it stands in the place of its zero.
    else if (isTens.test(word)) digits += /^[a-z]+$/.test(after) && isUnit.test(after) ? 1 : 2;
    else if (word === 'hundred' && digits === 0) digits += 2;
    else if (repeated !== undefined) digits += isUnit.test(after) ? repeated - 1 : repeated;
    else break;
    after = word;
  }
  return digits;
}

/**
 * How many digits there are in the codes that tools take, as far as their schemas fix it with a
 * `pattern`. Dates are none.
 *
 * @param tools anything with JSON Schemas in it.
 */
export function codeLengthsIn(tools: unknown): readonly number[] {
  const lengths = new Set<number>();
  for (const pattern of patternsIn(tools)) {
    const runs = [...pattern.matchAll(/(?:\\d|\[0-9\])(?:\{(\d+)\})?/g)].map((run) =>
      Number(run[1] ?? 1),
    );
    const isDate = runs.slice(0, 3).join() === '4,2,2';
    const isLoose = /[*+?]|\{\d+,/.test(pattern);
    const total = runs.reduce((sum, run) => sum + run, 0);
    if (total >= 3 && !isDate && !isLoose) lengths.add(total);
  }
  return [...lengths];
}

function patternsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}
