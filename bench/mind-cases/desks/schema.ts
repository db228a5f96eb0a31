/** JSON Schema of an object with nothing else in it; all properties are required unless named. */
export const object = (
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[] = Object.keys(properties),
): unknown => ({ type: 'object', properties, required, additionalProperties: false });

/** An argument that was given as a text. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
