import { z } from 'zod';
import { deskTool, type CallContext } from '../../../src/desk/index.ts';
import { findHolder, findSlot, freeSlots, insertBooking, type Slot } from '../data/bookings.ts';
import { isRealDate, localTime, spokenDate } from '../data/calendar.ts';
import { bookedShape, confirmByMessage, slotId, spokenSlot } from './booking-words.ts';
import { answerOf, plainText, type NoAnswer } from './within-call.ts';

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ format: 'date', description: 'The day of the appointment, as YYYY-MM-DD' });
const name = z.string().trim().min(1).max(80).describe("The caller's full name, as they say it");

/** Free times of one day. Anyone may ask. */
export const listSlots = deskTool({
  name: 'list_slots',
  description: 'List the free appointment times of a day.',
  parameters: z.object({ date }),
  output: answerOf({
    date: z.string(),
    slots: z.array(z.strictObject({ slot_id: z.string(), date: z.string(), time: z.string() })),
  }),
  async execute(input, call) {
    if (!isRealDate(input.date)) return { error: 'There is no such day.' };
    const nowMs = call.nowMs();
    if (input.date < localTime(nowMs, call.timeZone).date) {
      return { error: `${spokenDate(input.date)} is in the past.` };
    }
    const free = await freeSlots(call.database, { date: input.date, nowMs, limit: 5 });
    if (free.length === 0) return nothingFree(input.date, call);
    return {
      date: input.date,
      slots: free.map((slot) => ({ slot_id: slot.slotId, date: slot.date, time: slot.time })),
    };
  },
});

/**
 * Takes a slot and confirms it by message. Anyone may book. The booking of a caller who has proved
 * who they are is that patient's; any other has a name only.
 */
export const bookSlot = deskTool({
  name: 'book_slot',
  description: 'Book an appointment at one of the listed times, to see the dentist.',
  parameters: z.object({ slot_id: slotId, name }),
  output: answerOf(bookedShape),
  async confirm(input, call) {
    const wanted = await bookable(input, call);
    if ('error' in wanted) return wanted;
    const holder = await findHolder(call.database, wanted.slot.slotId);
    if (holder && !isOfThisCall(holder, wanted.name, call)) return { error: taken };
    return { readBack: `Shall I book ${spokenSlot(wanted.slot)} for ${wanted.name}?` };
  },
  async execute(input, call) {
    const wanted = await bookable(input, call);
    if ('error' in wanted) return wanted;
    const { slot, name: callerName } = wanted;
    const nowMs = call.nowMs();
    const newReference = await insertBooking(
      call.database,
      {
        slotId: slot.slotId,
        name: callerName,
        customerId: call.customer()?.id ?? null,
        callId: call.callId,
      },
      { nowMs, today: localTime(nowMs, call.timeZone).date },
    );
    if (newReference === undefined) return heldAlready(slot, callerName, call);
    return confirmByMessage(
      { reference: newReference, name: callerName, slot },
      'booked for',
      call,
    );
  },
});

const taken = 'That time has just been taken. Please choose another one.';

async function bookable(
  input: { readonly slot_id: string; readonly name: string },
  call: CallContext,
): Promise<{ readonly slot: Slot; readonly name: string } | NoAnswer> {
  const callerName = plainText(input.name);
  if (callerName === '') return { error: 'A name is needed for the booking.' };
  const slot = await findSlot(call.database, input.slot_id);
  if (!slot) return { error: 'There is no appointment at that time.' };
  if (slot.startsAt.getTime() <= call.nowMs()) return { error: 'That time has passed.' };
  return { slot, name: callerName };
}

/** Offers the next free time after a day that has none, or else the first of all. */
async function nothingFree(day: string, call: CallContext): Promise<NoAnswer> {
  const soonest = { nowMs: call.nowMs(), limit: 1 };
  const [later] = await freeSlots(call.database, { ...soonest, fromDate: day });
  const [next] = later ? [later] : await freeSlots(call.database, soonest);
  const sentence = `There are no free times on ${spokenDate(day)}.`;
  const offer = later ? 'The next free time is' : 'The first free time is';
  return { error: next ? `${sentence} ${offer} on ${spokenSlot(next)}.` : sentence };
}

function isOfThisCall(
  holder: { readonly callId: string | null; readonly name: string },
  wantedName: string,
  call: CallContext,
): boolean {
  return holder.callId === call.callId && holder.name === wantedName;
}

/** The slot is held: by this very call (a repeated request, which is answered again) or by another. */
async function heldAlready(slot: Slot, wantedName: string, call: CallContext) {
  const holder = await findHolder(call.database, slot.slotId);
  if (!holder || !isOfThisCall(holder, wantedName, call)) return { error: taken };
  return {
    reference: holder.reference,
    name: holder.name,
    date: holder.date,
    time: holder.time,
    confirmation: 'was arranged earlier in this call',
  };
}
