import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { SwitchboardError } from '../lib/index.ts';
import {
  scalarTypes,
  typeProblem,
  typeWords,
  type PromptValue,
  type VariableType,
} from './prompt-variables.ts';

/** A variable as a page declares it. */
export interface DeclaredVariable {
  readonly type: VariableType;
  /** Taken when nobody gives a value. */
  readonly fallback: PromptValue | undefined;
  /** Line of the file, from 1. */
  readonly line: number;
}

/** A page taken apart. */
export interface PromptPage {
  readonly file: string;
  readonly variables: ReadonlyMap<string, DeclaredVariable>;
  readonly body: string;
  /** Line of the file on which the body begins, from 1. */
  readonly bodyLine: number;
}

/** What a page's line is wrong with, and how to mend it. */
export function pageError(file: string, line: number, problem: string): SwitchboardError {
  return new SwitchboardError('desk_invalid', `${file}:${line}: ${problem}`);
}

/** The form of a variable's name. */
export const variableName = /^[a-z][a-z0-9_]*$/i;

const typeHint = `one of ${scalarTypes.join(', ')}, or a list of the values that may be`;

/**
 * Takes a page apart: the front matter between two lines of `---` at its top, if it has one, and
 * the Markdown below.
 *
 * @throws SwitchboardError desk_invalid, naming file, line and how to mend it
 */
export function parsePage(file: string, text: string): PromptPage {
  const page = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!/^---[ \t]*\n/.test(page)) {
    return { file, variables: new Map(), body: page, bodyLine: 1 };
  }
  const lines = page.split('\n');
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---');
  if (end < 0) {
    throw pageError(file, 1, 'the front matter is not closed. Put a line of --- below it.');
  }
  const variables = readFrontMatter(file, lines.slice(1, end).join('\n'));
  return { file, variables, body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
}

function readFrontMatter(file: string, text: string): Map<string, DeclaredVariable> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineAt = (offset: number): number => counter.linePos(offset).line + 1; // below the first ---
  const lineOf = (node: unknown): number => lineAt((node as Ranged | null)?.range?.[0] ?? 0); // all nodes of a parsed document have one
  const broken = document.errors[0];
  if (broken) {
    const reason =
      broken.message.split('\n')[0]?.replace(/( at line \d+, column \d+)?[.:]*$/, '') ?? '';
    throw pageError(file, lineAt(broken.pos[0]), `the front matter is not YAML: ${reason}.`);
  }
  const fail = (node: unknown, problem: string): never => {
    throw pageError(file, lineOf(node), problem);
  };
  const root = document.contents;
  if (root === null) return new Map();
  if (!isMap(root))
    return fail(root, 'the front matter must be keys with values, like `variables:`.');
  for (const { key } of root.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (!['description', 'variables'].includes(name)) {
      fail(
        key,
        `"${name}" is not known here. The front matter has \`variables\` and \`description\`.`,
      );
    }
  }
  const declared = root.get('variables', true);
  if (declared === undefined || (isScalar(declared) && declared.value === null)) return new Map();
  if (!isMap(declared))
    return fail(declared, '`variables` must be names with types, like `practice: string`.');
  return new Map(
    declared.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      if (!variableName.test(name)) {
        fail(key, `"${name}" cannot name a variable. Use letters, digits and underscores.`);
      }
      const { type, fallback } = readDeclaration(name, value, fail);
      return [name, { type, fallback, line: lineOf(key) }];
    }),
  );
}

interface Ranged {
  readonly range?: readonly number[];
}

/** `string`, `[a, b]`, or `{ type: …, default: … }`. */
function readDeclaration(
  name: string,
  node: unknown,
  fail: (node: unknown, problem: string) => never,
): Pick<DeclaredVariable, 'type' | 'fallback'> {
  if (!isMap(node)) return { type: readType(name, node, fail), fallback: undefined };
  const known = ['type', 'default'];
  for (const { key } of node.items) {
    const field = isScalar(key) ? String(key.value) : '';
    if (!known.includes(field)) {
      fail(
        key,
        `"${field}" of "${name}" is not known. A variable has a \`type\` and maybe a \`default\`.`,
      );
    }
  }
  const type = readType(name, node.get('type', true) ?? node, fail);
  const given = node.get('default', true);
  if (given === undefined) return { type, fallback: undefined };
  const value = isScalar(given) ? given.value : given;
  const problem = typeProblem(type, value);
  if (problem !== null)
    fail(given, `the default of "${name}" must be ${typeWords(type)}, ${problem}.`);
  return { type, fallback: value as PromptValue }; // typeProblem has looked
}

function readType(
  name: string,
  node: unknown,
  fail: (node: unknown, problem: string) => never,
): VariableType {
  const plain: unknown = (node as { toJSON?: () => unknown } | null)?.toJSON?.(); // any node has it
  const scalar = scalarTypes.find((type) => type === plain);
  if (scalar) return scalar;
  if (Array.isArray(plain) && plain.length > 0) {
    const values: unknown[] = plain;
    if (values.every((value) => typeof value === 'string')) return values;
    return fail(node, `the values of "${name}" must all be texts. Put quotes around each of them.`);
  }
  return fail(node, `the type of "${name}" must be ${typeHint}.`);
}
