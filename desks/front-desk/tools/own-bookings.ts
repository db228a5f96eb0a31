import { z } from 'zod';
import { deskTool, type ToolCall } from '../../../src/desk/index.ts';
import {
  cancelActiveBooking,
  findBooking,
  findHolder,
  findSlot,
  updateBookingSlot,
  type Booking,
  type Slot,
} from '../data/bookings.ts';
import { soundsLikeName } from '../data/name-sound.ts';
import { bookedShape, confirmByMessage, slotId, spokenSlot } from './booking-words.ts';
import { answerOf, type NoAnswer } from './within-call.ts';

// Whose booking it is. A verified caller reaches a booking by its reference when it is theirs, or
// when it is nobody's (made by a caller who had not proved who they were) and was made in this very
// call or under a name that sounds like theirs. Whoever is not a patient yet cannot prove anything:
// they can book, and the practice team changes it for them. Any other booking is answered in the
// same words as one that does not exist.

const reference = z
  .string()
  .regex(/^GB-\d{8}-\d{3}$/)
  .describe(
    'The booking reference: the letters GB and eleven digits, such as GB-20261102-117. Callers often say only the digits.',
  );

const bookingShape = {
  reference: z.string(),
  name: z.string(),
  date: z.string(),
  time: z.string(),
  status: z.enum(['booked', 'cancelled']),
};

const stays = 'That time has just been taken. The booking stays as it was.';

/** Reads one booking. */
export const findBookingTool = deskTool({
  name: 'find_booking',
  description:
    'Find a booking by its reference: the name, and when the appointment is, day and time.',
  parameters: z.object({ reference }),
  verified: true,
  output: answerOf(bookingShape),
  async execute(input, call) {
    const booking = await ownBooking(call, input.reference);
    if ('error' in booking) return booking;
    return factsOf(booking, booking.status === 'active' ? 'booked' : 'cancelled');
  },
});

/** Moves a booking to another slot; until that is done, the old one is kept. */
export const moveBooking = deskTool({
  name: 'move_booking',
  description:
    'Move a booking to another one of the listed times, to change or reschedule an appointment.',
  parameters: z.object({ reference, slot_id: slotId }),
  verified: true,
  output: answerOf(bookedShape),
  async confirm(input, call) {
    const move = await possibleMove(input, call);
    if ('error' in move) return move;
    const { booking, slot } = move;
    const holder = await findHolder(call.database, slot.slotId);
    if (holder && holder.reference !== booking.reference) return { error: stays };
    return {
      readBack: `Shall I move the appointment from ${spokenSlot(booking)} to ${spokenSlot(slot)}?`,
    };
  },
  async execute(input, call) {
    const move = await possibleMove(input, call);
    if ('error' in move) return move;
    const { booking, slot } = move;
    const outcome = await updateBookingSlot(call.database, booking.reference, slot.slotId);
    if (outcome === 'taken') return { error: stays };
    if (outcome === 'gone') return { error: `Booking ${booking.reference} has been cancelled.` };
    const { reference: moved, name } = booking;
    return confirmByMessage({ reference: moved, name, slot }, 'moved to', call);
  },
});

/** Cancels a booking and frees its slot. */
export const cancelBooking = deskTool({
  name: 'cancel_booking',
  description:
    'Cancel a booking: an appointment that the caller cannot keep or does not want any more.',
  parameters: z.object({ reference }),
  verified: true,
  output: answerOf(bookingShape),
  async confirm(input, call) {
    const booking = await changeableBooking(call, input.reference);
    if ('error' in booking) return booking;
    return { readBack: `Shall I cancel the appointment on ${spokenSlot(booking)}?` };
  },
  async execute(input, call) {
    const booking = await changeableBooking(call, input.reference);
    if ('error' in booking) return booking;
    if (!(await cancelActiveBooking(call.database, booking.reference))) {
      return { error: cancelledAlready(booking) };
    }
    return factsOf(booking, 'cancelled');
  },
});

const notFound = (given: string): NoAnswer => ({
  error: `There is no booking with the reference ${given} in your name.`,
});
const cancelledAlready = (booking: Booking): string =>
  `Booking ${booking.reference} has been cancelled already.`;

function factsOf(booking: Booking, status: 'booked' | 'cancelled') {
  const { reference: of, name, date, time } = booking;
  return { reference: of, name, date, time, status };
}

async function ownBooking(call: ToolCall<true>, given: string): Promise<Booking | NoAnswer> {
  const booking = await findBooking(call.database, given);
  return booking && isOf(booking, call) ? booking : notFound(given);
}

function isOf(booking: Booking, call: ToolCall<true>): boolean {
  if (booking.customerId !== null) return booking.customerId === call.verified.id;
  return booking.callId === call.callId || soundsLikeName(booking.name, call.verified.name);
}

/** The caller's own booking that is still to come; otherwise why it cannot be changed. */
async function changeableBooking(call: ToolCall<true>, given: string): Promise<Booking | NoAnswer> {
  const booking = await ownBooking(call, given);
  if ('error' in booking) return booking;
  if (booking.status === 'cancelled') return { error: cancelledAlready(booking) };
  if (booking.startsAt.getTime() <= call.nowMs()) {
    return { error: `The appointment of booking ${booking.reference} has passed.` };
  }
  return booking;
}

async function possibleMove(
  input: { readonly reference: string; readonly slot_id: string },
  call: ToolCall<true>,
): Promise<{ readonly booking: Booking; readonly slot: Slot } | NoAnswer> {
  const booking = await changeableBooking(call, input.reference);
  if ('error' in booking) return booking;
  const slot = await findSlot(call.database, input.slot_id);
  if (!slot) return { error: 'There is no appointment at that time.' };
  if (slot.startsAt.getTime() <= call.nowMs()) return { error: 'That time has passed.' };
  return { booking, slot };
}
