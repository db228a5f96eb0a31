import { tool } from '@openai/agents/realtime';
import { inspect } from 'node:util';
import { z } from 'zod';
import type { DeskTool } from './tool.ts';

/**
 * Whether a tool may wait for an approval. `tool()` turns `needsApproval: true` and none at all into
 * the same function with another answer, which is a promise that is settled when it is made; a
 * function of the desk's own may say yes to any call, so it is not asked.
 */
export function needsApproval(given: DeskTool): boolean {
  const probe = tool({
    name: 'probe',
    description: '',
    parameters: z.object({}),
    execute: () => '',
  });
  if (given.needsApproval.toString() !== probe.needsApproval.toString()) return true;
  const answer = inspect(given.needsApproval(undefined as never, undefined)); // it looks at neither
  return answer !== inspect(Promise.resolve(false));
}
