import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

const timetable = [
  ['cir-mon-1830', 'circuits', '2026-11-23T18:30:00', 'Callum', 7],
  ['spi-tue-0645', 'spin', '2026-11-24T06:45:00', 'Callum', 4],
  ['yog-tue-1815', 'yoga', '2026-11-24T18:15:00', 'Meera', 6],
  ['aqu-wed-1100', 'aqua_fit', '2026-11-25T11:00:00', 'Jean', 10],
  ['pil-wed-1215', 'pilates', '2026-11-25T12:15:00', 'Tom', 2],
  ['spi-wed-1900', 'spin', '2026-11-25T19:00:00', 'Callum', 3],
  ['yog-thu-0930', 'yoga', '2026-11-26T09:30:00', 'Meera', 5],
  ['box-thu-1930', 'boxercise', '2026-11-26T19:30:00', 'Jade', 8],
  ['pil-fri-1730', 'pilates', '2026-11-27T17:30:00', 'Tom', 3],
  ['spi-sat-0900', 'spin', '2026-11-28T09:00:00', 'Jade', 0],
] as const;
const classes = timetable.map(([id, activity, starts, instructor, spaces]) => ({
  class_id: id,
  activity,
  starts_at: starts,
  instructor,
  spaces_left: spaces,
}));
const activities = ['yoga', 'pilates', 'spin', 'aqua_fit', 'boxercise', 'circuits'];
const plans = ['standard', 'off_peak', 'family', 'student'];

const isWeekend = (date: string): boolean =>
  [0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay());

function freeCourts(date: string): readonly string[] {
  if (date === '2026-11-23') return ['20:00'];
  return isWeekend(date) ? ['10:40', '12:00', '15:20'] : ['12:40', '17:20', '19:20'];
}

function open(): TestDesk {
  const members = new Map([
    ['604118', { name: 'Dawn Pritchard', plan: 'standard', payment_day: 1 }],
    ['602957', { name: 'Imran Sheikh', plan: 'family', payment_day: 15 }],
    ['611340', { name: 'Leo Marsh', plan: 'off_peak', payment_day: 8 }],
  ]);
  const bookings = new Map([
    ['CL3308', 'yoga on Thursday at 9:30 AM'],
    ['CL3412', 'spin on Saturday at 9 AM'],
    ['SQ2071', 'squash on Wednesday at 6 PM'],
  ]);
  const noMember = { error: 'There is no member with that number.' };
  const membershipNumber = {
    type: 'string',
    pattern: '^\\d{6}$',
    description: 'Six digits, on the membership card',
  };

  return {
    firstAgent: 'front_of_house',
    greeting: 'Thank you for calling Alder Brook Leisure Centre. How can I help?',
    agents: {
      front_of_house: {
        handoffDescription:
          'Back to front of house: opening times, prices, swimming, lost property, parties, and everything about the building.',
        instructions: `You answer the telephone at Alder Brook Leisure Centre, a council leisure centre with a 25 metre pool, a gym, studios and two squash courts. Be friendly and brief. Never guess: say so if you do not know something.

OPENING TIMES
Monday to Friday 6.15 am to 10 pm, Saturday 8 am to 8 pm, Sunday 8 am to 6 pm. Closed on 25 and 26 December and on 1 January. The cafe is open from 9 am to 5 pm every day.

SWIMMING
A casual swim costs £5.80 for adults and £3.60 for under-16s. The times of lane swimming and public swimming change from day to day, so look them up with get_pool_sessions. Children under eight must have an adult in the water with them. The sauna and steam room are for over-16s only. There is a hoist for disabled swimmers. Swimming lessons are run by a separate company, Little Fins, on 01632 960 118.

THE BUILDING
Lockers take a £1 coin, which you get back. Towels can be hired for £2. Parking is free for three hours, but drivers must type their registration into the screen by the entrance. The gym day pass is £9; the minimum age in the gym is 14. The creche runs on weekday mornings and costs £4.50 an hour.

LOST PROPERTY
Take the details with report_lost_property. We keep things for four weeks.

PARTIES
Children's parties are held at weekends, for up to 25 children. The pool inflatable is £165, soft play £120, the climbing wall £140. Hold a date with request_party; the party team then rings back within two days to sort out the food and the deposit.

PASSING CALLS ON
Joining, payments and anything about somebody's membership: memberships. Classes and squash: bookings. Accidents and injuries in the centre, complaints, and callers who ask for a manager: duty_manager, at once and without trying to settle it yourself.`,
        handoffs: ['memberships', 'bookings', 'duty_manager'],
        canEndCall: true,
        tools: [
          {
            name: 'get_pool_sessions',
            description: 'Get the lane, public and family swimming times for a day.',
            parameters: object({
              date: { type: 'string', format: 'date', description: 'Day, YYYY-MM-DD' },
            }),
            run: ({ date }) => ({
              date,
              lanes: isWeekend(text(date)) ? '08:00-09:30' : '06:30-09:00 and 19:30-21:30',
              public: isWeekend(text(date)) ? '12:00-17:00' : '12:00-14:00',
              family: isWeekend(text(date)) ? '10:00-12:00' : '16:00-18:00',
            }),
          },
          {
            name: 'report_lost_property',
            description:
              'Log something a visitor has lost in the centre. The team checks the cupboard and sends a text if it is there.',
            parameters: object({
              item: { type: 'string', description: 'What was lost, with colour or make if known' },
              place: {
                type: 'string',
                enum: [
                  'pool_changing_room',
                  'gym_changing_room',
                  'pool',
                  'gym',
                  'studio',
                  'squash_courts',
                  'cafe',
                  'car_park',
                  'unknown',
                ],
                description: 'Where it was last seen',
              },
              lost_on: { type: 'string', format: 'date', description: 'Day it was lost' },
              phone: { type: 'string', description: 'Mobile number for the text' },
            }),
            run: ({ item }) => ({ logged: true, item, reference: 'LP0582' }),
          },
          {
            name: 'request_party',
            description: "Provisionally hold a date for a children's party.",
            parameters: object({
              kind: { type: 'string', enum: ['pool_inflatable', 'soft_play', 'climbing_wall'] },
              date: { type: 'string', format: 'date' },
              children: { type: 'integer', minimum: 1, maximum: 25 },
              contact_name: { type: 'string' },
              phone: { type: 'string' },
            }),
            run: ({ date }) =>
              isWeekend(text(date))
                ? { held: true, date, party_team_rings_by: '2026-11-25' }
                : { error: 'Parties are held on Saturdays and Sundays only.' },
          },
        ],
      },
      memberships: {
        handoffDescription:
          'The memberships desk: join, freeze, change plan, cancel, payment day, what a member pays.',
        instructions: `You run the memberships desk of Alder Brook Leisure Centre.

Monthly prices: standard £36, off-peak £24 (weekdays before 4 pm only), family £68 for two adults and up to three children under 16, student £22 (they show their student card the next time they come in). There is a one-off joining fee of £15. All plans include gym, pool and classes.
There is no contract: memberships run month to month, and we ask for 30 days' notice to cancel.
Payments are by direct debit, on the 1st, 8th, 15th or 22nd of the month, whichever the member likes.
A membership can be frozen for one, two or three whole months. A frozen month costs £5. Somebody who is ill, injured or away for a while will usually be better off freezing, but do not press people who want to cancel.
A new plan counts from the next payment.
NHS staff get ten percent off with their badge.

Ask for the membership number before you look at or change anything. For new members use start_membership. Classes and courts go to bookings, complaints and refunds to duty_manager, everything else about the centre to front_of_house.`,
        handoffs: ['front_of_house', 'bookings', 'duty_manager'],
        canEndCall: true,
        tools: [
          {
            name: 'look_up_member',
            description: "Show a member's name, plan and payment day.",
            parameters: object({ membership_number: membershipNumber }),
            run: ({ membership_number: number }) => members.get(text(number)) ?? noMember,
          },
          {
            name: 'start_membership',
            description: 'Sign up a new member. They get the direct debit form by e-mail.',
            parameters: object({
              plan: { type: 'string', enum: plans },
              full_name: { type: 'string', description: 'First name and surname' },
              email: { type: 'string', format: 'email' },
              start_date: { type: 'string', format: 'date', description: 'First day' },
            }),
            run: ({ plan, start_date: from }) => ({ membership_number: '612204', plan, from }),
          },
          {
            name: 'freeze_membership',
            description: 'Pause a membership for whole months.',
            parameters: object({
              membership_number: membershipNumber,
              from_month: {
                type: 'string',
                pattern: '^\\d{4}-\\d{2}$',
                description: 'First frozen month, YYYY-MM',
              },
              months: { type: 'integer', minimum: 1, maximum: 3, description: 'How many months' },
            }),
            run: ({ membership_number: number, from_month: from, months }) =>
              members.has(text(number)) ? { frozen: true, from, months } : noMember,
          },
          {
            name: 'cancel_membership',
            description: "End a membership with 30 days' notice.",
            parameters: object({
              membership_number: membershipNumber,
              reason: {
                type: 'string',
                enum: ['moving_away', 'too_expensive', 'not_using_it', 'health', 'other'],
                description: 'Why they are leaving',
              },
            }),
            confirm: ({ membership_number: number }) => {
              const member = members.get(text(number));
              return member
                ? `Shall I cancel the membership of ${member.name} with effect from December 23?`
                : noMember;
            },
            run: () => ({ cancelled: true, last_day: '2026-12-23' }),
          },
          {
            name: 'change_plan',
            description: 'Move a member to another plan.',
            parameters: object({
              membership_number: membershipNumber,
              new_plan: { type: 'string', enum: plans },
            }),
            confirm: ({ membership_number: number, new_plan: plan }) => {
              const member = members.get(text(number));
              return member
                ? `Shall I change ${member.name} to the ${text(plan).replace('_', '-')} plan?`
                : noMember;
            },
            run: ({ new_plan: plan }) => ({ changed: true, plan }),
          },
          {
            name: 'set_payment_day',
            description: 'Change the day of the month on which the direct debit is taken.',
            parameters: object({
              membership_number: membershipNumber,
              day: { type: 'integer', enum: [1, 8, 15, 22] },
            }),
            run: ({ membership_number: number, day }) =>
              members.has(text(number)) ? { payment_day: day } : noMember,
          },
        ],
      },
      bookings: {
        handoffDescription: 'Classes and squash courts: what is on, book, cancel a booking.',
        instructions: `You look after the class and squash bookings of Alder Brook Leisure Centre.

Classes: find them with find_classes, read out at most three, then book with book_class. Members pay nothing, everybody else £7.50 on the day. Mats are provided. Please be there ten minutes early. We keep no waiting lists; when a class is full, offer another one.
Squash: a court is £11.40 for forty minutes, rackets are £2.50 each and balls £3. Only shoes with non-marking soles are allowed on court. Check find_courts, then use book_squash_court.
Cancelling is free up to four hours before. People who do not turn up are charged £5.
The sports hall is shut until February for a new floor, so there is no badminton, netball or five-a-side until then.

Memberships and payments go to memberships. Anything else about the centre is for front_of_house, complaints and accidents for duty_manager.`,
        handoffs: ['front_of_house', 'memberships', 'duty_manager'],
        canEndCall: true,
        tools: [
          {
            name: 'find_classes',
            description: 'Find classes in the next seven days, by activity, by day, or both.',
            parameters: object({
              activity: {
                type: ['string', 'null'],
                enum: [...activities, null],
                description: 'null for all',
              },
              date: {
                type: ['string', 'null'],
                description: 'YYYY-MM-DD, null for the whole week',
              },
            }),
            run: ({ activity, date }) => ({
              classes: classes
                .filter((one) => text(activity) === '' || one.activity === activity)
                .filter((one) => text(date) === '' || one.starts_at.startsWith(text(date))),
            }),
          },
          {
            name: 'book_class',
            description: 'Book a place in a class.',
            parameters: object({
              class_id: { type: 'string', description: 'class_id given by find_classes' },
              name: { type: 'string', description: 'Who is coming' },
              membership_number: {
                type: ['string', 'null'],
                description: 'Six digits, null for somebody who is not a member',
              },
            }),
            run: ({ class_id: id }) => {
              const found = classes.find((one) => one.class_id === id);
              if (!found) return { error: 'There is no such class.' };
              return found.spaces_left > 0
                ? { reference: 'CL3560', activity: found.activity, starts_at: found.starts_at }
                : { error: 'This class is full.' };
            },
          },
          {
            name: 'find_courts',
            description: 'Free squash courts on a day, as start times.',
            parameters: object({ date: { type: 'string', format: 'date' } }),
            run: ({ date }) => ({ date, free_from: freeCourts(text(date)) }),
          },
          {
            name: 'book_squash_court',
            description: 'Book a squash court for forty minutes.',
            parameters: object(
              {
                date: { type: 'string', format: 'date' },
                start_time: { type: 'string', description: 'HH:MM, 24 hours' },
                name: { type: 'string' },
                phone: { type: 'string' },
                rackets: {
                  type: 'integer',
                  minimum: 0,
                  maximum: 4,
                  description: 'Rackets to hire, if they need any',
                },
              },
              ['date', 'start_time', 'name', 'phone'],
            ),
            run: ({ date, start_time: time }) =>
              freeCourts(text(date)).includes(text(time))
                ? { reference: 'SQ2090', court: 2, date, start_time: time }
                : { error: 'No court is free at that time.' },
          },
          {
            name: 'cancel_booking',
            description: 'Cancel a class or a squash court.',
            parameters: object({
              reference: {
                type: 'string',
                pattern: '^(?:CL|SQ)\\d{4}$',
                description: 'CL or SQ and four digits, from the confirmation text',
              },
            }),
            confirm: ({ reference }) => {
              const booking = bookings.get(text(reference));
              return booking
                ? `Shall I cancel ${booking}?`
                : { error: 'There is no booking with that reference.' };
            },
            run: ({ reference }) => {
              bookings.delete(text(reference));
              return { cancelled: true, reference };
            },
          },
        ],
      },
    },
    people: {
      duty_manager: {
        label: 'The duty manager',
        handoffDescription:
          'The duty manager, a person: accidents and injuries in the centre, complaints, refunds, or when the caller asks for somebody in charge.',
        refusal: null,
      },
    },
  };
}

/** A leisure centre: three agents, facts under headings, months and days as values, a class by its id. */
export const leisure: BenchDesk = {
  name: 'leisure',
  timeZone: 'Europe/London',
  time: '16:20',
  writes: [
    'report_lost_property',
    'request_party',
    'start_membership',
    'freeze_membership',
    'cancel_membership',
    'change_plan',
    'set_payment_day',
    'book_class',
    'book_squash_court',
    'cancel_booking',
  ],
  open,
};
