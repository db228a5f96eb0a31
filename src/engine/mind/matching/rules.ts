import { plain } from '../language/index.ts';
import type { Prompt } from '../prompt.ts';
import type { Tool } from '../toolbox.ts';

/** What the instructions say of one tool. */
export interface Rules {
  /** When it is to be used, or what goes to its target. */
  readonly clauses: readonly string[];
  /** What callers say who want it, word by word. */
  readonly examples: readonly string[];
}

const forbidding =
  /^\s*(?:never|do not|don't|not|no)\b|\b(?:never|do not|don't|must not|cannot|not)\b[^,;:]{0,40}\b(?:use|call|transfer|hand|send|connect|put|escalate)\b/i;
/** How a thing is done rather than when: its words do not speak for the tool. */
const procedural =
  /\b(?:before you|after you|until|unless|read(?:s|ing)? (?:it |them |that )?back|confirm\w*|verif\w+|as returned|results?)\b/i;
const exemplary =
  /^(?:for (?:example|instance)|examples?|e\.g\.|such as|callers? (?:say|ask|may say)|people say)\b/i;
const quoted = /["“]([^"”]{3,120})["”]/g;

/** Whether a sentence speaks of a tool or of where one leads: then it is guidance, and tells a caller nothing. */
export function toolTalk(tools: readonly Tool[]): (sentence: string) => boolean {
  const labels = new Map(tools.map((tool) => [tool, labelsOf(tool)]));
  return (sentence) => labelled(sentence, labels);
}

/** "So does a car that has broken down": of the tool before. */
const likewise = /^so (?:do(?:es)?|is|are) /i;

/** Reads, for each tool, what the instructions say about when to use it. */
export function rulesOf(tools: readonly Tool[], prompt: Prompt): ReadonlyMap<string, Rules> {
  const found = new Map(
    tools.map((tool) => [tool.name, { clauses: [] as string[], examples: [] as string[] }]),
  );
  const labels = new Map(tools.map((tool) => [tool, labelsOf(tool)]));
  const named = (text: string, isHeading: boolean): Tool | undefined => {
    const all = tools.filter((tool) => mentions(text, labels.get(tool) ?? noLabels, isHeading));
    return all.length === 1 ? all[0] : undefined;
  };
  let last: Tool | undefined;
  let headed: Tool | undefined;
  let heading = '';
  let isListed = false;
  for (const sentence of prompt.lines) {
    if (sentence.heading !== heading) {
      ({ heading } = sentence);
      isListed = exemplary.test(heading.split(': ').at(-1) ?? '');
      headed = named(heading, true) ?? (isListed ? last : undefined);
      last = headed;
    }
    const { text } = sentence;
    if (isListed || exemplary.test(text)) {
      const tool = named(text, false) ?? last;
      const words = quotesIn(text);
      const rest = isListed ? text : text.replace(/^[^:]*:\s*/, '');
      if (tool) found.get(tool.name)?.examples.push(...(words.length > 0 ? words : [rest]));
      continue;
    }
    for (const clause of text.split(/;|, and (?=[^,;]* to )|, but /)) {
      const tool =
        named(clause, false) ??
        (labelled(clause, labels) ? undefined : likewise.test(clause) ? last : headed);
      if (!tool) continue;
      last = tool;
      const rules = found.get(tool.name);
      rules?.examples.push(...quotesIn(clause));
      const bare = clause.replaceAll(quoted, ' ');
      if (!forbidding.test(bare) && !procedural.test(bare))
        rules?.clauses.push(withoutLabels(bare, labels.get(tool) ?? noLabels));
    }
  }
  return found;
}

const quotesIn = (text: string): string[] =>
  [...text.matchAll(quoted)].flatMap(([, words]) => (words === undefined ? [] : [words]));

/** How instructions speak of a tool: by its name, or by where it leads. */
interface Labels {
  readonly name: RegExp;
  readonly target: RegExp | undefined;
}
const noLabels: Labels = { name: /(?!)/, target: undefined };

function labelsOf(tool: Tool): Labels {
  const name = new RegExp(`(?<![\\w])${tool.name.replaceAll(/\W/g, '.')}(?![\\w])`, 'i');
  if (tool.role === 'own')
    return { name: tool.name.includes('_') ? name : /(?!)/, target: undefined };
  const targets = [tool.target, tool.name.replace(/^.*_to_/, '').replaceAll('_', ' ')]
    .map((label) => plain(label).replace(/^(?:the|our|an?) /, ''))
    .filter((label) => label.length > 2)
    .map((label) => label.replaceAll(/[^\w ]/g, '.'));
  return {
    name,
    target:
      targets.length === 0
        ? undefined
        : new RegExp(`(?<![\\w])(?:${targets.join('|')})(?![\\w])`, 'i'),
  };
}

const leading = /\b(?:to|handles?|for|with|takes? care of|use)\b|^\W*escalate\b/i;

const mentions = (text: string, { name, target }: Labels, isHeading: boolean): boolean =>
  name.test(text) ||
  (target !== undefined && target.test(text) && (isHeading || leading.test(text))) ||
  // "Sales: new customers, prices".
  (target !== undefined &&
    /^[^:–—]{2,40}(?::| [–—-])\s/.test(text) &&
    target.test(text.split(/:| [–—-] /)[0] ?? ''));

const labelled = (text: string, labels: ReadonlyMap<Tool, Labels>): boolean =>
  [...labels.values()].some((one) => mentions(text, one, false));

/** What is left of a rule when tool, target and the frame of the rule are gone. */
const withoutLabels = (clause: string, { name, target }: Labels): string =>
  [name, target]
    .reduce<string>(
      (text, label) => (label ? text.replace(new RegExp(label.source, 'gi'), ' ') : text),
      clause,
    )
    .replaceAll(
      /\b(?:transfer|hand|send|pass|put|connect|route|escalate|use|call|goes?|belongs?)\b(?: (?:over|through|on))?(?: (?:the )?(?:caller|customer|call|them|everybody|everyone|anyone))?(?: (?:over|through|on))?(?: to\b)?/gi,
      ' ',
    )
    .replaceAll(
      /\b(?:(?:the |a )?callers?|the customers?|customers? (?=who|wants?|asks?|says?|needs?)|somebody|someone|anybody|anyone)\b/gi,
      ' ',
    );
