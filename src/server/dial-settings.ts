import { z } from 'zod';
import { createAllowList, createCallingHours, type DialPolicy } from '../dialing/index.ts';
import { wholeNumber } from './setting-values.ts';

/** What a text must be that is read by a function which throws. */
const readable = (read: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : 'is not usable';
      context.addIssue({ code: 'custom', message });
    }
  });

/** Variables that bound what is dialled, for the environment's schema. */
export const dialEnvironment = {
  /** What numbers may begin with, e.g. `+44,+1,!+1900`; empty: nothing is ever dialled. */
  SWITCHBOARD_DIAL_PREFIXES: readable(createAllowList).default(''),
  /** When people may be called, on clocks where they are, e.g. `mon-sat 09:00-20:00`. */
  SWITCHBOARD_DIAL_HOURS: readable(createCallingHours).default('09:00-20:00'),
  /** Calls of ours under way at once. */
  SWITCHBOARD_DIAL_MAX_CALLS: wholeNumber(1, 1_000).default(5),
  /** Attempts to reach somebody, at most. */
  SWITCHBOARD_DIAL_ATTEMPTS: wholeNumber(1, 20).default(3),
  /** Wait after the first attempt that reached nobody, in minutes; doubles with each. */
  SWITCHBOARD_DIAL_RETRY_MINUTES: wholeNumber(1, 1_440).default(10),
  /** Longest it may ring, in seconds. */
  SWITCHBOARD_DIAL_RING_SECONDS: wholeNumber(5, 120).default(30),
} as const;

/** The bounds, as they were set. */
export function dialPolicy(values: z.infer<z.ZodObject<typeof dialEnvironment>>): DialPolicy {
  return Object.freeze<DialPolicy>({
    allowed: createAllowList(values.SWITCHBOARD_DIAL_PREFIXES),
    hours: createCallingHours(values.SWITCHBOARD_DIAL_HOURS),
    maxActive: values.SWITCHBOARD_DIAL_MAX_CALLS,
    maxAttempts: values.SWITCHBOARD_DIAL_ATTEMPTS,
    retryMs: values.SWITCHBOARD_DIAL_RETRY_MINUTES * 60_000,
    ringMs: values.SWITCHBOARD_DIAL_RING_SECONDS * 1_000,
  });
}
