import { z } from 'zod';
import { SwitchboardError } from '../lib/index.ts';

/** How long a call waits for a caller whose media stream was lost, in milliseconds. */
export const returnWithinMs = z.coerce
  .number({ error: 'must be a whole number from 1000 to 600000' })
  .int('must be a whole number from 1000 to 600000')
  .min(1_000, 'must be at least 1000')
  .max(600_000, 'must be at most 600000')
  .default(20_000);

/**
 * The address under which a carrier reaches this server, without a slash at its end.
 *
 * @param because the variable that asks for it
 * @throws SwitchboardError config_invalid when it is not set
 */
export function publicUrlFor(because: string, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  throw new SwitchboardError(
    'config_invalid',
    `The environment variable PUBLIC_URL must be set, because ${because} is.`,
  );
}
