import type { ToolSpec } from '../port.ts';
import { text } from './schema.ts';

export { text };

/** What must come of a wish: a tool, one of the instructions' sentences, or that it cannot be done. */
export type Wanted =
  { readonly tool: string } | { readonly fact: RegExp } | { readonly nothing: true };

/** An agent that never ran, and what people say to it first. */
export interface WishDesk {
  readonly name: string;
  readonly instructions: string;
  readonly tools: readonly ToolSpec[];
  readonly wishes: readonly (readonly [says: string, Wanted])[];
}

/** A tool; all its parameters are required. */
export const made = (
  name: string,
  description: string,
  properties: Readonly<Record<string, unknown>> = {},
): ToolSpec => ({
  name,
  description,
  parameters: { type: 'object', properties, required: Object.keys(properties) },
});
/** A day. */
export const day = { type: 'string', format: 'date', description: 'The day' };
/** What a transfer is told. */
export const reason = { reason: text('What the caller wants') };
/** Wishes for a tool. */
export const of = (tool: string, ...says: readonly string[]) =>
  says.map((said) => [said, { tool }] as const);
/** Questions that a sentence of the instructions answers. */
export const told = (fact: RegExp, ...says: readonly string[]) =>
  says.map((said) => [said, { fact }] as const);
/** Wishes that nothing here serves. */
export const beyond = (...says: readonly string[]) =>
  says.map((said) => [said, { nothing: true }] as const);
