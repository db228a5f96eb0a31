/** A JSON Schema of an object; everything is required unless said otherwise. */
export const object = (
  properties: Readonly<Record<string, unknown>>,
  required = Object.keys(properties),
): object => ({ type: 'object', properties, required, additionalProperties: false });

/** A JSON Schema of a text. */
export const text = (description: string, more: object = {}): object => ({
  type: 'string',
  description,
  ...more,
});
