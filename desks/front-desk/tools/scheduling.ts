import { tool } from '@openai/agents/realtime';
import { z } from 'zod';
import type { CallContext } from '../../../src/desk/index.ts';
import {
  cancelActiveBooking,
  findBooking,
  findHolder,
  findSlot,
  freeSlots,
  insertBooking,
  updateBookingSlot,
  type Booking,
  type Slot,
} from '../data/bookings.ts';
import { isRealDate, localTime, spokenClock, spokenDate } from '../data/calendar.ts';
import { callOf, plainText, sendMessage, type Answer, type Run } from './within-call.ts';

const slotId = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{4}$/)
  .describe('The slot, as returned by list_slots');
const reference = z
  .string()
  .regex(/^GB-\d{8}-\d{3}$/)
  .describe(
    'The booking reference: the letters GB and eleven digits, such as GB-20261102-117. Callers often say only the digits.',
  );
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ format: 'date', description: 'The day of the appointment, as YYYY-MM-DD' });
const name = z.string().trim().min(1).max(80).describe("The caller's full name, as they say it");

/** Free times of one day. */
export const listSlots = tool({
  name: 'list_slots',
  description: 'List the free appointment times of a day.',
  parameters: z.object({ date }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const call = callOf(run);
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

/** Takes a slot and confirms it by message. */
export const bookSlot = tool({
  name: 'book_slot',
  description: 'Book an appointment at one of the listed times, to see the dentist.',
  parameters: z.object({ slot_id: slotId, name }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const call = callOf(run);
    const callerName = plainText(input.name);
    if (callerName === '') return { error: 'A name is needed for the booking.' };
    const slot = await findSlot(call.database, input.slot_id);
    if (!slot) return { error: 'There is no appointment at that time.' };
    const nowMs = call.nowMs();
    if (slot.startsAt.getTime() <= nowMs) return { error: 'That time has passed.' };
    const newReference = await insertBooking(
      call.database,
      { slotId: slot.slotId, name: callerName, callId: call.callId },
      { nowMs, today: localTime(nowMs, call.timeZone).date },
    );
    if (newReference === undefined) return heldAlready(slot, callerName, call);
    return confirmed({ reference: newReference, name: callerName, slot }, 'booked', call);
  },
});

/** Reads one booking. */
export const findBookingTool = tool({
  name: 'find_booking',
  description:
    'Find a booking by its reference: the name, and when the appointment is, day and time.',
  parameters: z.object({ reference }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const call = callOf(run);
    const booking = await findBooking(call.database, input.reference);
    if (!booking) return notFound(input.reference);
    return {
      reference: booking.reference,
      name: booking.name,
      date: booking.date,
      time: booking.time,
      status: booking.status === 'active' ? 'booked' : 'cancelled',
    };
  },
});

/** Moves a booking to another slot; until that is done, the old one is kept. */
export const moveBooking = tool({
  name: 'move_booking',
  description:
    'Move a booking to another one of the listed times, to change or reschedule an appointment.',
  parameters: z.object({ reference, slot_id: slotId }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const call = callOf(run);
    const booking = await findBooking(call.database, input.reference);
    const slot = await findSlot(call.database, input.slot_id);
    const refusal = cannotChange(booking, input.reference, call);
    if (refusal || !booking) return refusal ?? notFound(input.reference);
    if (!slot) return { error: 'There is no appointment at that time.' };
    if (slot.startsAt.getTime() <= call.nowMs()) return { error: 'That time has passed.' };
    const outcome = await updateBookingSlot(call.database, booking.reference, slot.slotId);
    if (outcome === 'taken') {
      return { error: 'That time has just been taken. The booking stays as it was.' };
    }
    if (outcome === 'gone') return { error: `Booking ${booking.reference} has been cancelled.` };
    return confirmed({ reference: booking.reference, name: booking.name, slot }, 'moved', call);
  },
});

/** Cancels a booking and frees its slot. */
export const cancelBooking = tool({
  name: 'cancel_booking',
  description:
    'Cancel a booking: an appointment that the caller cannot keep or does not want any more.',
  parameters: z.object({ reference }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const call = callOf(run);
    const booking = await findBooking(call.database, input.reference);
    const refusal = cannotChange(booking, input.reference, call);
    if (refusal || !booking) return refusal ?? notFound(input.reference);
    if (!(await cancelActiveBooking(call.database, booking.reference))) {
      return { error: `Booking ${booking.reference} has been cancelled already.` };
    }
    return {
      reference: booking.reference,
      name: booking.name,
      date: booking.date,
      time: booking.time,
      status: 'cancelled',
    };
  },
});

const notFound = (given: string) => ({ error: `There is no booking with the reference ${given}.` });

function cannotChange(
  booking: Booking | undefined,
  given: string,
  call: CallContext,
): { readonly error: string } | undefined {
  if (!booking) return notFound(given);
  if (booking.status === 'cancelled') {
    return { error: `Booking ${booking.reference} has been cancelled already.` };
  }
  if (booking.startsAt.getTime() <= call.nowMs()) {
    return { error: `The appointment of booking ${booking.reference} has passed.` };
  }
  return undefined;
}

/** Offers the next free time after a day that has none, or else the first of all. */
async function nothingFree(day: string, call: CallContext): Promise<Answer> {
  const soonest = { nowMs: call.nowMs(), limit: 1 };
  const [later] = await freeSlots(call.database, { ...soonest, fromDate: day });
  const [next] = later ? [later] : await freeSlots(call.database, soonest);
  const sentence = `There are no free times on ${spokenDate(day)}.`;
  const offer = later ? 'The next free time is' : 'The first free time is';
  return {
    error: next
      ? `${sentence} ${offer} on ${spokenDate(next.date)} at ${spokenClock(next.time)}.`
      : sentence,
  };
}

/** The slot is held: by this very call (a repeated request, which is answered again) or by another. */
async function heldAlready(slot: Slot, wantedName: string, call: CallContext): Promise<Answer> {
  const holder = await findHolder(call.database, slot.slotId);
  if (holder?.callId !== call.callId || holder.name !== wantedName) {
    return { error: 'That time has just been taken. Please choose another one.' };
  }
  return {
    reference: holder.reference,
    name: holder.name,
    date: holder.date,
    time: holder.time,
    confirmation: 'was arranged earlier in this call',
  };
}

async function confirmed(
  booking: { readonly reference: string; readonly name: string; readonly slot: Slot },
  verb: 'booked' | 'moved',
  call: CallContext,
): Promise<Answer> {
  const { date: day, time } = booking.slot;
  const confirmation = await sendMessage(call, {
    kind: 'booking_confirmation',
    text:
      `Garden Bridge Dental: the appointment for ${booking.name} is ` +
      `${verb === 'booked' ? 'booked for' : 'moved to'} ${spokenDate(day)} at ${spokenClock(time)}. ` +
      `Reference ${booking.reference}.`,
  });
  return { reference: booking.reference, name: booking.name, date: day, time, confirmation };
}
