import { z } from 'zod';

/**
 * The trail: what happened in a call, in order, past tense, JSON-safe.
 *
 * `seq` counts from 1 within a call without gaps. `at` is the wall clock (ISO 8601, UTC, ms);
 * `elapsedMs` is monotonic time since `call.started` and the one to compute durations from.
 */
const base = {
  callId: z.string().min(1),
  seq: z.int().positive(),
  at: z.iso.datetime({ precision: 3 }),
  elapsedMs: z.number().nonnegative(),
};

/** Why a call ended. */
export const callEndReason = z.enum([
  'agent_ended', // an agent said goodbye and used `end_call`
  'caller_hung_up',
  'caller_lost', // the channel went away without a hang-up
  'engine_lost',
  'engine_refused',
  'server_stopped',
  'failed',
]);
export type CallEndReason = z.infer<typeof callEndReason>;

export const trailEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call.started'),
    ...base,
    desk: z.string(),
    channel: z.string(),
    engine: z.object({ kind: z.enum(['embedded', 'openai', 'compatible']), model: z.string() }),
    voice: z.string(),
  }),
  /** The agent became the active one (first agent, or after a handoff). */
  z.object({ type: z.literal('agent.started'), ...base, agent: z.string() }),
  z.object({
    type: z.literal('turn.caller'),
    ...base,
    agent: z.string(),
    itemId: z.string(),
    source: z.enum(['speech', 'typed']),
    /** Empty when something was heard but nothing understood. */
    text: z.string(),
  }),
  z.object({
    type: z.literal('turn.agent'),
    ...base,
    agent: z.string(),
    itemId: z.string(),
    /** What the caller heard; shorter than what was written when interrupted. */
    text: z.string(),
    heardMs: z.number().nonnegative(),
    interrupted: z.boolean(),
  }),
  z.object({
    type: z.literal('tool.called'),
    ...base,
    agent: z.string(),
    tool: z.string(),
    functionCallId: z.string(),
    arguments: z.string(),
  }),
  z.object({
    type: z.literal('tool.returned'),
    ...base,
    agent: z.string(),
    tool: z.string(),
    functionCallId: z.string(),
    ok: z.boolean(),
    output: z.string(),
    durationMs: z.number().nonnegative(),
  }),
  z.object({
    type: z.literal('handoff.requested'),
    ...base,
    from: z.string(),
    to: z.string(),
    functionCallId: z.string(),
    reason: z.string(),
  }),
  /** The engine acknowledged the new agent's session (`session.updated`). */
  z.object({
    type: z.literal('handoff.completed'),
    ...base,
    from: z.string(),
    to: z.string(),
    functionCallId: z.string(),
    /** From the engine's finished function call to its `session.updated`. */
    durationMs: z.number().nonnegative(),
  }),
  /** The caller spoke while audio was still to be heard; the rest of it was dropped. */
  z.object({
    type: z.literal('audio.interrupted'),
    ...base,
    agent: z.string(),
    itemId: z.string(),
    heardMs: z.number().nonnegative(),
  }),
  z.object({
    type: z.literal('engine.failed'),
    ...base,
    code: z.string(),
    message: z.string(),
  }),
  z.object({
    type: z.literal('call.ended'),
    ...base,
    reason: callEndReason,
    detail: z.string().optional(),
  }),
]);

/** One event of a call's trail. */
export type TrailEvent = z.infer<typeof trailEvent>;
/** The literal names of trail events. */
export type TrailEventType = TrailEvent['type'];

type WithoutStamp<E> = E extends unknown ? Omit<E, 'callId' | 'seq' | 'at' | 'elapsedMs'> : never;
/** An event as the call knows it, before the trail stamps it with call, sequence and times. */
export type TrailFact = WithoutStamp<TrailEvent>;

/** One row of the call list. */
export const callSummary = z.object({
  callId: z.string(),
  desk: z.string(),
  channel: z.string(),
  startedAt: z.iso.datetime({ precision: 3 }),
  endedAt: z.iso.datetime({ precision: 3 }).nullable(),
  endReason: callEndReason.nullable(),
});
export type CallSummary = z.infer<typeof callSummary>;
