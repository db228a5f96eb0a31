import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Words } from './words.ts';

const languages: Readonly<Record<string, Words>> = { en, de, es, fr };

/** The first of the languages wanted (`de-AT` means `de`) that there are words in, else English. */
export function wordsFor(wanted: readonly (string | null | undefined)[]): {
  readonly language: string;
  readonly words: Words;
} {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split('-')[0] ?? '';
    const words = languages[language];
    if (words) return { language, words };
  }
  return { language: 'en', words: en };
}
