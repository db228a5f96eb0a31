import { allow, refuse, type Gate } from '../gate.ts';

/**
 * Lets through when the packet has a value in each of the named fields. Null, blank text, an empty
 * list and an empty object are none.
 *
 * The sentence asks for the first that is missing, `birth_date` as `birth date`.
 */
export function slotsFilled(...names: readonly string[]): Gate {
  return {
    name: 'slots_filled',
    needs: names,
    canHandoff({ packet }) {
      const missing = names.find((name) => isEmpty(packet[name]));
      if (missing === undefined) return allow;
      return refuse('slots_missing', `One thing first: what is the ${inWords(missing)}?`);
    },
  };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** `birth_date` and `birthDate` as one says them: `birth date`. */
function inWords(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
}
