import type { MindAct, MindInput, MindItem } from './port.ts';

/** A conversation with all names written one way, and the way back for what is to be done. */
export interface Renamed {
  readonly input: MindInput;
  /** The act with the names that the session knows. */
  readonly back: (act: MindAct) => MindAct;
}

const isCamel = (name: string): boolean => /[a-z\d][A-Z]/.test(name);

/** `bookStudyRoom` and `HTTPStatus` as `book_study_room` and `http_status`; words in capitals stay. */
const inSnakeCase = (name: string): string =>
  isCamel(name)
    ? name
        .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
        .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
        .replaceAll('-', '_')
        .toLowerCase()
    : name;

/**
 * Reads names of tools, parameters and results in camelCase as the snake_case that the rest of the
 * mind knows the words of. Nothing is touched in a session without such names.
 */
export function renamed(input: MindInput): Renamed {
  const tools = new Map<string, string>();
  const params = new Map<string, string>();
  for (const { name, parameters } of input.tools) {
    if (isCamel(name)) tools.set(name, inSnakeCase(name));
    for (const key of propertiesOf(parameters)) if (isCamel(key)) params.set(key, inSnakeCase(key));
  }
  if (tools.size + params.size === 0) return { input, back: (act) => act };
  const names = new Map([...params, ...tools]);
  const mentioned = new RegExp(
    `(?<![\\w])(?:${[...names.keys()].toSorted((a, b) => b.length - a.length).join('|')})(?![\\w])`,
    'g',
  );
  const text = (words: string): string =>
    words.replaceAll(mentioned, (name) => names.get(name) ?? name);
  const { toolChoice } = input;
  const own = new Map(
    input.tools.map(({ name, parameters }) => [
      tools.get(name) ?? name,
      {
        name,
        keys: new Map(propertiesOf(parameters).map((key) => [params.get(key) ?? key, key])),
      },
    ]),
  );
  return {
    input: {
      instructions: text(input.instructions),
      tools: input.tools.map(({ name, description, parameters }) => ({
        name: tools.get(name) ?? name,
        description: text(description),
        parameters: withNames(parameters, text),
      })),
      toolChoice:
        typeof toolChoice === 'object'
          ? { ...toolChoice, name: tools.get(toolChoice.name) ?? toolChoice.name }
          : toolChoice,
      items: input.items.map((item) => itemRenamed(item, tools)),
    },
    back: (act) => {
      if (act.type !== 'call') return act;
      const tool = own.get(act.name);
      if (!tool) return act;
      const args = parsed(act.arguments);
      return {
        ...act,
        name: tool.name,
        arguments: isRecord(args)
          ? JSON.stringify(
              Object.fromEntries(
                Object.entries(args).map(([key, value]) => [tool.keys.get(key) ?? key, value]),
              ),
            )
          : act.arguments,
      };
    },
  };
}

function itemRenamed(item: MindItem, tools: ReadonlyMap<string, string>): MindItem {
  if (item.type === 'function_call')
    return {
      ...item,
      name: tools.get(item.name) ?? item.name,
      arguments: jsonRenamed(item.arguments, (value) => value),
    };
  if (item.type === 'function_call_output')
    return { ...item, output: jsonRenamed(item.output, (value) => tools.get(value) ?? value) };
  return item;
}

/** A JSON text with its keys renamed; any other text stays. */
function jsonRenamed(text: string, value: (text: string) => string): string {
  const json = parsed(text);
  return typeof json === 'object' && json !== null
    ? JSON.stringify(keysRenamed(json, value))
    : text;
}

function keysRenamed(json: unknown, value: (text: string) => string): unknown {
  if (typeof json === 'string') return value(json);
  if (Array.isArray(json)) return json.map((one) => keysRenamed(one, value));
  if (!isRecord(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, one]) => [inSnakeCase(key), keysRenamed(one, value)]),
  );
}

/** A schema with its properties renamed, and their names in descriptions as well. */
function withNames(schema: unknown, text: (words: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((one) => withNames(one, text));
  if (!isRecord(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties' && isRecord(value))
        return [
          key,
          Object.fromEntries(
            Object.entries(value).map(([name, one]) => [inSnakeCase(name), withNames(one, text)]),
          ),
        ];
      if (key === 'required' && Array.isArray(value))
        return [
          key,
          value.map((name: unknown) => (typeof name === 'string' ? inSnakeCase(name) : name)),
        ];
      if (key === 'description' && typeof value === 'string') return [key, text(value)];
      return [key, typeof value === 'object' && key !== 'enum' ? withNames(value, text) : value];
    }),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const propertiesOf = (schema: unknown): readonly string[] =>
  isRecord(schema) && isRecord(schema['properties']) ? Object.keys(schema['properties']) : [];

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
