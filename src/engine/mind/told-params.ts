import { plain } from './language/index.ts';
import { fits, type OptionWords, type Param } from './params.ts';
import type { Prompt } from './prompt.ts';
import type { Tool } from './toolbox.ts';

/** Adds to parameters what the instructions say of them: what is taken unless it is said, when an option is meant. */
export const toldParams = (tools: readonly Tool[], prompt: Prompt): Tool[] =>
  tools.map((tool) => ({
    ...tool,
    params: tool.params.map((param) => {
      const fallback = param.fallback ?? toldDefault(param, prompt);
      const optionWords = toldOptions(param, prompt);
      return { ...param, optionWords, ...(fallback === undefined ? {} : { fallback }) };
    }),
  }));

/** "Default branch is central", "the quantity is 1 unless …". */
function toldDefault(param: Param, { sentences }: Prompt): unknown {
  const name = new RegExp(`\\b${plain(param.name).replaceAll('_', '[ _]')}\\b`);
  for (const sentence of sentences) {
    const said = plain(sentence);
    if (!name.test(said) || !/\b(?:defaults?|unless|assume)\b/.test(said)) continue;
    const value = valueAmong(param, said.replace(name, ' '));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The one value of a parameter that a text names. */
export function valueAmong(param: Param, text: string): unknown {
  const words = plain(text).match(/[\w-]+/g) ?? [];
  const named =
    param.options.length > 0
      ? param.options.filter((option) =>
          new RegExp(`(?<!\\w)${spoken(option)}(?!\\w)`).test(plain(text)),
        )
      : words.flatMap((word): unknown[] =>
          param.kind === 'number'
            ? [Number(word === 'one' ? 1 : word)].filter((one) => !Number.isNaN(one))
            : param.kind === 'boolean'
              ? word === 'true' || word === 'false'
                ? [word === 'true']
                : []
              : [],
        );
  const [only] = named;
  return named.length === 1 && fits(param, only) ? only : undefined;
}

const spoken = (option: string | number): string =>
  plain(String(option))
    .replaceAll(/[^a-z\d _-]/g, '.')
    .replaceAll(/[ _-]+/g, '[ _-]');

/** How a sentence says when an option is meant. */
const defining = /\b(?:is|are|means?|counts? as|for|use|choose|set|pick|=)\b|:/;
const least = 4;

/** Without the words that the instructions are full of. */
const telling = (text: string, sentences: readonly string[]): string =>
  text
    .split(/\s+/)
    .filter((word) => {
      const root = word.replace(/\W|s$/g, '');
      return root.length > 2 && sentences.filter((one) => plain(one).includes(root)).length <= 2;
    })
    .join(' ');

/** Clauses of the instructions that name one option alone, as what is written about it. */
function toldOptions(param: Param, { sentences }: Prompt): readonly OptionWords[] {
  if (param.options.length === 0 || param.kind !== 'enum') return param.optionWords;
  const name = new RegExp(`\\b${plain(param.name).replaceAll('_', '[ _]')}\\b`);
  const told = param.options.map((): string[] => []);
  for (const sentence of sentences) {
    const said = plain(sentence);
    const about = name.test(said);
    for (const clause of said.split(/;|\.\s/)) {
      const named = param.options.filter((option) =>
        new RegExp(`(?<!\\w)${spoken(option)}(?!\\w)`).test(clause),
      );
      const [only] = named;
      if (only === undefined || named.length > 1 || !about || !defining.test(clause)) continue;
      const rest = clause
        .replace(new RegExp(`(?<!\\w)${spoken(only)}(?!\\w)`, 'g'), ' ')
        .replace(name, ' ');
      if (rest.split(/\s+/).length >= least)
        told[param.options.indexOf(only)]?.push(telling(rest, sentences));
    }
  }
  return param.optionWords.map((words, index) => ({
    ...words,
    about: [words.about, ...(told[index] ?? [])].filter((text) => text !== '').join(' '),
  }));
}
