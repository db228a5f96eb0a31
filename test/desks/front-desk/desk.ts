import { defineDesk, type Weekday } from '../../../src/desk/index.ts';
import { desk as frontDesk } from '../../../desks/front-desk/desk.ts';

const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const threeDaysOn = weekdays[(new Date().getUTCDay() + 3) % 7] ?? 'sun';
const { people } = frontDesk;
if (!people) throw new Error('the front desk has people');

/** The front desk on a day on which its people are away: they are back on another one, for an hour. */
export const desk = defineDesk({
  ...frontDesk,
  people: {
    practice_team: {
      ...people.practice_team,
      hours: { week: { [threeDaysOn]: [{ from: '09:00', to: '10:00' }] } },
    },
  },
});
