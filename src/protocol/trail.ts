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
  'person_ended', // an operator who had the caller ended the call
  'referred', // the caller was sent on to a number elsewhere, and is no longer ours
  'caller_hung_up',
  'caller_lost', // the channel went away without a hang-up
  'engine_lost',
  'engine_refused',
  'server_stopped',
  'failed',
]);
export type CallEndReason = z.infer<typeof callEndReason>;

/** What can be done with a call's audio on our side; it depends on the way the call came. */
export const legAbilities = z.object({
  /** Listened in to and recorded. */
  tap: z.boolean(),
  /** Spoken into by somebody else than the engine: a person, a hold line. */
  inject: z.boolean(),
  /** Gone on with after the way to the caller broke off. */
  resume: z.boolean(),
});

/** Who asked for a handoff: the model, the way back, a tool of the desk, the API, or a person. */
export const handoffBy = z.enum(['agent', 'return', 'tool', 'api', 'person']);

export const trailEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call.started'),
    ...base,
    desk: z.string(),
    channel: z.string(),
    engine: z.object({ kind: z.enum(['embedded', 'openai', 'compatible']), model: z.string() }),
    voice: z.string(),
    can: legAbilities.optional(),
    /** What the caller said when they were asked whether the call may be recorded; missing: not asked. */
    recording: z.enum(['agreed', 'refused']).optional(),
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
    /** Who asked: the model, the way back, a tool of the desk, the API, or a person. */
    by: handoffBy,
    reason: z.string(),
    /** What the edge carries, as it passed its schema. Its values are the conversation's: untrusted. */
    packet: z.record(z.string(), z.unknown()),
  }),
  /** A gate or a limit said no; the caller hears `say` from the agent who keeps the call. */
  z.object({
    type: z.literal('handoff.refused'),
    ...base,
    from: z.string(),
    to: z.string(),
    functionCallId: z.string(),
    /** Who refused, e.g. `hop_budget`. */
    gate: z.string(),
    code: z.string(),
    say: z.string(),
    /** From the engine's finished function call to the decision. */
    decisionMs: z.number().nonnegative(),
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
  /**
   * The new agent's first audio; once for each completed handoff, unless before it the call ends, a person
   * has the caller, the agent hands them on without a word, or it is silent twice (`engine.failed`).
   */
  z.object({
    type: z.literal('handoff.opened'),
    ...base,
    from: z.string(),
    to: z.string(),
    functionCallId: z.string(),
    /** All from the engine's finished function call: to the decision, to `session.updated`, to the first audio. */
    decisionMs: z.number().nonnegative(),
    sessionMs: z.number().nonnegative(),
    firstAudioMs: z.number().nonnegative(),
    /** What the caller heard of it: from the end of the last sound before the handoff to the first one after it. */
    silenceMs: z.number().nonnegative(),
    budgetMs: z.number().nonnegative(),
    /** The alarm: `firstAudioMs` is above `budgetMs`. */
    overBudget: z.boolean(),
    /** The opening turn had to be asked for again, because the first one was silent. */
    askedAgain: z.boolean(),
  }),
  /** The caller pressed keys, and the agent was told. Keys that nobody may keep are shown as dots. */
  z.object({
    type: z.literal('caller.keyed'),
    ...base,
    agent: z.string(),
    itemId: z.string(),
    keys: z.string(),
  }),
  /** A tool of the desk asks for keys that it alone gets; until then nothing of the caller is heard. */
  z.object({
    type: z.literal('keys.requested'),
    ...base,
    agent: z.string(),
    prompt: z.string(),
  }),
  z.object({
    type: z.literal('keys.collected'),
    ...base,
    agent: z.string(),
    /** How many keys were taken; nothing says which. */
    count: z.int().nonnegative(),
    outcome: z.enum([
      'taken',
      'timed_out',
      'too_few',
      'given_up',
      'call_ended',
      'stopped',
      'not_possible',
    ]),
  }),
  /** The caller proved who they are, or the call did not get past it. */
  z.object({
    type: z.literal('caller.verified'),
    ...base,
    agent: z.string(),
    method: z.string(),
    customerId: z.string(),
  }),
  z.object({
    type: z.literal('caller.not_verified'),
    ...base,
    agent: z.string(),
    method: z.string(),
    code: z.enum(['not_matched', 'locked_out']),
    attemptsLeft: z.number().int().nonnegative(),
  }),
  /** People were asked to take the caller. */
  z.object({
    type: z.literal('person.requested'),
    ...base,
    from: z.string(),
    queue: z.string(),
    functionCallId: z.string(),
    packet: z.record(z.string(), z.unknown()),
    /** What operators are told. */
    briefing: z.string(),
  }),
  z.object({
    type: z.literal('person.accepted'),
    ...base,
    queue: z.string(),
    operator: z.string(),
    waitedMs: z.number().nonnegative(),
  }),
  /** Nobody took the caller: the agent has them back and is told why. */
  z.object({
    type: z.literal('person.declined'),
    ...base,
    queue: z.string(),
    code: z.string(),
    waitedMs: z.number().nonnegative(),
  }),
  /** The operator is gone; `to` has the caller again, unless the call ended. */
  z.object({
    type: z.literal('person.left'),
    ...base,
    queue: z.string(),
    operator: z.string(),
    to: z.string(),
  }),
  /** What an agent had begun to say was cut, and the desk's own sentence said in its place. */
  z.object({
    type: z.literal('guardrail.tripped'),
    ...base,
    agent: z.string(),
    guardrail: z.string(),
    /** What was not to be heard. */
    text: z.string(),
    why: z.string(),
  }),
  /** The caller spoke while audio was still to be heard; the rest of it was dropped. */
  z.object({
    type: z.literal('audio.interrupted'),
    ...base,
    agent: z.string(),
    itemId: z.string(),
    heardMs: z.number().nonnegative(),
  }),
  /** The way to the caller broke off; the call waits for them to come back. */
  z.object({ type: z.literal('caller.away'), ...base }),
  z.object({
    type: z.literal('caller.returned'),
    ...base,
    /** Since `caller.away`. */
    awayMs: z.number().nonnegative(),
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
