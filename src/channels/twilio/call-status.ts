import type { AnsweredBy, CarrierStatus } from '../../call/ports.ts';

const statuses: ReadonlyMap<string | undefined, CarrierStatus> = new Map([
  ['queued', 'queued'],
  ['initiated', 'queued'],
  ['ringing', 'ringing'],
  ['in-progress', 'answered'],
  ['answered', 'answered'],
  ['completed', 'completed'],
  ['busy', 'busy'],
  ['no-answer', 'no_answer'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
]);

/** Twilio's `CallStatus` in our words; null for one that nobody knows. */
export function twilioStatus(status: string | undefined): CarrierStatus | null {
  return statuses.get(status) ?? null;
}

/** Whether a call of that status is over. */
export function isOver(status: CarrierStatus): boolean {
  return !['queued', 'ringing', 'answered'].includes(status);
}

/** Twilio's `AnsweredBy`: `human`, `fax`, `unknown`, or a machine at some point of its greeting. */
export function twilioAnsweredBy(answeredBy: string): AnsweredBy {
  if (answeredBy === 'human' || answeredBy === 'fax') return answeredBy;
  return answeredBy.startsWith('machine') ? 'machine' : 'unknown';
}
