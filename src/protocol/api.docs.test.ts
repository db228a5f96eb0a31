import { expect, it } from 'vitest';
import type { z } from 'zod';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { callClientMessage, callServerMessage } from './api.ts';

/** Messages of a schema as the reference writes them: the name, then its fields, `?` for optional ones. */
function messagesOf(
  options: readonly { readonly shape: Readonly<Record<string, z.core.$ZodType>> }[],
) {
  return options.map(({ shape: { type, ...fields } }) => [
    String(type?._zod.values?.values().next().value),
    ...Object.entries(fields).map(([name, schema]) =>
      schema._zod.optin === 'optional' ? `${name}?` : name,
    ),
  ]);
}

it.each([
  ['caller', messagesOf(callClientMessage.options)],
  ['server', messagesOf(callServerMessage.options)],
])('has every message of the %s in the reference, with its fields', (side, known) => {
  const documented = referenceRows('call-socket.md', `${side}'s message`).map((row) => [
    ...codeWords(row[`${side}'s message`]),
    ...codeWords(row['fields']),
  ]);
  expect(documented).toEqual(known);
});
