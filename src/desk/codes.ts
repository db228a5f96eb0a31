/**
 * Every code with which the runtime or a ready-made gate says no to a handoff, and who says it. A
 * desk's own gates may bring codes of their own. Held equal to docs/reference/gates.md by a test.
 */
export const refusalCodes = {
  not_verified: { by: ['gate'], meaning: 'The caller has not proved who they are.' },
  slots_missing: { by: ['gate'], meaning: 'Something that the handoff must carry is empty.' },
  out_of_hours: {
    by: ['gate', 'people'],
    meaning: 'The handoff is not open at this hour, or nobody is there.',
  },
  hop_budget: {
    by: ['gate', 'runtime'],
    meaning: 'The call has been handed over as often as it may be.',
  },
  ping_pong: { by: ['gate'], meaning: 'The caller is being sent to and fro between the same two.' },
  too_many_attempts: { by: ['gate'], meaning: 'The handoff was refused too often in this call.' },
  not_enabled: { by: ['gate'], meaning: 'The `isEnabled` of an Agents SDK handoff said no.' },
  gate_failed: { by: ['runtime'], meaning: 'A gate threw, or answered what is no decision.' },
  gate_timeout: { by: ['runtime'], meaning: 'The gates did not decide within `gateTimeoutMs`.' },
  handoff_failed: { by: ['runtime'], meaning: 'The `onHandoff` of the edge threw.' },
  hops_per_turn: {
    by: ['runtime'],
    meaning: 'The call was handed over `hopsPerTurn` times since the caller last spoke.',
  },
  edge_cooldown: { by: ['runtime'], meaning: 'The edge was used less than `edgeCooldownMs` ago.' },
  handoff_in_progress: { by: ['runtime'], meaning: 'Another handoff is under way.' },
  no_edge: { by: ['runtime'], meaning: 'No edge leads from the active agent to there.' },
  nobody_before: { by: ['runtime'], meaning: 'There is no agent to go back to.' },
  handed_over: {
    by: ['runtime'],
    meaning: 'The caller has been handed over in the meantime, maybe to people.',
  },
  packet_invalid: {
    by: ['runtime'],
    meaning: 'What a tool or the API gave along is not what the edge carries.',
  },
  call_ended: {
    by: ['runtime'],
    meaning: 'The call ends, so that nobody is handed over any more.',
  },
  declined: { by: ['people'], meaning: 'The people who were asked said no.' },
  nobody: { by: ['people'], meaning: 'No operator with the right skills is there.' },
  no_answer: { by: ['people'], meaning: 'Nobody accepted within `acceptWithinMs`.' },
} as const satisfies Readonly<Record<string, RefusalEntry>>;

interface RefusalEntry {
  /** The ready-made gates, the runtime's own limits and checks, or the asking of people. */
  readonly by: readonly ('gate' | 'runtime' | 'people')[];
  readonly meaning: string;
}

/** A code of {@link refusalCodes}. */
export type RefusalCode = keyof typeof refusalCodes;
