/** Types of variables that have a name; the other kind is a list of the values that may be. */
export const scalarTypes = ['string', 'number', 'boolean', 'date', 'time'] as const;

/** Type of a variable of a prompt. */
export type VariableType = (typeof scalarTypes)[number] | readonly string[];

/**
 * What a variable may be given. A date is `2026-12-25`, a time `09:00` on the clock of 24 hours.
 */
export type PromptValue = string | number | boolean;

const words = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date like 2026-12-25',
  time: 'a time like 09:00',
} as const;

/** What a value of this type is, for people. */
export function typeWords(type: VariableType): string {
  return typeof type === 'string' ? words[type] : `one of ${type.join(', ')}`;
}

/** Says what else a value is that is not of the type, as `not …`; null for one that is. */
export function typeProblem(type: VariableType, value: unknown): string | null {
  return isOf(type, value) ? null : `not ${JSON.stringify(value)}`;
}

/** A value as it stands in the prompt. */
export function writeValue(value: PromptValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function isOf(type: VariableType, value: unknown): boolean {
  if (typeof type !== 'string') return typeof value === 'string' && type.includes(value);
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isDate(value);
    case 'time':
      return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
  }
}

/** Whether the calendar has such a day: 30 February reads as a date in March. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
