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
    let value: unknown;
    try {
      value = JSON.parse(text === '' ? '{}' : text);
    } catch {
      return 'The arguments are not JSON.';
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return 'The arguments must be a JSON object.';
    }
    const parsed = schema?.safeParse(value);
    if (!parsed || parsed.success) return null;
    return parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`)
      .join('; ');
  };
}

function toZod(parameters: unknown): z.ZodType | null {
  try {
    return z.fromJSONSchema(parameters as Parameters<typeof z.fromJSONSchema>[0]); // throws on what it cannot read
  } catch {
    return null;
  }
}
