import { digitGroups } from './numbers.ts';

/** "A" alone is read as the article. */
const letterNames: Readonly<Record<string, string>> = { A: 'ay' };

const hyphenated =
  /(?<![\w-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)+(?![\w-])/g;
const mixed = /(?<![\w-])(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{2,}(?![\w-])/g;
const prefixed = /(?<![\w-])([A-Z]{2,5})\s(\d{3,})(?![\d:.,]\d|\d)/g;
const named =
  /\b((?:invoice|reference|booking|order|account|ticket|case|confirmation|code|pin|extension|room|flight)s?(?:\s+(?:number|no\.?|code|id))?(?:\s+is)?[:\s]\s?#?|number\s+#?)(\d{2,})(?![\d:.,]\d|\d|\s?%)/gi;
const hashed = /(?<![\w#])#(?=\d)/g;
const spelled = /(?<![\w'-])[A-Z](?:-[A-Z]){1,}(?![\w-])/g;

/**
 * References and codes: letters spelled, digits one by one, a pause between the groups.
 * "GB-20261122-482" → "G B, two zero two six, one one two two, four eight two".
 */
export function speakIdentifiers(text: string): string {
  return text
    .replace(hashed, 'number ')
    .replace(hyphenated, (found) => found.split('-').map(spell).join(', '))
    .replace(spelled, (found) => found.split('-').map(letter).join(' '))
    .replace(
      prefixed,
      (_all, letters: string, digits: string) => `${spell(letters)}, ${digitGroups(digits)}`,
    )
    .replace(mixed, spell)
    .replace(
      named,
      (_all, before: string, digits: string) => `${before.replace(/#$/, '')}${digitGroups(digits)}`,
    );
}

function spell(token: string): string {
  return (token.match(/\d+|[A-Z]+/g) ?? [])
    .map((run) => (/\d/.test(run) ? digitGroups(run) : Array.from(run, letter).join(' ')))
    .join(' ');
}

function letter(character: string): string {
  return letterNames[character] ?? character;
}
