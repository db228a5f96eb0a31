import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { policyOf } from '../../src/desk/index.ts';
import { findBooking, insertBooking } from './data/bookings.ts';
import { bookings, slots } from './data/schema.ts';
import { slotTimes } from './data/seed.ts';
import { james, jane, maria, openTestDesk, type TestCaller } from './testing/open-test-desk.ts';
import { cancelBooking, findBookingTool, moveBooking } from './tools/own-bookings.ts';
import { bookSlot, listSlots } from './tools/scheduling.ts';

const thursday = '2026-11-26';
const tenThirty = `${thursday}T1030`;

let desk: Awaited<ReturnType<typeof openTestDesk>>;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(() => desk.reset());

const byMaria = { customer: maria };
const byJames = { customer: james };
const book = (slotId: string, name: string, by?: TestCaller) =>
  desk.use(bookSlot, { slot_id: slotId, name }, by);
const timesOf = async (date: string) => {
  const answer = await desk.use(listSlots, { date });
  return (answer['slots'] as { time: string }[]).map((slot) => slot.time);
};

it('lists the free times of a day in order', async () => {
  // 16:00 on that Thursday is the seeded appointment.
  expect(await desk.use(listSlots, { date: thursday })).toEqual({
    date: thursday,
    slots: ['09:00', '10:30', '13:00', '14:30'].map((time) => ({
      slot_id: `${thursday}T${time.replace(':', '')}`,
      date: thursday,
      time,
    })),
  });
});

it('leaves out what has passed today', async () => {
  desk.advance(7 * 3_600_000); // 11:00 in New York
  expect(await timesOf('2026-11-23')).toEqual(['13:00', '14:30', '16:00']);
});

it.each([
  [
    '2026-11-28',
    'There are no free times on Saturday, November 28. The next free time is on Monday, November 30 at 9:00 AM.',
  ],
  [
    '2027-02-01',
    'There are no free times on Monday, February 1. The first free time is on Monday, November 23 at 9:00 AM.',
  ],
  ['2026-11-22', 'Sunday, November 22 is in the past.'],
  ['2026-02-30', 'There is no such day.'],
])('says why there is nothing on %s', async (date, error) => {
  expect(await desk.use(listSlots, { date })).toEqual({ error });
});

it('books a slot, stores it and confirms it by message', async () => {
  expect(await desk.readBack(bookSlot, { slot_id: tenThirty, name: 'Maria Lopez' })).toEqual({
    readBack: 'Shall I book Thursday, November 26 at 10:30 AM for Maria Lopez?',
  });
  expect(await timesOf(thursday)).toContain('10:30');
  const answer = await book(tenThirty, 'Maria Lopez');
  expect(answer).toEqual({
    reference: expect.stringMatching(/^GB-20261123-\d{3}$/) as string,
    name: 'Maria Lopez',
    date: thursday,
    time: '10:30',
    confirmation: 'sent by text message',
  });
  const stored = await findBooking(desk.database, String(answer['reference']));
  expect(stored).toMatchObject({
    slotId: tenThirty,
    name: 'Maria Lopez',
    customerId: null,
    status: 'active',
  });
  expect(desk.sent).toEqual([
    {
      kind: 'booking_confirmation',
      text: `Garden Bridge Dental: the appointment for Maria Lopez is booked for Thursday, November 26 at 10:30 AM. Reference ${String(answer['reference'])}.`,
    },
  ]);
  expect(await timesOf(thursday)).not.toContain('10:30');
});

it('books for the patient whom the caller has proved to be, whatever name is given', async () => {
  const { reference } = await book(tenThirty, 'Tom Lopez', byMaria);
  expect(await findBooking(desk.database, String(reference))).toMatchObject({
    name: 'Tom Lopez',
    customerId: maria.id,
  });
});

it('A63, F17: gives a slot to one of twenty callers who want it at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => book(tenThirty, `Caller ${n}`, { callId: `call_${n}` })),
  );
  const winners = answers.filter((answer) => 'reference' in answer);
  expect(winners).toHaveLength(1);
  expect(new Set(answers.filter((answer) => 'error' in answer).map((a) => a['error']))).toEqual(
    new Set(['That time has just been taken. Please choose another one.']),
  );
  const rows = await desk.database.select().from(bookings).where(eq(bookings.slotId, tenThirty));
  expect(rows.map((row) => row.name)).toEqual([winners[0]?.['name']]);
  expect(desk.sent).toHaveLength(1);
  // The others are offered alternatives, and a late one is not even asked to confirm.
  expect(await timesOf(thursday)).toEqual(['09:00', '13:00', '14:30']);
  const late = { slot_id: tenThirty, name: 'Caller 20' };
  expect(await desk.readBack(bookSlot, late, { callId: 'call_20' })).toEqual({
    error: 'That time has just been taken. Please choose another one.',
  });
});

it('answers a repeated booking of the same call with the booking it has', async () => {
  const first = await book(tenThirty, 'Maria Lopez');
  const second = await book(tenThirty, 'Maria Lopez');
  expect(second['reference']).toBe(first['reference']);
  expect(desk.sent).toHaveLength(1);
});

it.each([
  `O'Brien "Bob"`,
  `<script>alert(1)</script>`,
  `Robert'); DROP TABLE bookings;--`,
  'Zoë 李',
])('A60: keeps the name %s as it is', async (name) => {
  const { reference } = await book(tenThirty, name);
  expect(await desk.use(findBookingTool, { reference }, byMaria)).toMatchObject({ name });
  expect(await findBooking(desk.database, String(reference))).toMatchObject({ name });
  expect(desk.sent[0]?.text).toContain(name);
});

it('stores no control characters, and books nobody without a name', async () => {
  expect(await book(tenThirty, 'Maria\0\nLopez')).toMatchObject({ name: 'Maria Lopez' });
  expect(await book(`${thursday}T1300`, '\0')).toEqual({
    error: 'A name is needed for the booking.',
  });
});

it('draws another reference when one is taken, also by a cancelled booking', async () => {
  const taken = 'GB-20261102-117';
  await desk.use(cancelBooking, { reference: taken }, byJames);
  const drawn = [taken, taken, 'GB-20261102-118'];
  const reference = await insertBooking(
    desk.database,
    { slotId: tenThirty, name: 'Maria Lopez', customerId: null, callId: 'call_1' },
    { nowMs: desk.nowMs(), today: '2026-11-02', newReference: () => drawn.shift() ?? '' },
  );
  expect(reference).toBe('GB-20261102-118');
});

it.each([
  ['2026-11-26T1031', 'There is no appointment at that time.'],
  ['2026-11-23T0900', 'That time has passed.'],
])('does not book %s', async (slotId, error) => {
  desk.advance(6 * 3_600_000); // 10:00 in New York
  expect(await book(slotId, 'Maria Lopez')).toEqual({ error });
  const input = { slot_id: slotId, name: 'Maria Lopez' };
  expect(await desk.readBack(bookSlot, input)).toEqual({ error });
});

it('keeps the booking when its confirmation cannot be sent, and says so', async () => {
  desk.messages.fail = true;
  const answer = await book(tenThirty, 'Maria Lopez');
  expect(answer['confirmation']).toBe('could not be sent');
  expect(await findBooking(desk.database, String(answer['reference']))).toMatchObject({
    status: 'active',
  });
});

it('moves a booking: the new time is taken, the old one free', async () => {
  const { reference } = await book(tenThirty, 'Maria Lopez');
  const move = { reference, slot_id: `${thursday}T1300` };
  expect(await desk.readBack(moveBooking, move, byMaria)).toEqual({
    readBack:
      'Shall I move the appointment from Thursday, November 26 at 10:30 AM to Thursday, November 26 at 1:00 PM?',
  });
  const answer = await desk.use(moveBooking, move, byMaria);
  expect(answer).toMatchObject({ reference, date: thursday, time: '13:00' });
  expect(await timesOf(thursday)).toEqual(['09:00', '10:30', '14:30']);
});

it('leaves a booking where it was when the new time is taken', async () => {
  const { reference } = await book(tenThirty, 'Maria Lopez');
  await book(`${thursday}T1300`, 'Ann Smith', { callId: 'call_2' });
  const move = { reference, slot_id: `${thursday}T1300` };
  const error = 'That time has just been taken. The booking stays as it was.';
  expect(await desk.readBack(moveBooking, move, byMaria)).toEqual({ error });
  expect(await desk.use(moveBooking, move, byMaria)).toEqual({ error });
  expect(await desk.use(findBookingTool, { reference }, byMaria)).toMatchObject({ time: '10:30' });
});

it('cancels a booking once, and its time is free for the next caller', async () => {
  const { reference } = await book(tenThirty, 'Maria Lopez');
  const cancel = () => desk.use(cancelBooking, { reference }, byMaria);
  expect(await desk.readBack(cancelBooking, { reference }, byMaria)).toEqual({
    readBack: 'Shall I cancel the appointment on Thursday, November 26 at 10:30 AM?',
  });
  expect(await cancel()).toMatchObject({ status: 'cancelled', time: '10:30' });
  expect(await cancel()).toEqual({
    error: `Booking ${String(reference)} has been cancelled already.`,
  });
  expect(await book(tenThirty, 'Ann Smith', { callId: 'call_2' })).toHaveProperty('reference');
  const move = { reference, slot_id: `${thursday}T1300` };
  expect(await desk.use(moveBooking, move, byMaria)).toHaveProperty('error');
});

it.each([findBookingTool, moveBooking, cancelBooking])(
  '$name is for callers who have proved who they are',
  (tool) => expect(policyOf(tool).verified).toBe(true),
);

it('A53: gives the same words for a booking of another patient as for one that is not there', async () => {
  const { reference: anns } = await book(`${thursday}T1300`, 'Ann Smith', { callId: 'call_2' });
  const { reference: marias } = await book(`${thursday}T1430`, 'Jane Miller', {
    callId: 'call_3',
    customer: maria,
  });
  const byJane = { customer: jane };
  for (const tool of [findBookingTool, moveBooking, cancelBooking]) {
    for (const reference of ['GB-20261102-117', anns, marias, 'GB-20261122-999']) {
      const input = { reference, ...(tool === moveBooking ? { slot_id: tenThirty } : {}) };
      const answer = await desk.use(tool, input, byJane);
      expect(answer).toEqual({
        error: `There is no booking with the reference ${String(reference)} in your name.`,
      });
      if (tool !== findBookingTool)
        expect(await desk.readBack(tool, input, byJane)).toEqual(answer);
    }
  }
});

it.each([
  ['made in the same call before it was known who calls', 'Tom Lopez', 'call_1'],
  ['made in another call under a name that sounds like theirs', 'Murray Lopes', 'call_2'],
])('a patient reaches a booking that is nobody’s and was %s', async (_why, name, callId) => {
  const { reference } = await book(tenThirty, name, { callId });
  expect(await desk.use(cancelBooking, { reference }, byMaria)).toMatchObject({
    status: 'cancelled',
  });
});

it('seeds again without un-booking or repeating anything, and adds the days to come', async () => {
  const { reference } = await book(tenThirty, 'Maria Lopez');
  await desk.use(cancelBooking, { reference: 'GB-20261102-117' }, byJames);
  const before = await desk.database.select().from(slots);
  expect(before.length).toBe(11 * slotTimes.length);
  desk.advance(3 * 86_400_000);
  await desk.seed();
  await desk.seed();
  const after = await desk.database.select().from(slots);
  expect(after.length).toBe(before.length + 3 * slotTimes.length);
  expect(await desk.use(findBookingTool, { reference }, byMaria)).toMatchObject({
    status: 'booked',
  });
  const seeded = await desk.use(findBookingTool, { reference: 'GB-20261102-117' }, byJames);
  expect(seeded).toMatchObject({ status: 'cancelled' });
});
