import { jsonrepair } from 'jsonrepair';

/** A call as a model made it: nothing about it has been checked. */
export interface RawCall {
  readonly name: string;
  readonly arguments: string;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Calls that a weak model wrote into its text instead of making them: JSON with a name and arguments,
 * alone, in a fence or in a tag of its chat template.
 *
 * @param text what stood between the marks, or with them
 * @param isTool whether a name is one of the session's tools
 * @returns null when it is something else
 */
export function callsIn(
  text: string,
  isTool: (name: string) => boolean,
): readonly RawCall[] | null {
  const tagged = taggedCall(text);
  if (tagged) return [tagged];
  const inside = text
    .replaceAll(/<\/?(?:tool_call|function_call|tools?)>|\[TOOL_CALLS\]|<\|python_tag\|>/gi, '')
    .replace(/^\s*```[a-z_]*\s*/i, '')
    .replace(/\s*```\s*$/, '')
    .trim();
  if (!/^[[{]/.test(inside)) return null;
  const value = jsonOf(inside);
  const calls = (Array.isArray(value) ? value : [value]).flatMap((one) => callsOf(one, isTool));
  return calls.length > 0 ? calls : null;
}

/** `<function=name>{…}</function>`, or with `<parameter=key>value</parameter>` inside. */
function taggedCall(text: string): RawCall | null {
  const match = /<function=([\w.:-]+)>([\s\S]*?)(?:<\/function>|$)/.exec(text);
  if (!match) return null;
  const [, name = '', body = ''] = match;
  const fields = [...body.matchAll(/<parameter=([\w.-]+)>([\s\S]*?)<\/parameter>/g)];
  if (fields.length === 0) return { name, arguments: body.trim() };
  const values = fields.map(([, key = '', value = '']) => [key, value.trim()] as const);
  return { name, arguments: JSON.stringify(Object.fromEntries(values)) };
}

function callsOf(value: unknown, isTool: (name: string) => boolean): readonly RawCall[] {
  if (!isFields(value)) return [];
  if (Array.isArray(value['tool_calls'])) {
    return value['tool_calls'].flatMap((one) => callsOf(one, isTool));
  }
  if (isFields(value['function'])) return callsOf(value['function'], isTool);
  const name = value['name'] ?? value['tool'] ?? value['tool_name'] ?? value['function'];
  if (typeof name !== 'string') return [];
  const given = value['arguments'] ?? value['parameters'] ?? value['args'] ?? value['input'];
  if (given === undefined && !isTool(name)) return [];
  const args = typeof given === 'string' ? given : JSON.stringify(given ?? {});
  return [{ name, arguments: args }];
}

/** What a text means as JSON, mended where it can be; undefined when it cannot. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    try {
      return JSON.parse(jsonrepair(text)) as unknown;
    } catch {
      return undefined;
    }
  }
}
