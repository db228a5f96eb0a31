import {
  closedSentence,
  labelOf,
  leaveMessageToolName,
  requestCallbackToolName,
  toolNames,
  type Desk,
} from '../../desk/index.ts';
import type { ToolAnswer } from '../tools/tool-answer.ts';
import type { Ask, PersonRefusal } from './person.ts';

const sentences: Readonly<Record<PersonRefusal, string>> = {
  declined: 'Nobody can take your call at the moment.',
  nobody: 'Nobody is there to take your call at the moment.',
  no_answer: 'Nobody has answered just now.',
  out_of_hours: 'Nobody is there to take your call right now.',
};

/** What the agent is told when nobody took the caller: a sentence, and what it may offer instead. */
export function refusalAnswer(desk: Desk, ask: Ask, about: RefusalReason): ToolAnswer {
  const { code, nowMs } = about;
  const { hours } = desk.people?.[ask.queue] ?? {};
  const { timeZone } = desk;
  const closed = code === 'out_of_hours' && hours !== undefined;
  const error = closed ? closedSentence(hours, { timeZone, nowMs }) : sentences[code];
  const names = toolNames(desk, ask.from);
  const offer = [requestCallbackToolName, leaveMessageToolName].filter((name) =>
    names.includes(name),
  );
  return { ok: false, output: JSON.stringify({ error, code, offer }) };
}

/** @see refusalAnswer */
export interface RefusalReason {
  readonly code: PersonRefusal;
  /** Wall clock: when people are back is told from here. */
  readonly nowMs: number;
}

/** What the agent is told when a person has the caller. */
export function acceptedAnswer(desk: Desk, { queue }: Ask): ToolAnswer {
  return { ok: true, output: JSON.stringify({ assistant: labelOf(desk, queue), person: true }) };
}
