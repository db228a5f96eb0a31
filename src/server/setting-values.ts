import { z } from 'zod';

/** A number of things, bytes or milliseconds, both bounds included. */
export function wholeNumber(lowest: number, highest: number) {
  const error = `must be a whole number from ${lowest} to ${highest}`;
  return z.coerce.number({ error }).int(error).min(lowest, error).max(highest, error);
}

/** Where something is reached over HTTP. */
export const httpAddress = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https address',
});

/** The entries of a list that is separated by commas. */
export function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
