import { termsOf } from '../language/index.ts';
import type { Offer } from '../values/index.ts';

/** A sentence about something that takes place at a time, and the facts that it tells. */
export interface SpokenEvent {
  readonly sentence: string;
  readonly told: ReadonlySet<string>;
}

const irregular: Readonly<Record<string, string>> = {
  ...{ cancel: 'cancelled', make: 'made', set: 'set', put: 'put', take: 'taken' },
  ...{ send: 'sent', pay: 'paid', plan: 'planned', drop: 'dropped', swap: 'swapped' },
};

/** `book_room` → `booked`; nothing for a name that begins with no verb. */
export function participleOf(toolName: string): string {
  const verb = /^[a-z]{3,}(?=_|$)/.exec(toolName)?.[0] ?? '';
  if (verb === '') return '';
  return irregular[verb] ?? (verb.endsWith('e') ? `${verb}d` : `${verb}ed`);
}

/**
 * A day, a person and what has become of it, told as one: "You're booked for Thursday, November 26
 * at 10:30, in the name of Ann Lee."
 *
 * @param done participle of the action just taken, or nothing.
 * @param spoken how the value of a key is said.
 */
export function eventIn(
  facts: Offer,
  done: string,
  spoken: (key: string) => string | undefined,
): SpokenEvent | undefined {
  const statusKey = Object.keys(facts).find((key) => /^(?:status|state)$/.test(key));
  const status = statusKey === undefined ? '' : String(facts[statusKey]);
  const become = /^[a-z]+ed$/.test(status) ? status : statusKey === undefined ? done : '';
  const whenKeys = ['date', 'time'].every((key) => typeof facts[key] === 'string')
    ? ['date', 'time']
    : Object.keys(facts).filter((key) => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(String(facts[key])));
  const when = whenKeys.map((key) => spoken(key) ?? '').join(' at ');
  if (become === '' || when === '' || whenKeys.length > 2) return undefined;
  if (whenKeys.length === 2 && whenKeys[0] !== 'date') return undefined;
  const nameKey = Object.keys(facts).find((key) => /(?:^|_)name$/.test(key));
  const name = nameKey === undefined ? undefined : spoken(nameKey);
  const whose = name === undefined ? '' : `, in the name of ${name}`;
  const told = new Set([
    ...whenKeys,
    ...(statusKey === undefined ? [] : [statusKey]),
    ...(nameKey === undefined ? [] : [nameKey]),
  ]);
  return { sentence: `${stated(become, when, { whose, justDone: done !== '' })}.`, told };
}

function stated(
  become: string,
  when: string,
  about: { readonly whose: string; readonly justDone: boolean },
): string {
  const { whose, justDone } = about;
  const [concept] = termsOf(become).map((term) => term.concept);
  if (concept === 'arrange' || /^(?:confirm|accept|fix|set|plann?)e?d$/.test(become))
    return `${justDone && /^(?:book|schedul)ed$/.test(become) ? "You're" : 'It is'} ${become} for ${when}${whose}`;
  if (concept === 'change') return `It is ${become} to ${when}${whose}`;
  return `${when}${whose}${whose === '' ? '' : ','} is ${become}`;
}
