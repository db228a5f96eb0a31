import type { CallOutcome, CallState } from '../call/call-state.ts';
import type { LineState } from '../line/line-step.ts';
import type { Words } from './words.ts';

/** A step of the call on its way to the server, for people. */
export interface LineStep {
  readonly text: string;
  readonly tone: 'busy' | 'good' | 'trouble';
}

/** What is said of the way; null before a call and after it. */
export function sayStep(line: LineState, { step }: Words): LineStep | null {
  const reconnecting: LineStep = { text: step.reconnecting, tone: 'trouble' };
  switch (line.name) {
    case 'idle':
    case 'over':
      return null;
    case 'asking':
      return { text: step.asking, tone: 'busy' };
    case 'connecting':
      if (line.away) return reconnecting;
      if (line.way !== line.first) return { text: step.secondWay, tone: 'busy' };
      return { text: line.back ? step.goingOn : step.connecting, tone: 'busy' };
    case 'live':
      return { text: step.live[line.way], tone: 'good' };
    case 'waiting':
      return reconnecting;
    case 'leaving':
      return { text: step.leaving, tone: 'busy' };
  }
}

/** Who speaks right now; null while nobody is known to be there. */
export function sayWho(
  { line, status, person }: CallState,
  labels: Readonly<Record<string, string>>,
  words: Words,
): string | null {
  if (line.name !== 'live' || status.activeAgent === '') return null;
  if (status.caller === 'speaking') return words.youSpeak;
  if (person) return words.through(person.operator, labels[person.queue] ?? person.queue);
  const agent = labels[status.activeAgent] ?? status.activeAgent;
  if (status.agent === 'speaking') return words.speaks(agent);
  return status.agent === 'thinking' ? words.thinks(agent) : words.listens(agent);
}

/** How the call came to its end. */
export function sayOutcome(outcome: CallOutcome, words: Words): string {
  switch (outcome.kind) {
    case 'ended': {
      const text = words.ended[outcome.reason];
      return outcome.detail === undefined ? text : `${text} (${outcome.detail})`;
    }
    case 'refused':
      return outcome.message;
    case 'over':
      return words.over[outcome.reason];
  }
}
