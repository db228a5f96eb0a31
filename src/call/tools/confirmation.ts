import { consentIn } from './consent.ts';

/** What was heard since a write was read back, in order. */
export type Heard =
  | { readonly who: 'agent' }
  /** `text` null: spoken, but the words are not known yet. */
  | { readonly who: 'caller'; readonly itemId: string; readonly text: string | null };

/** A write that waits for the caller's yes. One at a time: one yes is good for one write. */
export interface Proposal {
  /** @see proposalKey */
  readonly key: string;
  readonly heard: readonly Heard[];
}

/** Who proposes to do what: the same for the same arguments, whatever their order. */
export function proposalKey(agent: string, tool: string, args: string): string {
  return JSON.stringify([agent, tool, sorted(JSON.parse(args))]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'string') return value.normalize().trim();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, one]) => [name, sorted(one)]);
}

/**
 * The proposal as it is once `key` has been answered with its read-back. What was heard of the same
 * one still counts, unless the caller has answered it already.
 */
export function propose(open: Proposal | null, key: string): Proposal {
  const unanswered = open?.key === key && !open.heard.some(({ who }) => who === 'caller');
  return unanswered ? open : { key, heard: [] };
}

/** The proposal with something more heard. The words of a turn that is known already are filled in. */
export function heard(open: Proposal, more: Heard): Proposal {
  const known =
    more.who === 'caller' &&
    open.heard.some((one) => one.who === 'caller' && one.itemId === more.itemId);
  if (!known) return { ...open, heard: [...open.heard, more] };
  const filled = open.heard.map((one) =>
    one.who === 'caller' && one.itemId === more.itemId ? more : one,
  );
  return { ...open, heard: filled };
}

/** Whether the caller has agreed. `pending`: that hangs on words that are not known yet. */
export type Agreement = 'yes' | 'no' | 'pending' | 'open';

/**
 * Judges what the caller said since the read-back.
 *
 * A yes counts in the first answer after the agent has spoken: what is said later may be the answer to
 * another question. A no counts whenever it is said.
 */
export function agreementOf(open: Proposal, language: string): Agreement {
  let asked = false;
  let answered = false;
  let over = false;
  let yes = false;
  let pending = false;
  for (const one of open.heard) {
    if (one.who === 'agent') {
      over ||= answered;
      asked = true;
      continue;
    }
    if (one.text === null) {
      pending = true;
      continue;
    }
    const consent = consentIn(one.text, language);
    if (consent === 'no') return 'no';
    if (consent === 'passing' || !asked || over) continue;
    answered = true;
    yes ||= consent === 'yes';
  }
  if (pending) return 'pending';
  return yes ? 'yes' : 'open';
}
