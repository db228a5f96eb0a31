import { z } from 'zod';
import type { ToolSpec } from '../port.ts';
import { jsonOf, type RawCall } from './written-calls.ts';

/** A call that a tool of the session takes, or what is wrong with it, said to the model. */
export type CheckedCall =
  | { readonly ok: true; readonly name: string; readonly arguments: string }
  | { readonly ok: false; readonly problem: string };

/** Checks what models call against the tools of a session. */
export interface CallCheck {
  /** The tool that a name means; undefined when it means none, or more than one. */
  toolNamed(name: string): ToolSpec | undefined;
  check(call: RawCall): CheckedCall;
}

type Fields = Record<string, unknown>;

/** @param tools those that may be called now */
export function createCallCheck(tools: readonly ToolSpec[]): CallCheck {
  function toolNamed(name: string): ToolSpec | undefined {
    const exact = tools.find((tool) => tool.name === name);
    if (exact) return exact;
    const alike = tools.filter((tool) => plain(tool.name) === plain(name));
    return alike.length === 1 ? alike[0] : undefined;
  }
  return {
    toolNamed,
    check({ name, arguments: written }) {
      const tool = toolNamed(name);
      if (!tool) {
        const names = tools.map((one) => one.name).join(', ') || 'none';
        return { ok: false, problem: `There is no tool '${name}'. The tools are: ${names}.` };
      }
      const value = written.trim() === '' ? {} : jsonOf(written);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return { ok: false, problem: 'The arguments must be one JSON object.' };
      }
      const args = fitted({ ...value }, tool.parameters); // no function of it is ours to keep
      const problem = problemWith(args, tool.parameters);
      return problem === undefined
        ? { ok: true, name: tool.name, arguments: JSON.stringify(args) }
        : { ok: false, problem };
    },
  };
}

/** `functions.Find-Order` and `find_order` are the same name. */
const plain = (name: string): string =>
  name
    .replace(/^(?:functions?|tools?)[.:/]/i, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** Mends what weak models get wrong about types without changing what is meant. */
function fitted(args: Fields, schema: unknown): Fields {
  const properties = fieldOf(schema, 'properties');
  const isClosed = fieldOf(schema, 'additionalProperties') === false;
  const required = fieldOf(schema, 'required');
  const isRequired = (name: string): boolean => Array.isArray(required) && required.includes(name);
  const kept = Object.entries(args).flatMap(([name, value]): [string, unknown][] => {
    const property = fieldOf(properties, name);
    if (property === undefined) return isClosed ? [] : [[name, value]];
    if (value === null && !isRequired(name) && !takesNull(property)) return [];
    return [[name, fittedValue(value, property)]];
  });
  return Object.fromEntries(kept);
}

function fittedValue(value: unknown, schema: unknown): unknown {
  const type = fieldOf(schema, 'type');
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const takes = (name: string): boolean => types.includes(name);
  const options = fieldOf(schema, 'enum');
  if (Array.isArray(options) && typeof value === 'string' && !options.includes(value)) {
    const meant = options.filter((one) => typeof one === 'string' && plain(one) === plain(value));
    return meant.length === 1 ? meant[0] : value;
  }
  if (typeof value === 'string' && !takes('string')) {
    const text = value.trim();
    const isNumber = text !== '' && Number.isFinite(Number(text));
    if (isNumber && (takes('number') || takes('integer'))) return Number(text);
    if (takes('boolean') && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
    return value;
  }
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  return isScalar && types.length === 1 && takes('string') ? String(value) : value;
}

function takesNull(schema: unknown): boolean {
  const type = fieldOf(schema, 'type');
  const choices = fieldOf(schema, 'anyOf') ?? fieldOf(schema, 'oneOf');
  return (
    type === 'null' ||
    (Array.isArray(type) && type.includes('null')) ||
    (Array.isArray(choices) && choices.some((choice) => takesNull(choice)))
  );
}

/** One line for the model; undefined when the arguments fit, or when the schema cannot be read. */
function problemWith(args: Fields, schema: unknown): string | undefined {
  const read = schemaOf(schema);
  const issues = read?.safeParse(args).error?.issues ?? [];
  if (issues.length === 0) return undefined;
  const told = issues.slice(0, 5).map(({ path, message }) => {
    const at = path.join('.');
    return at === '' ? message : `${at}: ${message}`;
  });
  return `The arguments do not fit: ${told.join('; ')}.`;
}

const schemas = new WeakMap<object, z.ZodType | null>();

function schemaOf(schema: unknown): z.ZodType | null {
  if (typeof schema !== 'object' || schema === null) return null;
  const known = schemas.get(schema);
  if (known !== undefined) return known;
  let read: z.ZodType | null = null;
  try {
    read = z.fromJSONSchema({ ...schema });
  } catch {
    // A schema with parts that are not supported: whoever runs the tool checks its arguments as well.
  }
  schemas.set(schema, read);
  return read;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (Object.entries(value) as [string, unknown][]).find(([key]) => key === name)?.[1]; // entries are typed `any`
}
