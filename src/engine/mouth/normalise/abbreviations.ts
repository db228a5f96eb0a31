type Expansion = readonly [RegExp, string];

const titles: readonly Expansion[] = [
  [/\bMr\b\.?/g, 'mister'],
  [/\bMrs\b\.?/g, 'missus'],
  [/\bMs\b\.?/g, 'miz'],
  [/\bDrs?\b\.?(?=\s[A-Z])/g, 'doctor'],
  [/\bProf\b\.?(?=\s[A-Z])/g, 'professor'],
  [/\bSt\b\.?(?=\s[A-Z])/g, 'saint'],
];

const places: readonly Expansion[] = [
  [/\bSt\b\.?/g, 'street'],
  [/\bRd\b\.?/g, 'road'],
  [/\bAve\b\.?/g, 'avenue'],
  [/\bApt\b\.?(?=\s?\d)/gi, 'apartment'],
  [/\bc\/o\b/gi, 'care of'],
];

const words: readonly Expansion[] = [
  [/\be\.g\.,?/gi, 'for example,'],
  [/\bi\.e\.,?/gi, 'that is,'],
  [/\betc\b\.?/gi, 'et cetera'],
  [/\bvs\b\.?/gi, 'versus'],
  [/\bapprox\b\.?/gi, 'approximately'],
  [/\bappts\b\.?/gi, 'appointments'],
  [/\bappt\b\.?/gi, 'appointment'],
  [/\b(?:No\.|№)(?=\s?#?\d)/gi, 'number'],
  [/№/g, 'number '],
  [/\bref\b\.?(?=:|\s)/gi, 'reference'],
  [/\btel\b\.?(?=:|\s?[\d+(])/gi, 'telephone'],
  [/\bext\b\.?(?=\s?\d)/gi, 'extension'],
  [/\bmax\./gi, 'maximum'],
  [/(?<!\d\s?)\bmin\.(?=\s[a-z\d])/gi, 'minimum'],
  [/\bincl\b\.?/gi, 'including'],
  [/\bexcl\b\.?/gi, 'excluding'],
  [/\bw\/o\b/gi, 'without'],
  [/\bw\/(?=\s|[a-z])/gi, 'with '],
  [/\bLtd\b\.?/g, 'limited'],
  [/\bInc\b\.?/g, 'incorporated'],
  [/\bdept\b\.?/gi, 'department'],
  [/\bOK\b/gi, 'okay'],
  [/\bASAP\b/gi, 'as soon as possible'],
  [/\bWi-?Fi\b/gi, 'why fye'],
];

/** Spells out words that are written short. A full stop that also ends the text stays. */
export function expandAbbreviations(text: string): string {
  return [...titles, ...places, ...words].reduce(
    (result, [short, long]) =>
      result.replace(short, (found: string, ...rest: readonly unknown[]) => {
        const after = result.slice(Number(rest.at(-2)) + found.length);
        return found.endsWith('.') && after.trim() === '' ? `${long}.` : long;
      }),
    text,
  );
}

const signs: readonly Expansion[] = [
  [/\s?&\s?/g, ' and '],
  [/±\s?/g, ' plus or minus '],
  [/[~≈]\s?(?=\d)/g, ' about '],
  [/<\s?(?=\d)/g, ' less than '],
  [/>\s?(?=\d)/g, ' more than '],
  [/≤\s?(?=\d)/g, ' at most '],
  [/≥\s?(?=\d)/g, ' at least '],
  [/(\d)x(?=\d)/g, '$1 by '],
  [/(?<=\s|\d)[x×](?=\s?\d)/g, ' times '],
  [/(?<=\d)\+(?=\s[a-z]|$)/g, ' plus '],
  [/(?<=\s|\d|^)\+(?=\s|\d)/g, ' plus '],
  [/(?<=\s|\d)=(?=\s|\d)/g, ' equals '],
  [/\band\/or\b/gi, 'and or'],
  [/(?<=\d)\/(?=\d)/g, ' slash '],
  [/(?<=\w)\/(?=\w)/g, ' or '],
  [/\s@\s/g, ' at '],
];

/** Signs between words and numbers, by what they mean there. */
export function speakSigns(text: string): string {
  return signs.reduce((result, [sign, words]) => result.replace(sign, words), text);
}
