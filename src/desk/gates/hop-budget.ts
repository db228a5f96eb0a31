import { allow, refuse, type Gate } from '../gate.ts';

/**
 * Lets through the first handoffs of a call, of whatever edge. A tighter `maxHops` for one edge: what
 * the desk's limit is for all of them.
 *
 * @param options.max handoffs that may have been before, plus this one
 */
export function hopBudget(options: { readonly max: number }): Gate {
  const { max } = options;
  return {
    name: 'hop_budget',
    canHandoff: ({ call }) =>
      call.hops.length < max
        ? allow
        : refuse('hop_budget', 'You have been passed on enough. Let me help you here.'),
    neverOpens: () => (max >= 1 ? null : `a budget of ${max} handoffs lets none through`),
  };
}
