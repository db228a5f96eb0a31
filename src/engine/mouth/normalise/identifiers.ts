import { digitGroups } from './numbers.ts';

/** "A" alone is read as the article. */
const letterNames: Readonly<Record<string, string>> = { A: 'ay' };

const hyphenated =
  /(?<![\w-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)+(?![\w-])/g;
const mixed = /(?<![\w-])(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{2,}(?![\w-])/g;
const prefixed = /(?<![\w-])([A-Z]{2,5})\s(\d{3,})(?![\d:.,]\d|\d)/g;
const postcode = /\b([A-Z]{1,2}\d[A-Z\d]?)\s(\d[A-Z]{2})\b/g;
const plate = /\b([A-Z]{2}\d{2})\s([A-Z]{3})\b/g;
/** Roads, gates, rooms: the number is short enough to be said as one. */
const lettered = /(?<![\w-])([A-Z])([1-9]\d?)(?![\w-])/g;
const subdivided =
  /\b((?:option|flat|unit|apartment|section|gate|platform|bay|plan)\s\d{1,3})([a-z])\b/gi;
const houseNumber = /\b(\d{1,4})([A-Z])(?=\s[A-Z][a-z])/g;
const underscored = /(?<=[A-Za-z])_(\d{2,})/g;
const pin = /\bPIN\b/g;
const ending =
  /\b((?:ending|ends|last (?:three|four) digits)(?:\s(?:in|with|are))?\s)(\d{2,6})\b/gi;
const longRoom = /\b(rooms?\s)(\d{3,})(?![\d:.,]\d|\d)/gi;
const named =
  /\b((?:invoice|reference|booking|order|account|ticket|case|confirmation|policy|membership|customer|code|pin|extension|flight)s?(?:\s+(?:number|no\.?|code|id))?(?:\s+is)?[:\s]\s?#?|number\s+#?)(\d{2,})(?![\d:.,]\d|\d|\s?%)/gi;
const hashed = /(?<![\w#])#(?=\d)/g;
const spelled = /(?<![\w'-])[A-Z](?:-[A-Z]){1,}(?![\w-])/g;

/**
 * References and codes: letters spelled, digits one by one, a pause between the groups.
 * "GB-20261122-482" → "G B, two zero two six, one one two two, four eight two".
 */
export function speakIdentifiers(text: string): string {
  return text
    .replace(hashed, 'number ')
    .replace(pin, 'pin')
    .replace(underscored, (_all, digits: string) => ` ${digitGroups(digits)}`)
    .replace(postcode, (_all, area: string, place: string) => `${spell(area)}, ${spell(place)}`)
    .replace(plate, (_all, first: string, last: string) => `${spell(first)}, ${spell(last)}`)
    .replace(lettered, (_all, name: string, digits: string) => `${letter(name)} ${digits}`)
    .replace(
      subdivided,
      (_all, before: string, name: string) => `${before} ${letter(name.toUpperCase())}`,
    )
    .replace(
      houseNumber,
      (_all, digits: string, name: string) =>
        `${digits.length < 3 ? digits : digitGroups(digits)} ${letter(name)}`,
    )
    .replace(ending, (_all, before: string, digits: string) => before + digitGroups(digits))
    .replace(longRoom, (_all, before: string, digits: string) => before + digitGroups(digits))
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

/** The name of a letter, as the synthesiser must be told it. */
export function letter(character: string): string {
  return letterNames[character] ?? character;
}
