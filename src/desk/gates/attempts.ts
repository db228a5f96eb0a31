import { allow, refuse, type Gate } from '../gate.ts';

/**
 * Shuts an edge for the rest of the call once it has been refused too often, by whatever gate. Put it
 * first among the gates: the first refusal counts.
 *
 * @param options.max refusals after which it is shut
 */
export function attempts(options: { readonly max: number }): Gate {
  const { max } = options;
  return {
    name: 'attempts',
    canHandoff({ from, to, call }) {
      const refused = call.refusals.filter((one) => one.from === from && one.to === to).length;
      if (refused < max) return allow;
      return refuse(
        'too_many_attempts',
        'We have tried that a few times now. Is there something else I can do for you?',
      );
    },
    neverOpens: () => (max >= 1 ? null : `${max} attempts let not even a first through`),
  };
}
