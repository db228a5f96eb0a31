import { paramsOf, type Param } from './params.ts';
import type { ToolSpec } from './port.ts';

export { fits, isDictated, type Param } from './params.ts';

/** A tool as the policy sees it. */
export interface Tool {
  readonly name: string;
  /** `back` brings the caller back to who had them before. */
  readonly role: 'own' | 'transfer' | 'back' | 'end';
  readonly description: string;
  readonly params: readonly Param[];
  /** Only reads: may be run again at any time. */
  readonly reads: boolean;
  /** How a transfer's target is called when speaking of it. */
  readonly target: string;
  /** A transfer to whoever takes everything that others do not. */
  readonly general: boolean;
  /** A transfer to people; 2 when its words leave no doubt. */
  readonly person: 0 | 1 | 2;
  /** Finds out who the caller is, for other tools. */
  readonly verifies: boolean;
  /** Leaves word for somebody to see to later: for who asks for just that, or when all else fails. */
  readonly notes: boolean;
}

const readingName =
  /^(?:list|find|look|lookup|search|get|check|show|fetch|read|view|query|see|count|track|quote|estimate)(?:_|$)/;
const generalWords =
  /\b(?:anything else|everything else|something else|general|front|greet\w*|reception\w*|other (?:matters|questions|requests|things)|the others|goodbye|end the call|main menu|triage)\b/i;

/** Reads the session's tools. Tools with schemas beyond understanding stay, but can never be called. */
export function readTools(specs: readonly ToolSpec[]): Tool[] {
  return specs.map((spec) => {
    const role = roleOf(spec);
    return {
      name: spec.name,
      role,
      description: spec.description,
      params: paramsOf(spec, specs),
      reads: readingName.test(spec.name),
      target: role === 'transfer' ? targetOf(spec) : '',
      general:
        role === 'transfer' &&
        generalWords.test(`${spec.name.replaceAll('_', ' ')} ${spec.description}`),
      person: role === 'transfer' ? peopleIn(spec) : 0,
      verifies: role === 'own' && provesWho(spec),
      notes: role === 'own' && leavesWord.test(spec.name),
    };
  });
}

const leavesWord =
  /(?:^|_)(?:call_?back|message|voice_?mail|note)s?$|^(?:leave|take|request)_(?:a_)?(?:message|note|callback|call_back)/;

const provesWho = ({ name, description }: ToolSpec): boolean =>
  /^(?:verify|identify|authenticate|check_identity)(?:_|$)/.test(name) ||
  /\bverify who\b/i.test(description);

const roles: readonly (readonly [RegExp, Tool['role']])[] = [
  [
    /^(?:transfer|hand_?off|handover|escalate|connect|put_through)_to_|^(?:escalate|bring_in)_/,
    'transfer',
  ],
  [/^(?:go|take|bring|send)(?:_caller)?_back$|^return_to_(?:previous|last)/, 'back'],
  [/^(?:end|hang_?up|finish|terminate)(?:_(?:the_)?(?:call|conversation|session))?$/, 'end'],
];
const roleOf = ({ name, description }: ToolSpec): Tool['role'] =>
  roles.find(([names]) => names.test(name))?.[1] ??
  (handsOver.test(description) && !/^(?:send|take|leave|set|request|book|list|find|get)_/.test(name)
    ? 'transfer'
    : 'own');

/** "Connects the caller with a human adviser": a transfer, whatever it is called. */
const handsOver =
  /^(?:use this (?:tool )?to |call this (?:tool )?to )?(?:transfer|hand|connect|put|pass|route|forward|redirect|switch|escalate|bring)(?:s|es)? (?:over )?(?:the |this )?(?:caller|call|customer|user|conversation|them|client|guest|patient|member)s?\b(?: over| on| through)?(?: to| with| back to)\b/i;

/** Whether a transfer leads to people rather than to another assistant. */
function peopleIn({ name, description }: ToolSpec): Tool['person'] {
  // Whom it leads to, not who asks for it.
  const to = description.split(/[.,;:]|\b(?:when|if|for|who|that)\b/i)[0] ?? '';
  const text = `${name.replaceAll('_', ' ')} ${to}`;
  if (
    /\b(?:persons?|humans?|people|operators?|someone|somebody|live agent|advis[eo]rs?|member of staff|representatives?)\b/i.test(
      text,
    )
  )
    return 2;
  return /\b(?:team|staff|colleagues?|managers?|supervisors?)\b/i.test(text) ? 1 : 0;
}

/** The name people use: from "Hand the caller to sales, for …", else from the tool's name. */
function targetOf(spec: ToolSpec): string {
  const described =
    /^(?:use this (?:tool )?to )?(?:hand|transfer|connect|send|pass|put|bring|forward|route|redirect|switch|escalate)s?\b[^.,;:]*?\b(?:to|with) ((?:the |our |an? )?[\p{L} -]{2,30}?)(?=[,.;:]| for | when | if | to |$)/iu.exec(
      spec.description,
    );
  const people = /^bring in ([^.,;:]+?)(?=[.,;:]|\s(?:for|when|if)\s|$)/i.exec(spec.description);
  return (
    described?.[1] ??
    people?.[1] ??
    spec.name.replace(/^(?:[a-z_]+?_)?to_(?=[a-z])/, '').replaceAll('_', ' ')
  ).trim();
}
