import { z } from 'zod';

/** `POST /api/dial`: somebody is to be called. */
export const dialRequest = z.strictObject({
  /** With its country, e.g. `+44 20 7946 0000`. */
  number: z.string().min(1).max(40),
  /** Name of the desk; the server's default desk when left out. */
  desk: z.string().min(1).max(64).optional(),
  /** Why, in words for the agent. */
  purpose: z.string().trim().max(500).optional(),
  /** What is left on a machine. */
  message: z.string().trim().min(1).max(1_000).optional(),
  machine: z.enum(['speak', 'message', 'hang_up']).optional(),
  /** IANA zone of who is called; the desk's when left out. */
  timeZone: z.string().min(1).max(64).optional(),
  notBefore: z.iso.datetime({ offset: true }).optional(),
  attempts: z.int().min(1).max(20).optional(),
  /** The same key makes one job, however often it is asked for. */
  idempotencyKey: z.string().min(1).max(128).optional(),
});
export type DialRequestBody = z.infer<typeof dialRequest>;

const time = z.iso.datetime({ precision: 3 });

/** A job, as it is shown. */
export const dialJob = z.object({
  dialId: z.string(),
  number: z.string(),
  desk: z.string(),
  purpose: z.string(),
  state: z.enum(['waiting', 'placing', 'ringing', 'answered', 'done', 'failed', 'cancelled']),
  /** How the last attempt went; null before the first has ended. */
  outcome: z.string().nullable(),
  detail: z.string().nullable(),
  answeredBy: z.enum(['human', 'machine', 'fax', 'unknown']).nullable(),
  attempts: z.int().nonnegative(),
  maxAttempts: z.int().positive(),
  /** When it may be dialled next. */
  dueAt: time,
  /** The call that it led to, for its trail. */
  callId: z.string().nullable(),
  createdAt: time,
});
export type DialJobShown = z.infer<typeof dialJob>;

/** Answer to `POST /api/dial` and to `POST /api/dial/:dialId/cancel`. */
export const dialResponse = z.object({ job: dialJob });
/** `GET /api/dial`, newest first. */
export const dialListResponse = z.object({ jobs: z.array(dialJob) });

/** `POST /api/do-not-call`: a number that wants no calls, or wants them again. */
export const doNotCallRequest = z.strictObject({
  number: z.string().min(1).max(40),
  action: z.enum(['add', 'remove']).default('add'),
  note: z.string().trim().max(200).optional(),
});
/** Answer to it; `listed` says whether the number is on the list now. */
export const doNotCallResponse = z.object({ number: z.string(), listed: z.boolean() });
/** `GET /api/do-not-call`, newest first. */
export const doNotCallListResponse = z.object({
  numbers: z.array(
    z.object({ number: z.string(), source: z.string(), note: z.string().nullable(), at: time }),
  ),
});
