import { isEmptyTalk, plain, socialOf } from '../language/index.ts';
import { readOutcome, type Handover } from '../outcome.ts';
import type { MindItem } from '../port.ts';
import { argumentsOf, type Values } from './state.ts';

/** A handover that took place, and where it stands in the conversation. */
export interface Handed extends Handover {
  readonly tool: string;
  readonly reason: string;
  readonly callAt: number;
  readonly outputAt: number;
}

/** Whether a call of that name asks for a handover, as far as names tell. */
export const isTransferName = (name: string): boolean =>
  /^(?:transfer|hand_?off|handover)_to_|^go_back$/.test(name);

/** Handovers to other agents that took place: an answer came and it was no error. */
export function handoversIn(items: readonly MindItem[]): Handed[] {
  return items.flatMap((item, callAt): Handed[] => {
    if (item.type !== 'function_call') return [];
    const outputAt = items.findIndex(
      (other, at) =>
        at > callAt && other.type === 'function_call_output' && other.callId === item.callId,
    );
    const output = items[outputAt];
    if (output?.type !== 'function_call_output') return [];
    const outcome = handoverOf(item.name, output.output);
    if (!outcome || outcome.person) return [];
    const reason = argumentsOf(item.arguments)['reason'] ?? outcome.said['reason'];
    const spoken = typeof reason === 'string' && !isCommand(reason) ? reason : '';
    return [{ ...outcome, tool: item.name, reason: spoken, callAt, outputAt }];
  });
}

/** By its form, or by the name of the call when the answer is short. */
function handoverOf(name: string, output: string): Handover | undefined {
  const outcome = readOutcome(output);
  if (outcome.kind === 'handover') return outcome;
  if (outcome.kind === 'error' || !isTransferName(name)) return undefined;
  const label = outcome.kind === 'facts' ? outcome.facts['assistant'] : undefined;
  return {
    ...{ kind: 'handover', from: '', person: false, returned: false, unfinished: '', said: {} },
    to: typeof label === 'string' ? label : name.replace(/^.*_to_/, ''),
  };
}

/** Text that speaks to the assistant rather than of a matter: it is nobody's wish, so nobody's order. */
export const isCommand = (text: string): boolean =>
  /\b(?:ignore|disregard|forget|override)\b[^.]*\b(?:instructions?|rules|prompt|above|previous)\b|\b(?:system|developer) (?:prompt|message)\b|\byou (?:are now|must now)\b|\b(?:call|use|run|invoke)\b[^.]*\b[a-z]+_[a-z_]+\b/i.test(
    text,
  );

/** Agents that have had this very utterance: going back to them would be going in circles. */
export function blockedBy(items: readonly MindItem[]): ReadonlySet<string> {
  const handovers = handoversIn(items);
  const spokeAt = items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  const then = handovers.findLast(({ outputAt }) => outputAt < spokeAt);
  const since = handovers.filter(({ callAt }) => callAt > spokeAt);
  const tried = items.flatMap((item, index) =>
    index > spokeAt && item.type === 'function_call' && isTransferName(item.name)
      ? [item.name]
      : [],
  );
  return new Set([
    ...tried,
    ...(since.length > 0 && then ? [then.tool] : []),
    ...since.map(({ tool }) => tool),
  ]);
}

/** What a new agent takes up: the caller's last words, and the reason when it says more. */
export function carriedText(items: readonly MindItem[], handed: Handed): string {
  const said = items.findLast(
    (item, index) => index < handed.callAt && item.type === 'message' && item.role === 'user',
  );
  const words = said?.type === 'message' && (said.confidence ?? 1) >= 0.35 ? said.text.trim() : '';
  const { reason } = handed;
  if (reason === '' || plain(words).includes(plain(reason))) return words;
  if (
    words === '' ||
    plain(reason).includes(plain(words)) ||
    (isEmptyTalk(socialOf(words).rest) && !socialOf(words).bye)
  )
    return reason;
  return `${words}. ${reason}`;
}

/** Arguments of the tools that earlier agents ran, by name; which of them matter, the schema says. */
export function knownFrom(items: readonly MindItem[]): Values {
  let known: Values = {};
  for (const item of items) {
    if (item.type === 'function_call' && !isTransferName(item.name))
      known = { ...known, ...argumentsOf(item.arguments) };
  }
  return known;
}

/** Whether somebody says who they are, in words that leave no doubt of it. */
export const introduces = (text: string): boolean =>
  /\bmy (?:full )?name(?:'s| is)\b|\bborn\b|\b(?:date of birth|birth ?da(?:y|te))\b/i.test(text);

/** What the caller's proving who they are has come to so far. */
export function identityIn(items: readonly MindItem[]): {
  readonly caller: { readonly name: string } | undefined;
  readonly lockedOut: string;
  readonly selfSaid: readonly string[];
} {
  let caller: { readonly name: string } | undefined;
  let lockedOut = '';
  let selfSaid: readonly string[] = [];
  for (const item of items) {
    if (item.type === 'message' && item.role === 'user' && introduces(item.text))
      selfSaid = [item.text, ...selfSaid];
    if (item.type !== 'function_call_output') continue;
    const outcome = readOutcome(item.output);
    // What has turned out not to match is not said again by itself.
    if (outcome.kind === 'error' && outcome.code === 'not_matched') selfSaid = [];
    if (outcome.kind === 'verified') {
      caller = { name: outcome.name };
      lockedOut = '';
    } else if (outcome.kind === 'error' && outcome.code === 'locked_out')
      lockedOut = outcome.sentence;
  }
  return { caller, lockedOut, selfSaid };
}
