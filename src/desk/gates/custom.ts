import type { Gate, GateDecision, GateRequest } from '../gate.ts';

/**
 * A gate of the desk's own. `allow` lets through; `refuse(code, sentence)` does not.
 *
 * ```ts
 * gate('open_balance', ({ packet }) =>
 *   Number(packet['amount']) > 500
 *     ? refuse('amount_too_high', 'That amount needs a person to look at it.')
 *     : allow,
 * );
 * ```
 *
 * @param name for the trail and for findings, lower case with underscores
 * @param check may be asynchronous; must heed `signal`, which aborts at the deadline
 * @param about what the linter may know of it
 */
export function gate(
  name: string,
  check: (request: GateRequest) => GateDecision | Promise<GateDecision>,
  about: Pick<Gate, 'neverOpens' | 'needs' | 'needsCustomer' | 'faults'> = {},
): Gate {
  return { name, canHandoff: check, ...about };
}
