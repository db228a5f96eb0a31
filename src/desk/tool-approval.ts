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
  if (given.needsApproval.toString() !== fixedAnswer()) return true;
  const answer = inspect(given.needsApproval(undefined as never, undefined)); // it looks at neither
  return answer !== inspect(Promise.resolve(false));
}

let fixed: string | undefined;

/** The source of the function that the SDK makes of a fixed answer, asked of the SDK itself. */
function fixedAnswer(): string {
  fixed ??= tool({
    name: 'probe',
    description: '',
    parameters: z.object({}),
    execute: () => '',
  }).needsApproval.toString();
  return fixed;
}
