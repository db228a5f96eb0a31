import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, SwitchboardError } from '../lib/index.ts';
import { pageError, parsePage, variableName, type PromptPage } from './prompt-front-matter.ts';
import { typeProblem, typeWords, writeValue, type PromptValue } from './prompt-variables.ts';

/** Values for the variables of a prompt, by name. */
export type PromptValues = Readonly<Record<string, PromptValue>>;

/**
 * Reads an agent's prompt from a Markdown file that lies beside the desk.
 *
 * The page may begin with a front matter that declares variables, each with a type (`string`,
 * `number`, `boolean`, `date`, `time`, or a list of the values that may be) and maybe a default:
 *
 * ```md
 * ---
 * variables:
 *   practice: string
 *   fee: { type: number, default: 40 }
 * ---
 * You work for {{practice}}. A visit costs {{fee}} dollars.
 * {{> opening-hours}}
 * ```
 *
 * `{{> opening-hours}}` puts in the page `opening-hours.md` beside this one. It declares its own
 * variables and gets those values of the page around it that have the same name. `\{{` is `{{`.
 *
 * @param from the reader's `import.meta.url`
 * @param path relative to it, e.g. `./prompts/billing.md`
 * @param values for the variables that the page, or one that it includes, declares
 * @throws SwitchboardError desk_invalid when a file is missing or empty, its front matter is broken,
 *   or a variable is missing, unknown, mistyped or not declared; names file, line and how to mend it
 */
export function promptFile(from: string, path: string, values: PromptValues = {}): string {
  const file = fileURLToPath(new URL(path, from));
  const known = new Set<string>();
  const prompt = writePage(readPage(file), { values, around: [], known }).trim();
  if (prompt === '') throw new SwitchboardError('desk_invalid', `The prompt ${file} is empty.`);
  const stray = Object.keys(values).find((name) => !known.has(name));
  if (stray !== undefined) {
    const declared = [...known].join(', ') || 'none';
    throw pageError(
      file,
      1,
      `a value is given for "${stray}", which is not declared (declared: ${declared}). ` +
        `Add it to \`variables\` of the front matter, or do not give it.`,
    );
  }
  return prompt;
}

interface PageScope {
  /** Given by the desk, or by the page around this one. */
  readonly values: PromptValues;
  /** Pages around this one, outermost first. */
  readonly around: readonly string[];
  /** Collects every declared name. */
  readonly known: Set<string>;
}

type SlotParts = [included: string | undefined, named: string | undefined, at: number];

// An escaped brace, an included page, or a variable; the last also catches what is neither.
const slot = /\\\{\{|\{\{>\s*([^{}\n]*?)\s*\}\}|\{\{([^{}\n]*)\}\}/g;

function writePage(page: PromptPage, scope: PageScope): string {
  const values = valuesFor(page, scope);
  return page.body.replaceAll(slot, (found: string, ...[included, named, at]: SlotParts) => {
    if (found === '\\{{') return '{{';
    const fail = (problem: string): never => {
      const line = page.bodyLine + (page.body.slice(0, at).match(/\n/g)?.length ?? 0);
      throw pageError(page.file, line, problem);
    };
    if (included !== undefined) {
      return includePage(page, included, {
        scope: { ...scope, values: { ...scope.values, ...values } },
        fail,
      });
    }
    const name = (named ?? '').trim();
    if (!variableName.test(name)) {
      return fail(`${found} is no variable. Write {{name}}, or \\{{ for two braces as they are.`);
    }
    const value = values[name];
    if (value !== undefined) return writeValue(value);
    return fail(
      `"${name}" is not declared. Add \`${name}: string\` (or another type) to \`variables\` of the front matter.`,
    );
  });
}

function includePage(
  page: PromptPage,
  name: string,
  { scope, fail }: { readonly scope: PageScope; readonly fail: (problem: string) => never },
): string {
  const file = resolve(dirname(page.file), name.endsWith('.md') ? name : `${name}.md`);
  const around = [...scope.around, page.file];
  if (around.includes(file)) {
    const chain = [...around, file].map((path) => basename(path)).join(' > ');
    return fail(`the pages include each other in a circle: ${chain}. Take one of these lines out.`);
  }
  const text = textOf(file);
  if (typeof text !== 'string') {
    return fail(`cannot include "${name}": ${messageOf(text)}. Make ${file}, or mend the name.`);
  }
  return writePage(parsePage(file, text), { ...scope, around }).trim();
}

/** The values of a page's own variables, checked; others of the scope are no business of its. */
function valuesFor(page: PromptPage, scope: PageScope): PromptValues {
  const values: Record<string, PromptValue> = {};
  for (const [name, { type, fallback, line }] of page.variables) {
    scope.known.add(name);
    const value = Object.hasOwn(scope.values, name) ? scope.values[name] : fallback;
    if (value === undefined) {
      throw pageError(
        page.file,
        line,
        `"${name}" has no value. Give it as promptFile(…, …, { ${name}: … }), or a \`default\` here.`,
      );
    }
    const problem = typeProblem(type, value);
    if (problem !== null) {
      throw pageError(page.file, line, `"${name}" must be ${typeWords(type)}, ${problem}.`);
    }
    values[name] = value;
  }
  return values;
}

function readPage(file: string): PromptPage {
  const text = textOf(file);
  if (typeof text === 'string') return parsePage(file, text);
  throw new SwitchboardError('desk_invalid', `Cannot read the prompt ${file}: ${messageOf(text)}`, {
    cause: text,
  });
}

/** The file's text, or what kept it from being read. */
function textOf(file: string): unknown {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    return thrown;
  }
}
