import type { Offer } from './values/index.ts';

/** What a tool returned, as far as it can be understood. */
export type Outcome =
  | {
      readonly kind: 'error';
      readonly sentence: string;
      /** Stable, for what is known to be handled in one way, e.g. `locked_out`. */
      readonly code: string;
      /** The tool that must be run before this one. */
      readonly needs: string | undefined;
      /** Tools that may help instead. */
      readonly offer: readonly string[];
    }
  /** To be read to the caller as it is; the same call is made again after a yes. */
  | { readonly kind: 'confirm'; readonly sentence: string }
  /** The caller is who they say they are. */
  | { readonly kind: 'verified'; readonly name: string }
  /** Written down for people. */
  | { readonly kind: 'noted'; readonly what: string }
  /** A person, or another agent, has the caller now. */
  | Handover
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

/** What a handover carries, when it took place. */
export interface Handover {
  readonly kind: 'handover';
  /** Who has the caller now, as people call them. */
  readonly to: string;
  /** Who had them before; empty when it is not said. */
  readonly from: string;
  readonly person: boolean;
  /** The caller is back where they were. */
  readonly returned: boolean;
  /** What the caller wanted there, in words. */
  readonly unfinished: string;
  /** What the caller has said, by field. */
  readonly said: Offer;
}

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
  if (error !== undefined && error !== null && error !== false && error !== '')
    return errorOf(record, error);
  const special = controlled(record);
  if (special) return special;
  // What another agent answered stands alone.
  if ('answer' in record && record['answer'] !== null)
    return readOutcome(JSON.stringify(record['answer']));
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

const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function errorOf(record: Offer, error: unknown): Outcome {
  const inner =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const { code, needs, offer } = record;
  return {
    kind: 'error',
    sentence: words(inner) || 'That did not work.',
    code: words(code),
    needs: words(needs) || undefined,
    offer: Array.isArray(offer) ? offer.filter((name) => typeof name === 'string') : [],
  };
}

/** What the runtime answers, rather than a tool. */
function controlled(record: Offer): Outcome | undefined {
  const { confirm, verified, noted, assistant, from } = record;
  if (words(confirm) !== '') return { kind: 'confirm', sentence: words(confirm) };
  if (verified === true) return { kind: 'verified', name: words(record['name']) };
  if (words(noted) !== '') return { kind: 'noted', what: words(noted) };
  const person = record['person'] === true;
  if (words(assistant) === '' || (words(from) === '' && !person)) return undefined;
  const said = record['caller_said'];
  return {
    kind: 'handover',
    to: words(assistant),
    from: words(from),
    person,
    returned: record['returned'] === true,
    unfinished: words(record['unfinished']),
    said: typeof said === 'object' && said !== null && !Array.isArray(said) ? (said as Offer) : {}, // fields are checked before use
  };
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
