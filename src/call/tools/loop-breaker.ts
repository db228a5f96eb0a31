import type { DeskLimits } from '../../desk/index.ts';

/**
 * What becomes of a function call.
 * - `run`: it is judged and run as any other.
 * - `explain`: one too many; the agent is told and may say so.
 * - `speak`: still one too many, and the agent has said nothing: the runtime says it.
 * - `end`: still one too many, and the caller has heard something: nothing follows.
 */
export type LoopVerdict = 'run' | 'explain' | 'speak' | 'end';

/** A function call as the breaker sees it. */
export interface JudgedCall {
  readonly name: string;
  readonly arguments: string;
  /** How often the same one may be is not counted: handoffs have limits of their own. */
  readonly isTransfer?: boolean;
}

/** Stops an agent that calls tools without end between two turns of the caller. */
export interface LoopBreaker {
  /** The caller has had a turn: everything is allowed again. */
  callerTurn(): void;
  /** The agent is heard. */
  agentSpoke(): void;
  judge(call: JudgedCall): LoopVerdict;
}

/** @returns a breaker that nothing has tripped. */
export function createLoopBreaker(
  limits: Pick<DeskLimits, 'toolCallsPerTurn' | 'sameCallPerTurn'>,
): LoopBreaker {
  let calls = 0;
  let trips = 0;
  let spoke = false;
  const same = new Map<string, number>();
  return {
    callerTurn() {
      calls = 0;
      trips = 0;
      same.clear();
    },
    agentSpoke() {
      spoke = true;
    },
    judge({ name, arguments: args, isTransfer = false }) {
      const key = `${name}\n${args}`;
      const times = (same.get(key) ?? 0) + 1;
      same.set(key, times);
      calls += 1;
      const looping =
        trips > 0 ||
        calls > limits.toolCallsPerTurn ||
        (!isTransfer && times > limits.sameCallPerTurn);
      if (!looping) return 'run';
      trips += 1;
      if (trips === 1) {
        spoke = false; // what was said before it does not explain it
        return 'explain';
      }
      // From here on no response is asked for, so that there is no going on for ever.
      const silent = !spoke;
      spoke = true;
      return silent ? 'speak' : 'end';
    },
  };
}
