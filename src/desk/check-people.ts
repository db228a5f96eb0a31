import type { Desk } from './definition.ts';
import { edgesOf } from './edges.ts';
import { type Finding, finding, placeOf } from './finding.ts';
import { hoursFaults } from './hours-faults.ts';
import { neverOpens } from './hours.ts';

/** What is wrong with a desk's queues of people. */
export function checkPeople(desk: Desk): readonly Finding[] {
  const asked = new Set(
    Object.keys(desk.agents).flatMap((name) => edgesOf(desk, name).map(({ to }) => to)),
  );
  return Object.entries(desk.people ?? {}).flatMap(([name, queue]) => {
    const found: Finding[] = [];
    if (desk.agents[name]) {
      found.push(
        finding('name_taken_twice', placeOf('people', name), {
          message: `an agent is named "${name}" too, and a handoff could mean either`,
          mend: 'Rename one of them',
        }),
      );
    }
    if (queue.label.trim() === '') {
      found.push(
        finding('label_missing', placeOf('people', name, 'label'), {
          message: `the queue "${name}" has no label`,
          mend: 'Say what callers and operators call it',
        }),
      );
    }
    for (const phone of queue.phones ?? []) {
      if (/^\+[1-9]\d{4,14}$/.test(phone)) continue;
      found.push(
        finding('phone_faulty', placeOf('people', name, 'phones'), {
          message: `"${phone}" is no number with its country`,
          mend: 'Write it as +442079460000',
        }),
      );
    }
    if (!queue.hours) return found;
    const place = placeOf('people', name, 'hours');
    if (neverOpens(queue.hours)) {
      const led = asked.has(name) ? ', so that every handoff to it is refused' : '';
      found.push(
        finding('hours_never_open', place, {
          message: `the hours of "${name}" hold no minute${led}`,
          mend: 'Add hours to a weekday, or leave hours out for a queue that is always there',
        }),
      );
    }
    for (const fault of hoursFaults(queue.hours)) {
      found.push(
        finding('hours_faulty', place, {
          message: fault,
          mend: 'Write times as 09:00, the end after the beginning, and days as 2026-12-25',
        }),
      );
    }
    return found;
  });
}
