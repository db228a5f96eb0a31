import type { RecognizerContext } from './port.ts';

/** Words that neither name a matter nor an action; they end a noun phrase. */
const functionWords = new Set(
  (
    'a an the and or but if then else when while as at by for from in into of off on onto out over ' +
    'to up with without within about after before between during until than so that this these those ' +
    'there here it its is are was were be been being am do does did done have has had having will ' +
    'would can could may might must shall should not no nor never always only just also too very more ' +
    'most less least any all each every some such both either neither one ones once again you your ' +
    'yours yourself i me my mine we us our ours they them their theirs he him his she her hers who whom ' +
    'whose which what where why how other others another same own per via etc say says saying said tell ' +
    'tells told ask asks asking asked use uses using used let lets make makes sure keep keeps go goes ' +
    'going give gives given take takes get gets put try answer answers reply speak talk caller callers ' +
    'agent agents assistant tool tools hand handle handles line sentence sentences short word words ' +
    'please first next last unless because instead rather whatever anything something nothing everything ' +
    "it's don't can't that's today already under way whether handed example status file look like want wants need needs like likes " +
    'helps help exactly long wait invent read reads back transfer transfers returned'
  ).split(' '),
);

/** How much less is expected of what an earlier agent of the call was for. */
const earlierShare = 0.4;
/** What a mention in the description of a transfer counts: the whole matter of another agent in a line. */
const transferWeight = 4;

/** What the callers of a session deal with, and how much is said of each. */
export interface Matters {
  /** What they want something done about. */
  readonly things: ReadonlyMap<string, number>;
  /** What they are only asked for, as a tool's parameter names it: they answer it, nothing is done with it. */
  readonly asked: ReadonlyMap<string, number>;
  /** Words of what other agents are for: callers say them to whoever they speak with. */
  readonly elsewhere: ReadonlySet<string>;
  /** What the tools do, out of their names. */
  readonly actions: readonly string[];
  /** The texts themselves, by clause. */
  readonly texts: readonly { readonly words: readonly string[]; readonly share: number }[];
  /** Whole sentences in quotation marks: mostly what callers say. */
  readonly quoted: readonly { readonly words: readonly string[]; readonly share: number }[];
  /** Whether a tool takes a date. */
  readonly takesDates: boolean;
}

/**
 * Reads a session's instructions and tools.
 *
 * @param earlier what the session held before, of which less is expected.
 */
export function readMatters(
  now: RecognizerContext,
  earlier: readonly RecognizerContext[],
): Matters {
  const scores = new Map<string, number>();
  const actions = new Set<string>();
  const texts: { words: readonly string[]; share: number }[] = [];
  const quoted: { words: readonly string[]; share: number }[] = [];
  /** Words of parameters' names, and of what the tools are about. */
  const parameterWords = new Set<string>();
  const objectWords = new Set<string>();
  const elsewhere = new Set<string>();
  let takesDates = false;
  const read = (text: string, weight: number, share: number): readonly string[] => {
    const found: string[] = [];
    for (const words of quotedIn(text)) quoted.push({ words, share });
    for (const words of clauses(text)) {
      if (words.length > 1) texts.push({ words, share });
      for (const thing of thingsIn(words)) {
        found.push(thing);
        scores.set(thing, (scores.get(thing) ?? 0) + weight * share);
      }
    }
    return found;
  };
  const readContext = (context: RecognizerContext, share: number): void => {
    read(context.instructions, 1, share);
    for (const tool of context.tools) {
      const [action = '', ...object] = nameWords(tool.name);
      const isTransfer = action === 'transfer';
      const described = read(tool.description, isTransfer ? transferWeight : 2, share);
      const { words, names, hasDate } = textsIn(tool.parameters);
      for (const text of words) read(text, 2, share);
      for (const name of names) {
        for (const thing of read(name, 2, share)) parameterWords.add(thing);
      }
      takesDates ||= hasDate;
      if (isTransfer) {
        for (const thing of described) elsewhere.add(thing);
        read(object.slice(1).join(' '), 1, share);
      } else if (object.length > 0) {
        actions.add(action);
        for (const thing of read(object.join(' '), 3, share)) objectWords.add(thing);
      }
    }
  };
  readContext(now, 1);
  for (const context of earlier) readContext(context, earlierShare);
  for (const action of actions) scores.delete(action);

  const isAsked = (thing: string): boolean => {
    const head = thing.slice(thing.lastIndexOf(' ') + 1);
    return (
      [thing, head].some((one) => parameterWords.has(one)) &&
      !objectWords.has(head) &&
      !elsewhere.has(head)
    );
  };
  const all = [...scores];
  return {
    things: new Map(all.filter(([thing]) => !isAsked(thing))),
    asked: new Map(all.filter(([thing]) => isAsked(thing))),
    elsewhere,
    actions: [...actions],
    texts,
    quoted,
    takesDates,
  };
}

/** Noun-like runs: up to two content words in a row, each word alone too, and its singular. */
function thingsIn(clause: readonly string[]): Set<string> {
  const found = new Set<string>();
  let before = '';
  for (const word of clause) {
    if (functionWords.has(word) || word.length < 3) {
      before = '';
      continue;
    }
    const one = singular(word);
    found.add(one);
    if (before) found.add(`${before} ${one}`);
    before = word;
  }
  return found;
}

/** What stands in quotation marks and is more than a name. */
function quotedIn(text: string): string[][] {
  return [...text.matchAll(/[“"]([^“”"\n]+)[”"]/g)]
    .map(([, inside = '']) => clauses(inside).flat())
    .filter((words) => words.length > 2);
}

/** Lower-case words by clause. Words with digits, placeholders and markup are left out. */
function clauses(text: string): string[][] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/`[^`]*`|\b\w*[\d_]\w*\b/g, ' , ')
    .split(/[^a-z' \t-]+/)
    .map((clause) => clause.match(/[a-z]+(?:'[a-z]+)?/g) ?? [])
    .filter((words) => words.length > 0);
}

function nameWords(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word && word !== 'id');
}

interface SchemaTexts {
  /** Descriptions and the values of enums. */
  readonly words: readonly string[];
  /** Names of properties. */
  readonly names: readonly string[];
  readonly hasDate: boolean;
}

/** What a JSON Schema says, at any depth. */
function textsIn(schema: unknown): SchemaTexts {
  const words: string[] = [];
  const names: string[] = [];
  let hasDate = false;
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) {
      part.forEach(walk);
      return;
    }
    for (const [key, value] of Object.entries(part) as [string, unknown][]) {
      if (key === 'description' && typeof value === 'string') words.push(value);
      if (key === 'format' && value === 'date') hasDate = true;
      if (key === 'enum' && Array.isArray(value)) {
        const values = value.filter((one) => typeof one === 'string');
        words.push(...values.map((one) => nameWords(one).join(' ')));
      } else if (key === 'properties' && typeof value === 'object' && value !== null) {
        names.push(...Object.keys(value).map((name) => nameWords(name).join(' ')));
        Object.values(value).forEach(walk);
      } else {
        walk(value);
      }
    }
  };
  walk(schema);
  return { words, names, hasDate };
}

function singular(word: string): string {
  if (/(ss|us|is)$/.test(word) || !word.endsWith('s') || word.length < 4) return word;
  if (word.endsWith('ies')) return word.slice(0, -3) + 'y';
  if (/(x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
