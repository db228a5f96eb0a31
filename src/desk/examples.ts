/**
 * A description with what callers say when it is meant. Any model chooses better by examples than by
 * a definition, the offline mind most of all.
 *
 * @returns the description itself when there are no examples.
 */
export function withExamples(description: string, examples: readonly string[] = []): string {
  if (examples.length === 0) return description;
  const quoted = examples.map((example) => `“${example}”`).join('; ');
  return `${description} Callers say: ${quoted}.`;
}
