/** Everything the linter can find, how bad it is, and what it means. Held equal to the reference by a test. */
export const findingCodes = {
  desk_name: { severity: 'error', meaning: 'The desk has no name that a folder could have.' },
  time_zone_unknown: { severity: 'error', meaning: 'The time zone is not an IANA zone.' },
  greeting_empty: { severity: 'error', meaning: 'The call would open with nothing.' },
  first_agent_unknown: { severity: 'error', meaning: '`firstAgent` is not one of the agents.' },
  limit_out_of_range: {
    severity: 'error',
    meaning: 'A number that bounds something cannot be what it is, or no such limit exists.',
  },
  name_taken_twice: {
    severity: 'error',
    meaning: 'An agent and a queue of people, or two agents of one graph, have the same name.',
  },
  name_unfit: {
    severity: 'error',
    meaning: 'A name becomes part of the name of a tool, and cannot.',
  },
  label_missing: { severity: 'error', meaning: 'People would see an agent or a queue unnamed.' },
  instructions_missing: { severity: 'error', meaning: 'An agent has no prompt.' },
  prompt_too_long: {
    severity: 'warning',
    meaning: 'A prompt is estimated above `limits.promptTokens`: slower and dearer in every turn.',
  },
  agent_unreachable: {
    severity: 'error',
    meaning: 'No path of handoffs leads from the first agent to this one.',
  },
  no_way_back: {
    severity: 'warning',
    meaning: 'A caller who got to this agent can neither get back to the first one nor be let go.',
  },
  target_unknown: {
    severity: 'error',
    meaning: 'A handoff or a consult leads to what does not exist.',
  },
  target_itself: { severity: 'error', meaning: 'A handoff or a consult leads to its own agent.' },
  description_missing: {
    severity: 'error',
    meaning: 'A model could not know when to use a handoff or a consult.',
  },
  description_poor: {
    severity: 'warning',
    meaning: 'A handoff of a graph says no more of when to use it than the name of its agent.',
  },
  descriptions_alike: {
    severity: 'warning',
    meaning: 'Two handoffs of one agent are described in much the same words.',
  },
  gate_never_opens: { severity: 'error', meaning: 'A gate refuses every call there could be.' },
  gate_needs_field: {
    severity: 'error',
    meaning: 'A gate asks for a field that the packet of the edge does not have.',
  },
  nobody_verifies: {
    severity: 'warning',
    meaning: 'A gate or a tool waits for a verified caller, and nobody can become one before it.',
  },
  gate_faulty: { severity: 'error', meaning: 'A gate was made with what makes no sense.' },
  schema_unfit: {
    severity: 'error',
    meaning: 'A packet, or what a consult asks, cannot be the parameters of a tool.',
  },
  tool_name_taken: {
    severity: 'error',
    meaning: 'Two tools of one agent have the same name once the Agents SDK has rewritten it.',
  },
  tool_name_reserved: { severity: 'error', meaning: "A tool has the name of the runtime's own." },
  tool_name_unfit: { severity: 'error', meaning: 'No engine takes a tool of that name.' },
  tool_schemas_differ: {
    severity: 'warning',
    meaning: 'Two agents have a tool of the same name with other parameters.',
  },
  tool_needs_approval: {
    severity: 'error',
    meaning: 'A tool waits for an approval that nobody on a call can give.',
  },
  hours_never_open: { severity: 'error', meaning: 'The hours of a queue hold no minute.' },
  phone_faulty: { severity: 'error', meaning: 'A number of people cannot be dialled.' },
  hours_faulty: { severity: 'error', meaning: 'Hours name times or days that do not exist.' },
  consult_needs_model: {
    severity: 'warning',
    meaning: 'A consult has no rule that answers: it works only where a text model is configured.',
  },
  voices_differ: {
    severity: 'error',
    meaning: 'An agent of a graph has another voice than the call, which has one voice throughout.',
  },
  not_honoured: {
    severity: 'error',
    meaning: 'A graph of the Agents SDK asks for what this runtime does not do.',
  },
} as const satisfies Readonly<Record<string, { severity: FindingSeverity; meaning: string }>>;

/** Errors keep a desk from being loaded; warnings do not. */
export type FindingSeverity = 'error' | 'warning';
/** A code of {@link findingCodes}. */
export type FindingCode = keyof typeof findingCodes;

/** Something about a desk that is wrong, or likely not meant. */
export interface Finding {
  readonly severity: FindingSeverity;
  readonly code: FindingCode;
  /** Where, as one would write it: `agents.billing.handoffs[1]`. */
  readonly place: string;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What to do about it, a sentence without its full stop. */
  readonly mend: string;
}

/** @returns a finding with the severity of its code. */
export function finding(
  code: FindingCode,
  place: string,
  about: { readonly message: string; readonly mend: string },
): Finding {
  return { severity: findingCodes[code].severity, code, place, ...about };
}

/** A place in a desk: `placeOf('agents', 'billing', 'handoffs', 1)` is `agents.billing.handoffs[1]`. */
export function placeOf(first: string, ...rest: readonly (string | number)[]): string {
  return rest.reduce<string>((place, step) => {
    if (typeof step === 'number') return `${place}[${step}]`;
    return /^[A-Za-z_$][\w$]*$/.test(step)
      ? `${place}.${step}`
      : `${place}[${JSON.stringify(step)}]`;
  }, first);
}

/** A finding in one line: `agents.billing.handoffs[1]: leads to "sales", which does not exist. Add …` */
export function findingLine({ place, message, mend }: Finding): string {
  return `${place}: ${message}. ${mend}`;
}
