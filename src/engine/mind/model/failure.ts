import { SwitchboardError } from '../../../lib/index.ts';

/** Why a model gave nothing that can be used. */
export interface ModelFailure {
  /** For the log; holds nothing that a caller said. */
  readonly reason: string;
  /** The same request may well succeed a moment later. */
  readonly transient: boolean;
}

/** The error of a deadline that passed. Waiting once more would double a caller's silence. */
export const lateError = (waitedFor: string, afterMs: number): SwitchboardError =>
  new SwitchboardError('model_failed', `The model sent no ${waitedFor} within ${afterMs} ms.`);

/** Reads what a request to a model threw. Messages of servers are left out: they may quote the conversation. */
export function failureOf(thrown: unknown): ModelFailure {
  if (thrown instanceof SwitchboardError) return { reason: thrown.message, transient: false };
  const status = statusOf(thrown);
  if (status !== undefined) {
    const transient = status === 408 || status === 409 || status === 429 || status >= 500;
    return { reason: `The model's server answered ${status}.`, transient };
  }
  if (thrown instanceof SyntaxError) {
    return { reason: "The model's server sent what is no JSON.", transient: true };
  }
  return { reason: "The connection to the model's server failed.", transient: true };
}

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}
