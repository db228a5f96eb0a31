import { z } from 'zod';
import type { CallContext } from '../../../src/desk/index.ts';
import type { Slot } from '../data/bookings.ts';
import { spokenClock, spokenDate } from '../data/calendar.ts';
import { sendMessage } from './within-call.ts';

/** Argument of every tool that takes a time. */
export const slotId = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{4}$/)
  .describe('The slot, as returned by list_slots');

/** What an agent is told of a booking that was made or moved. */
export const bookedShape = {
  reference: z.string(),
  name: z.string(),
  date: z.string(),
  time: z.string(),
  confirmation: z.string(),
};

/** `Thursday, November 26 at 10:30 AM`. */
export function spokenSlot({ date, time }: Pick<Slot, 'date' | 'time'>): string {
  return `${spokenDate(date)} at ${spokenClock(time)}`;
}

/** Confirms a booking by message, and tells the agent of both. */
export async function confirmByMessage(
  booking: { readonly reference: string; readonly name: string; readonly slot: Slot },
  verb: 'booked for' | 'moved to',
  call: CallContext,
): Promise<z.infer<z.ZodObject<typeof bookedShape>>> {
  const { reference, name, slot } = booking;
  const confirmation = await sendMessage(call, {
    kind: 'booking_confirmation',
    text:
      `Garden Bridge Dental: the appointment for ${name} is ${verb} ${spokenSlot(slot)}. ` +
      `Reference ${reference}.`,
  });
  return { reference, name, date: slot.date, time: slot.time, confirmation };
}
