/** Where a sentence may end: closing marks with what follows them, and the ends of lines. */
export const sentenceEnd = /[.!?…]+["'”’)\]*_]*\s+|\s*\n\s*/g;

/** A full stop after one of these ends no sentence. */
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|e\.g|i\.e|vs|approx|appt|tel|ext|dept|[A-Z])\.$/i;

/**
 * Whether a sentence ends between two texts that meet at a match of {@link sentenceEnd}.
 *
 * @param before all that was written, with the white space that follows it
 * @param after what comes next; it must be known, because a full stop before a small letter ends nothing
 */
export function isSentenceEnd(before: string, after: string): boolean {
  const written = before.trimEnd();
  if (/\n\s*$/.test(before)) return true;
  if (/[!?…]["'”’)\]*_]*$/.test(written)) return true;
  if (abbreviation.test(written)) return false;
  if (/(?:^|\n)\s*\d{1,2}\.$/.test(written)) return false; // the number of a list's entry
  if (
    /\b(?:No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.$/.test(
      written,
    )
  ) {
    return !/^\d/.test(after);
  }
  return !/^[a-z]/.test(after);
}
