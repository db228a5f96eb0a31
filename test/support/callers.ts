import { join } from 'node:path';
import { readSpokenTurn, type CallerTurn, type PlacedCall } from '../../src/cli/caller/index.ts';
import type { TrailEvent, TrailEventType } from '../../src/protocol/index.ts';

const voices = join(import.meta.dirname, '../voices');

/** A turn spoken by one of the recorded callers, e.g. `awb-invoice-question`. */
export async function spoken(
  name: string,
  options: { readonly interruptAfterMs?: number } = {},
): Promise<CallerTurn> {
  const samples = await readSpokenTurn(join(voices, `${name}.wav`));
  return { type: 'speak', samples, ...options };
}

/** A whole caller: the turns in order. */
export function callerSays(...names: readonly string[]): Promise<CallerTurn[]> {
  return Promise.all(names.map((name) => spoken(name)));
}

/** The events of one type, with that type's fields. */
export function eventsOf<T extends TrailEventType>(
  events: readonly TrailEvent[],
  type: T,
): readonly Extract<TrailEvent, { type: T }>[] {
  return events.filter((event): event is Extract<TrailEvent, { type: T }> => event.type === type);
}

/** Who handed to whom, e.g. `triage>billing`, in order. */
export function handoffsOf({ events }: Pick<PlacedCall, 'events'>): readonly string[] {
  return eventsOf(events, 'handoff.completed').map(({ from, to }) => `${from}>${to}`);
}

/** The conversation as text, for messages of failed tests. */
export function transcriptOf({ events }: Pick<PlacedCall, 'events'>): string {
  return events
    .map((event) => {
      switch (event.type) {
        case 'turn.caller':
          return `caller: ${event.text}`;
        case 'turn.agent':
          return `${event.agent}: ${event.text}${event.interrupted ? ' [cut]' : ''}`;
        case 'tool.called':
          return `  ${event.tool} ${event.arguments}`;
        case 'tool.returned':
          return `  -> ${event.output}`;
        case 'handoff.completed':
          return `  ${event.from} > ${event.to}`;
        case 'handoff.refused':
          return `  ${event.from} x ${event.to}: ${event.code}`;
        case 'caller.verified':
          return `  [verified as ${event.customerId}]`;
        case 'caller.not_verified':
          return `  [not verified: ${event.code}, ${event.attemptsLeft} left]`;
        case 'person.declined':
          return `  [${event.queue}: ${event.code}]`;
        default:
          return `  [${event.type}]`;
      }
    })
    .join('\n');
}

/** Checks what holds for every trail: numbered without gaps, times in order, begun and ended once. */
export function trailFaults(events: readonly TrailEvent[]): readonly string[] {
  const faults: string[] = [];
  events.forEach((event, index) => {
    if (event.seq !== index + 1) faults.push(`event ${index + 1} has seq ${event.seq}`);
    if (event.callId !== events[0]?.callId) faults.push(`event ${event.seq} is of another call`);
    const before = events[index - 1];
    if (before && event.elapsedMs < before.elapsedMs) faults.push(`event ${event.seq} goes back`);
  });
  if (events[0]?.type !== 'call.started') faults.push('does not begin with call.started');
  if (events.at(-1)?.type !== 'call.ended') faults.push('does not end with call.ended');
  if (eventsOf(events, 'call.ended').length !== 1) faults.push('ends more than once');
  return faults;
}

/** Who calls about what: each voice is a patient with an invoice of their own. */
export const patients = {
  awb: { says: ['invoice-number', 'name-jane-miller', 'born-fifth-of-march'], invoice: '1042' },
  kal16: { says: ['invoice-number-other', 'name-robert-wilson', 'born-october'], invoice: '1057' },
} as const;

/** The turns in which a voice gives its invoice's number, its name and its date of birth. */
export const identityOf = (voice: keyof typeof patients): string[] =>
  patients[voice].says.map((turn) => `${voice}-${turn}`);
