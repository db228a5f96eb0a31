/** @see ITU-T E.164 */
const e164 = /^\+[1-9]\d{6,14}$/;
/** What people put between digits. */
const fillers = /[\s().\-/]/g;

/** A number with its country, as networks take it; null when it is none. */
export function readNumber(text: string): string | null {
  const number = text.replace(fillers, '');
  return e164.test(number) ? number : null;
}

/** Which numbers may be dialled. */
export interface AllowList {
  allows(number: string): boolean;
  /** Nothing may be dialled at all. */
  readonly isEmpty: boolean;
}

const rule = /^(!?)(\+\d{1,15})$/;

/**
 * @param prefixes separated by commas, e.g. `+44,+1,!+1900`: the longest that a number begins with decides
 * @throws Error naming the first one that is no prefix
 */
export function createAllowList(prefixes: string): AllowList {
  const rules = prefixes
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [, no, prefix] = rule.exec(one) ?? [];
      if (prefix === undefined) throw new Error(`"${one}" is no prefix such as +44 or !+1900`);
      return { prefix, allows: no === '' };
    })
    .toSorted((one, other) => other.prefix.length - one.prefix.length);
  return {
    isEmpty: !rules.some(({ allows }) => allows),
    allows: (number) => rules.find(({ prefix }) => number.startsWith(prefix))?.allows ?? false,
  };
}
