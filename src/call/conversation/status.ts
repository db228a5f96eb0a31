import type { CallNotice } from '../ports.ts';

/** Who has the floor, as a leg may show it. */
export type StatusNotice = Extract<CallNotice, { readonly type: 'status' }>;

/** What the status is made of. */
export interface StatusFacts {
  /** Audio is queued or being heard. */
  readonly playing: boolean;
  /** A response is under way or asked for, or a tool runs. */
  readonly busy: boolean;
  readonly callerSpeaking: boolean;
  readonly activeAgent: string;
}

/** `listening` promises that nothing more comes unless the caller says something. */
export function statusFrom(facts: StatusFacts): StatusNotice {
  return {
    type: 'status',
    agent: facts.playing ? 'speaking' : facts.busy ? 'thinking' : 'listening',
    caller: facts.callerSpeaking ? 'speaking' : 'silent',
    activeAgent: facts.activeAgent,
  };
}

/** @returns a function that passes on each status that differs from the last one. */
export function changesOnly(
  notify: (status: StatusNotice) => void,
): (status: StatusNotice) => void {
  let last: StatusNotice | null = null;
  return (status) => {
    if (
      last?.agent === status.agent &&
      last.caller === status.caller &&
      last.activeAgent === status.activeAgent
    ) {
      return;
    }
    last = status;
    notify(status);
  };
}
