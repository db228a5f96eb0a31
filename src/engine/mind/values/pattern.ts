/** One step of a simple pattern: a fixed character, or `min` to `max` characters of a set. */
export type PatternElement =
  | { readonly kind: 'literal'; readonly char: string }
  | { readonly kind: 'set'; readonly set: RegExp; readonly min: number; readonly max: number };

/**
 * Reads the simple patterns that identifiers have: `^INV-\d{4}$`, `^[A-Z]{2}\d{2,4}$`.
 *
 * @returns undefined for anything with groups, alternatives or look-around.
 */
export function elementsOf(source: string): readonly PatternElement[] | undefined {
  const body = source.replace(/^\^/, '').replace(/\$$/, '');
  const elements: PatternElement[] = [];
  const step = /\\(d|w)|\\(.)|\[([^\]]+)\]|([^\\[\](){}|^$.*+?])/y;
  const count = /\{(\d+)(?:(,)(\d+)?)?\}|([*+?])/y;
  for (let at = 0; at < body.length;) {
    step.lastIndex = at;
    const match = step.exec(body);
    if (!match) return undefined;
    at = step.lastIndex;
    const [, shorthand, escaped, members, char] = match;
    if (escaped !== undefined && /[a-z]/i.test(escaped)) return undefined;
    count.lastIndex = at;
    const counted = count.exec(body);
    if (counted) at = count.lastIndex;
    const [min, max] = counted ? boundsOf(counted) : [1, 1];
    const literal = escaped ?? char;
    if (literal !== undefined && !counted) elements.push({ kind: 'literal', char: literal });
    else {
      const set = setOf(shorthand, members, literal);
      if (!set) return undefined;
      elements.push({ kind: 'set', set, min, max });
    }
  }
  return elements;
}

function boundsOf([, least, comma, most, sign]: RegExpExecArray): [number, number] {
  if (sign !== undefined) return [sign === '+' ? 1 : 0, sign === '?' ? 1 : 64];
  const min = Number(least);
  return [min, most === undefined ? (comma ? 64 : min) : Number(most)];
}

function setOf(
  shorthand: string | undefined,
  members: string | undefined,
  literal: string | undefined,
): RegExp | undefined {
  try {
    if (shorthand !== undefined) return shorthand === 'd' ? /^\d$/ : /^\w$/;
    if (members !== undefined) return new RegExp(`^[${members}]$`);
    return literal === undefined
      ? undefined
      : new RegExp(`^\\u{${literal.codePointAt(0)?.toString(16)}}$`, 'u');
  } catch {
    return undefined; // a set this engine does not know
  }
}

/**
 * Lays spoken characters along a pattern; its fixed characters are put in when they were not said.
 *
 * @returns the identifier as it is written, or undefined when characters are missing or left over.
 */
export function fitElements(
  elements: readonly PatternElement[],
  spoken: string,
): string | undefined {
  const walk = (index: number, at: number): string | undefined => {
    const element = elements[index];
    if (!element) return at === spoken.length ? '' : undefined;
    if (element.kind === 'literal') {
      const said = spoken[at]?.toLowerCase() === element.char.toLowerCase();
      const rest = (said ? walk(index + 1, at + 1) : undefined) ?? walk(index + 1, at);
      return rest === undefined ? undefined : element.char + rest;
    }
    // A space that may be left out is how the thing is written.
    if (element.min === 0 && isSpace(element.set) && spoken[at] !== ' ') {
      const spaced = walk(index + 1, at);
      return spaced === undefined ? undefined : ` ${spaced}`;
    }
    let taken = '';
    while (taken.length < element.max) {
      const char = spoken[at + taken.length];
      const cased =
        char === undefined
          ? undefined
          : [char, char.toLowerCase(), char.toUpperCase()].find((c) => element.set.test(c));
      if (cased === undefined) break;
      taken += cased;
    }
    for (let length = taken.length; length >= element.min; length -= 1) {
      const rest = walk(index + 1, at + length);
      if (rest !== undefined) return taken.slice(0, length) + rest;
    }
    return undefined;
  };
  return walk(0, 0);
}

const isSpace = (set: RegExp): boolean => set.test(' ') && !set.test('a') && !set.test('1');
