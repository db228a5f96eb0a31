import { z } from 'zod';
import { deskTool } from '../../../../desk/index.ts';

/* Your own system goes here: an HTTP call, a query. Agents know only what a tool returns. */

const repairs = [
  { ticket: '417', bike: 'red city bike', work: 'new chain and brakes', status: 'ready' },
  { ticket: '418', bike: 'blue racer', work: 'new front wheel', status: 'waiting for parts' },
];

/** What is being done to a bike, and whether it is ready. */
export const findRepair = deskTool({
  name: 'find_repair',
  description: 'Look up a repair: what is being done to the bike, and whether it is ready.',
  parameters: z.object({
    ticket: z
      .string()
      .regex(/^\d{3}$/)
      .describe('The ticket number: three digits, such as 417.'),
  }),
  execute({ ticket }) {
    const repair = repairs.find((candidate) => candidate.ticket === ticket);
    return repair ?? { error: `There is no repair with the ticket number ${ticket}.` };
  },
});
