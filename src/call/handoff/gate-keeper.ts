import { z } from 'zod';
import {
  allow,
  type Gate,
  type GateDecision,
  type GateRequest,
  type RefusalCode,
} from '../../desk/index.ts';
import { SwitchboardError, withDeadline, type Eventually } from '../../lib/index.ts';

/** What all gates of a handoff said together; who refused, for the trail. */
export type Verdict =
  | { readonly allow: true }
  | { readonly allow: false; readonly gate: string; readonly code: string; readonly say: string };

/** Said when something of ours, not of the desk's, keeps a handoff from taking place. */
export const cannotPutThrough = 'I cannot put you through right now.';

/** How gates are asked. */
export interface GateOptions {
  readonly timeoutMs: number;
  /** Aborts at the end of the call. */
  readonly signal: AbortSignal;
  /** A gate threw, timed out or answered what is no decision: one line for the log. */
  failed(gate: string, thrown: unknown): void;
}

/**
 * Asks gates one after the other; the first refusal counts, an error or a missed deadline refuses.
 *
 * Gates that answer at once are answered at once: no timer, no turn of the event loop.
 */
export function askGates(
  gates: readonly Gate[],
  request: Omit<GateRequest, 'signal'>,
  options: GateOptions,
): Eventually<Verdict> {
  if (gates.length === 0) return { allow: true };
  const controller = new AbortController();
  const full: GateRequest = { ...request, signal: controller.signal };
  for (const [index, gate] of gates.entries()) {
    try {
      const decision = gate.canHandoff(full);
      if (isPromise(decision)) {
        return wait({ gate, decision, rest: gates.slice(index + 1), full, controller }, options);
      }
      const verdict = judge(gate, decision);
      if (!verdict.allow) return verdict;
    } catch (thrown) {
      options.failed(gate.name, thrown);
      return refusal(gate, 'gate_failed');
    }
  }
  return { allow: true };
}

interface Waiting {
  readonly gate: Gate;
  readonly decision: Promise<GateDecision>;
  readonly rest: readonly Gate[];
  readonly full: GateRequest;
  readonly controller: AbortController;
}

async function wait(first: Waiting, options: GateOptions): Promise<Verdict> {
  const { full, controller } = first;
  let { gate } = first;
  const ask = async (): Promise<Verdict> => {
    let verdict = judge(gate, await first.decision);
    for (const next of first.rest) {
      if (!verdict.allow || full.signal.aborted) break;
      gate = next;
      verdict = judge(gate, await gate.canHandoff(full));
    }
    return verdict;
  };
  try {
    return await withDeadline(
      (signal) => {
        signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
        return ask();
      },
      {
        timeoutMs: options.timeoutMs,
        signal: options.signal,
        onTimeout: () => new SwitchboardError('tool_timeout', `${gate.name} did not decide.`),
      },
    );
  } catch (thrown) {
    options.failed(gate.name, thrown);
    const late = thrown instanceof SwitchboardError && thrown.code === 'tool_timeout';
    return refusal(gate, late ? 'gate_timeout' : 'gate_failed');
  }
}

const decisions = z.discriminatedUnion('allow', [
  z.object({ allow: z.literal(true) }),
  z.object({ allow: z.literal(false), code: z.string(), say: z.string() }),
]);

function judge(gate: Gate, decision: GateDecision): Verdict {
  if (decision === allow) return { allow: true };
  // A desk in plain JavaScript may answer anything; only a clear yes is one.
  const given = decisions.parse(decision);
  return given.allow ? given : { ...given, gate: gate.name };
}

function refusal(gate: Gate, code: RefusalCode): Verdict {
  return { allow: false, gate: gate.name, code, say: cannotPutThrough };
}

function isPromise(value: unknown): value is Promise<GateDecision> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
