export { object } from '../../../src/engine/mind/cases/schema.ts';

/** An argument that was given as a text. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
