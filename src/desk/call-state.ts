import type { z } from 'zod';
import type { CallStateKey } from './call-context.ts';

/**
 * Names a piece of typed data that the tools of one call share, such as what was chosen so far.
 *
 * @param name unique within the desk
 * @param schema what values must be; `set` throws for any other
 * @param initial what is there before anything was set
 */
export function callState<T>(name: string, schema: z.ZodType<T>, initial: T): CallStateKey<T> {
  return { name, schema, initial: schema.parse(initial) };
}
