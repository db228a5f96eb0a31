import { contextId, type Subject } from './language-model.ts';
import type { RecognizerContext } from './port.ts';

/** What a session was told, the present last. */
export interface SessionMemory {
  /** Takes a new context. @returns it with those before it. */
  learn(context: RecognizerContext): Subject;
}

/** Agents of one call beyond this many are forgotten, the longest unheard of first. */
const keptContexts = 4;

/** A caller who was handed over may come back to the earlier matter at any time. */
export function createSessionMemory(): SessionMemory {
  let held = new Map<string, RecognizerContext>();
  return {
    learn(context) {
      const id = contextId(context);
      held.delete(id);
      const earlier = [...held].slice(-keptContexts);
      held = new Map([...earlier, [id, context]]);
      return { context, earlier: earlier.map(([, one]) => one) };
    },
  };
}
