import type { Offer } from './values/index.ts';

/** What a tool returned, as far as it can be understood. */
export type Outcome =
  | { readonly kind: 'error'; readonly sentence: string }
  /** `common` holds the scalars around the list. */
  | {
      readonly kind: 'list';
      readonly noun: string;
      readonly offers: readonly Offer[];
      readonly common: Offer;
    }
  | { readonly kind: 'facts'; readonly facts: Offer }
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'nothing' };

/** Reads the text a tool returned: JSON as a rule, a plain sentence otherwise. */
export function readOutcome(output: string): Outcome {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    value = output;
  }
  if (typeof value === 'string') {
    const text = value.trim();
    return /\p{L}/u.test(text) && text.length <= 400
      ? { kind: 'sentence', text }
      : { kind: 'nothing' };
  }
  if (Array.isArray(value)) return listOf('', value, {});
  if (typeof value !== 'object' || value === null) return { kind: 'nothing' };
  const record = value as Offer; // a JSON object; every field is checked before use
  const error = record['error'];
  if (typeof error === 'string' && error.trim() !== '')
    return { kind: 'error', sentence: error.trim() };
  if (error !== undefined && error !== null && error !== false) {
    const inner = typeof error === 'object' && 'message' in error ? error.message : undefined;
    return { kind: 'error', sentence: typeof inner === 'string' ? inner : 'That did not work.' };
  }
  for (const key of ['message', 'summary']) {
    const text = record[key];
    if (typeof text === 'string' && text.trim().split(/\s+/).length >= 3)
      return { kind: 'sentence', text: text.trim() };
  }
  const lists = Object.entries(record).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const [only] = lists;
  if (only && lists.length === 1) return listOf(only[0], only[1], scalarsOf(record));
  const facts = scalarsOf(record);
  return Object.keys(facts).length === 0 ? { kind: 'nothing' } : { kind: 'facts', facts };
}

function listOf(noun: string, values: readonly unknown[], common: Offer): Outcome {
  const offers = values
    .filter((value) => value !== null && value !== undefined)
    .map((value): Offer =>
      typeof value === 'object' && !Array.isArray(value)
        ? (value as Offer)
        : { [noun || 'value']: value },
    );
  return { kind: 'list', noun: noun.replaceAll('_', ' '), offers, common };
}

/** Scalars of an object; those of an object inside it are lifted with its key before theirs. */
function scalarsOf(record: Offer): Offer {
  const flat: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) continue;
      for (const [inner, scalar] of Object.entries(value)) {
        if (typeof scalar !== 'object')
          flat[inner in record || inner === 'id' ? `${key}_${inner}` : inner] = scalar;
      }
    } else flat[key] = value;
  }
  return flat;
}
