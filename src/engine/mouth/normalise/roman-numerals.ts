import { cardinal, ordinal } from './numbers.ts';

const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
const counted =
  /\b(Part|Chapter|Section|Phase|Stage|Type|Volume|Act|Level|Grade|Class|Article|Appendix|World War)\s([IVX]+)\b/g;
const reigned =
  /\b(Henry|Edward|George|Elizabeth|Charles|William|James|Richard|Louis|(?:King|Queen|Pope)\s[A-Z][a-z]+)\s([IVX]+)\b/g;

/** Only where nothing else can be meant: "Part II" → "Part two", "Henry VIII" → "Henry the eighth". */
export function speakRomanNumerals(text: string): string {
  return text
    .replace(counted, (_all, noun: string, roman: string) => `${noun} ${cardinal(valueOf(roman))}`)
    .replace(
      reigned,
      (_all, name: string, roman: string) => `${name} the ${ordinal(valueOf(roman))}`,
    );
}

function valueOf(roman: string): number {
  return Array.from(roman).reduce((total, sign, index) => {
    const value = values[sign] ?? 0;
    return total + (value < (values[roman[index + 1] ?? ''] ?? 0) ? -value : value);
  }, 0);
}
