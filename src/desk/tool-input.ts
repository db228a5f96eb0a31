import type { z } from 'zod';

/**
 * Reads what a model gave for a schema. Strict schemas have no optional fields on the wire: a model
 * gives null for what it leaves out, and what may be left out is read as if it had been.
 *
 * @returns what the schema makes of it, or what is wrong with it as it was given
 */
export function readInput<Input extends z.ZodObject>(
  schema: Input,
  given: unknown,
): z.ZodSafeParseResult<z.output<Input>> {
  const asGiven = schema.safeParse(given);
  if (asGiven.success) return asGiven;
  const nulls = asGiven.error.issues.filter(({ path }) => at(given, path) === null);
  if (nulls.length === 0) return asGiven;
  const without: unknown = structuredClone(given);
  for (const { path } of nulls) {
    const holder = at(without, path.slice(0, -1));
    const field = path.at(-1);
    if (isObject(holder) && field !== undefined) Reflect.deleteProperty(holder, field);
  }
  const again = schema.safeParse(without);
  return again.success ? again : asGiven;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) ? (Reflect.get(inner, key) as unknown) : undefined), // Reflect.get is typed any
    value,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
