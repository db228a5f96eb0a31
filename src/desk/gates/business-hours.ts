import { allow, refuse, type Gate } from '../gate.ts';
import { hoursFaults } from '../hours-faults.ts';
import { closedSentence, isOpen, neverOpens, nextOpening } from '../hours.ts';
import type { BusinessHours } from '../people.ts';

/**
 * Lets through while the hours hold, by the clock on the wall where the desk is.
 *
 * @param options.say the sentence out of hours, from the next opening (epoch milliseconds, null when
 *   there is none within a year) @default says that nobody is there, and when they are back
 */
export function businessHours(
  hours: BusinessHours,
  options: { readonly say?: (opensAtMs: number | null) => string } = {},
): Gate {
  return {
    name: 'business_hours',
    canHandoff({ call }) {
      const { timeZone } = call;
      const nowMs = call.nowMs();
      if (isOpen(hours, timeZone, nowMs)) return allow;
      const say = options.say?.(nextOpening(hours, timeZone, nowMs));
      return refuse('out_of_hours', say ?? closedSentence(hours, { timeZone, nowMs }));
    },
    neverOpens: () => (neverOpens(hours) ? 'the hours hold no minute of any week' : null),
    faults: () => hoursFaults(hours),
  };
}
