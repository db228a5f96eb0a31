import { join } from 'node:path';
import {
  readSpokenTurn,
  type CallerTurn,
  type ListeningCaller,
  type PlacedCall,
} from '../../src/cli/caller/index.ts';
import type { TrailEvent, TrailEventType } from '../../src/protocol/index.ts';
import { isAskedAgain, listening, mostAgain, type Caller } from '../dialogues/caller.ts';

const recording = (name: string): Promise<Int16Array> =>
  readSpokenTurn(join(import.meta.dirname, `../voices/${name}.wav`));

/** A turn spoken by one of the recorded callers, e.g. `awb-invoice-question`. */
export async function spoken(
  name: string,
  options: { readonly interruptAfterMs?: number } = {},
): Promise<CallerTurn> {
  return { type: 'speak', samples: await recording(name), ...options };
}

/** A whole caller: the turns in order. */
export function callerSays(...names: readonly string[]): Promise<CallerTurn[]> {
  return Promise.all(names.map((name) => spoken(name)));
}

/** A caller with these turns in order, each said again when the agent asks for it again. */
export async function callerRepeats(...names: readonly string[]): Promise<ListeningCaller> {
  const turns = await callerSays(...names);
  let next = 0;
  let again = 0;
  return async (heard) => {
    const isAgain = next > 0 && again < mostAgain && isAskedAgain(heard);
    again = isAgain ? again + 1 : 0;
    next += isAgain ? 0 : 1;
    const turn = turns[next - 1];
    return turn ? [turn] : [];
  };
}

/** A caller who answers what is asked, in recordings of one voice: the caller's lines are names of them. */
export function callerAnswers(
  voice: keyof typeof patients,
  caller: Pick<Caller, 'answers' | 'then'> & { readonly opens?: string },
): ListeningCaller {
  return listening(
    { opens: 'invoice-question', puzzled: 'no-thank-you', goodbye: 'goodbye', ...caller },
    (name) => recording(`${voice}-${name}`),
  );
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

/** The same as answers, for {@link callerAnswers}. */
export function identityAnswers(voice: keyof typeof patients): Caller['answers'] {
  const [number, name, born] = patients[voice].says;
  return [
    [/\bborn\b|birth/i, born],
    [/\bname\b/i, name],
    [/invoice/i, number],
  ];
}
