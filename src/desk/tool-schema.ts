import { tool } from '@openai/agents/realtime';
import type { z } from 'zod';
import { messageOf } from '../lib/index.ts';

/**
 * Why a schema cannot be the parameters of a tool, or null. Asked of the Agents SDK itself, which has
 * its own idea of what a strict schema is and would throw at the start of a call.
 */
export function schemaProblem(parameters: z.ZodObject): string | null {
  const known = problems.get(parameters);
  if (known !== undefined) return known;
  const found = askSdk(parameters);
  problems.set(parameters, found);
  return found;
}

// Schemas are shared by many edges, and do not change.
const problems = new WeakMap<z.ZodObject, string | null>();

function askSdk(parameters: z.ZodObject): string | null {
  try {
    tool({ name: 'probe', description: 'Is never run.', parameters, execute: async () => '' });
    return null;
  } catch (thrown) {
    return messageOf(thrown).split('\n', 1)[0]?.replace(/\.$/, '') ?? '';
  }
}
