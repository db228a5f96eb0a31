import { sentencesOf, termsOf, type Term } from '../language/index.ts';
import type { Prompt } from '../prompt.ts';
import type { Tool } from '../toolbox.ts';
import { rulesOf } from './rules.ts';
import { isValueWord } from './value-words.ts';

/** Words that belong together: a name, a clause, a rule, an example. */
export interface Passage {
  readonly text: string;
  /** How much what it says counts. */
  readonly weight: number;
  /** What a caller would say, rather than what the tool is. */
  readonly isExample: boolean;
}

/** A word that speaks for a tool. */
export interface Entry extends Term {
  readonly weight: number;
}

/** All that speaks for a tool. */
export interface Document {
  readonly tool: Tool;
  readonly passages: readonly Passage[];
  /** Each stem once, at its greatest weight. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Words as they are written. */
  readonly words: ReadonlySet<string>;
}

const negative = /^\s*(?:not|never|do not|don't|no)\b/i;
const leadingTo =
  /^\s*(?:use this (?:tool )?to )?(?:hand|transfer|connect|send|pass|put|bring|forward|route|redirect|switch|escalate|speak)s?\b[^,;:.]*?\b(?:to|with)\b/i;

/** Collects what speaks for each tool: its name, descriptions, and the rules that name it. */
export function documentsOf(tools: readonly Tool[], prompt: Prompt): Document[] {
  const rules = rulesOf(tools, prompt);
  return tools.map((tool) => {
    const passages: Passage[] = [];
    const add = (text: string, weight: number, isExample = false): void => {
      if (text.trim() !== '') passages.push({ text, weight, isExample });
    };
    const isWay = tool.role === 'transfer';
    add(isWay ? tool.target : tool.name.replaceAll('_', ' '), 2);
    // What it does says more than what it does it to: that, others do something to as well.
    if (!isWay) add(/^[^_]*/.exec(tool.name)?.[0] ?? '', 2.6);
    if (isWay) add(tool.name.replace(/^.*_to_/, '').replaceAll('_', ' '), 2);
    for (const [index, sentence] of sentencesOf(tool.description).entries())
      for (const clause of sentence.split(/[;:]|, (?:but|except)/))
        if (!negative.test(clause))
          add(isWay ? clause.replace(leadingTo, '') : clause, index === 0 ? 1.5 : 1);
    if (!isWay)
      for (const param of tool.params) {
        add(param.name.replaceAll('_', ' '), 0.6);
        add(param.description, 0.3);
        add(param.options.join(' ').replaceAll('_', ' '), 1);
      }
    for (const clause of rules.get(tool.name)?.clauses ?? []) add(clause, 1.3);
    for (const example of rules.get(tool.name)?.examples ?? []) add(example, 1.5, true);

    const entries = new Map<string, Entry>();
    const words = new Set<string>();
    for (const { text, weight } of passages)
      for (const term of termsOf(text)) {
        if (isValueWord(term.word)) continue;
        words.add(term.word);
        const known = entries.get(term.stem);
        if (!known || known.weight < weight) entries.set(term.stem, { ...term, weight });
      }
    return { tool, passages, entries, words };
  });
}
