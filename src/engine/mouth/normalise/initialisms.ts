import { letter } from './identifiers.ts';

/** Initialisms that could be read as words, and are not. Those without a vowel need no list. */
const withVowels = new Set(
  'AA ADHD AI API APR ATM AV CEO CFO COO CV DIY DOB EHIC ENT ETA EU EUR EV FAQ FYI HIV ICU ID IBS IE IOU IP IPA ISA ISP IVF MOT NI OAP PAYE PO POA POS PPO QA RAC RSI SEO SUV UK UPS URL USA USB USD UTC UV VAT VIP'.split(
    ' ',
  ),
);

const dotted = /\b(?:[A-Z]\.){2,}/g;
const capitals = /(?<![A-Za-z'-])([A-Z]{2,6})(s?)(?![A-Za-z'-])/g;
const ampersand = /\b([A-Z])\s?&\s?([A-Z])\b(?!\.)/g;

/** "NHS" → "N H S", "the U.S." → "the U S.", "Q&A" → "Q and ay". Words in capitals stay words. */
export function spellInitialisms(text: string): string {
  return text
    .replace(ampersand, (_all, a: string, b: string) => `${letter(a)} and ${letter(b)}`)
    .replace(dotted, (found, at: number) => {
      const ends = text.slice(at + found.length).trim() === '';
      return Array.from(found.replaceAll('.', ''), letter).join(' ') + (ends ? '.' : '');
    })
    .replace(capitals, (found, letters: string, plural: string) =>
      isSpelled(letters) ? `${Array.from(letters, letter).join(' ')}${plural}` : found,
    );
}

function isSpelled(letters: string): boolean {
  return !/[AEIOUY]/.test(letters) || withVowels.has(letters);
}
