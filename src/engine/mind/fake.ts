import type { Mind, MindAct, MindInput } from './port.ts';

/** A mind for tests, with what it was asked. */
export interface ScriptedMind extends Mind {
  /** Inputs in the order in which they came. */
  readonly inputs: readonly MindInput[];
}

/**
 * Gives one prepared response after another; the last one is repeated when the script has ended.
 *
 * @param script each response as its acts, or a function of the input.
 */
export function scriptedMind(
  script: readonly (readonly MindAct[] | ((input: MindInput) => readonly MindAct[]))[],
): ScriptedMind {
  const inputs: MindInput[] = [];
  return {
    inputs,
    async *respond(input, signal) {
      signal.throwIfAborted();
      const next = script[Math.min(inputs.length, script.length - 1)] ?? [];
      inputs.push(input);
      const acts = typeof next === 'function' ? next(input) : next;
      for (const act of acts) {
        signal.throwIfAborted();
        if (act.type === 'say' || input.toolChoice !== 'none') yield act;
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
