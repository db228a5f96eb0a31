/**
 * All that is to be said now, to the letter, when the instructions are that and nothing else:
 * `Say exactly: "…"`, or the two lines with which a call has a sentence of its own said.
 *
 * @returns undefined for any other instructions
 */
export function exactWords(instructions: string): string | undefined {
  const quoted =
    /^\s*say exactly:\s*["“]([\s\S]+)["”]\s*$/i.exec(instructions)?.[1] ??
    /^\s*answer by saying:\s*"((?:[^"\\]|\\.)+)"\s*\n\s*say exactly these words\b[^"\n]*$/i.exec(
      instructions,
    )?.[1];
  const bare = quoted?.replaceAll('\\"', '"').trim();
  return bare === '' ? undefined : bare;
}
