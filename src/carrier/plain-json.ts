/** Deepest that a carrier's message nests, and room. */
const maxDepth = 6;
/** Names that mean something to the language rather than to a message. */
const foreignKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** False for JSON that no carrier sends: nested deeper than any message, or with keys of objects' own workings. */
export function hasPlainDepth(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= maxDepth) return false;
  return Object.entries(value).every(
    ([key, inner]) => !foreignKeys.has(key) && hasPlainDepth(inner, depth + 1),
  );
}
