import { z } from 'zod';

/** Finds what is wrong with a function call's arguments. @returns null when nothing is. */
export type ArgumentCheck = (text: string) => string | null;

/**
 * Builds the check for a tool from its JSON schema.
 *
 * The Agents SDK answers arguments that are not JSON with silence, and bad ones with a text that
 * does not say what is bad. What a tool's own zod schema demands beyond JSON schema is left to it.
 */
export function argumentCheck(parameters: unknown): ArgumentCheck {
  const schema = toZod(parameters);
  return (text) => {
    const fault = argumentsFault(text);
    if (fault !== null) return fault;
    const parsed = schema?.safeParse(JSON.parse(text));
    if (!parsed || parsed.success) return null;
    return parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`)
      .join('; ');
  };
}

/** What keeps a text from being arguments of any tool at all, or null. */
export function argumentsFault(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The arguments are not JSON.';
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? null : 'The arguments must be a JSON object.';
}

function toZod(parameters: unknown): z.ZodType | null {
  try {
    return z.fromJSONSchema(parameters as Parameters<typeof z.fromJSONSchema>[0]); // throws on what it cannot read
  } catch {
    return null;
  }
}
