import { tool } from '@openai/agents/realtime';
import { z } from 'zod';
import { type DeskTool, type FindingCode } from '../index.ts';
import {
  agent,
  desk,
  named,
  pair,
  queue,
  withTeam,
  withTools,
  type UnsoundDesk,
} from './small-desks.ts';

/** What can be wrong with a desk's tools and their names. */
export const unsoundTools = {
  name_unfit: [
    [
      'an agent whose name would be rewritten',
      desk({
        triage: agent({ handoffs: ['Billing Desk'] }),
        'Billing Desk': agent({ canReturn: true }),
      }),
      'agents["Billing Desk"]',
      /"Billing Desk" cannot be part/,
    ],
    [
      'a queue whose name would be rewritten',
      withTeam({}, 'our team'),
      'people["our team"]',
      /our/,
    ],
    [
      'a name too long with its prefix',
      desk({
        triage: agent({ handoffs: ['b'.repeat(53)] }),
        ['b'.repeat(53)]: agent({ canReturn: true }),
      }),
      `agents.${'b'.repeat(53)}`,
      /cannot be part/,
    ],
  ],
  tool_name_taken: [
    [
      'a tool with the name of a transfer',
      desk({
        triage: agent({ handoffs: ['billing'], tools: [named('transfer_to_billing')] }),
        billing: agent({ handoffs: ['triage'] }),
      }),
      'agents.triage.handoffs[0]',
      /two tools of "triage" are named "transfer_to_billing"/,
    ],
    [
      'two tools of one name',
      withTools(named('find'), named('find')),
      'agents.triage.tools[1]',
      /find/,
    ],
    [
      'a consult with the name of a tool',
      desk({
        triage: agent({
          handoffs: ['billing'],
          tools: [named('consult_billing')],
          consults: [{ agent: 'billing', description: 'Prices.', answer: () => 1 }],
        }),
        billing: agent({ handoffs: ['triage'] }),
      }),
      'agents.triage.consults[0]',
      /consult_billing/,
    ],
    [
      'a handoff with the name of a tool that takes notes',
      desk(
        { triage: agent({ handoffs: [{ to: 'team', toolName: 'leave_message' }] }) },
        { people: { team: queue() } },
      ),
      'agents.triage.handoffs[0]',
      /leave_message/,
    ],
    [
      'two names that are one when rewritten',
      desk({
        triage: agent({
          handoffs: [{ to: 'billing', toolName: 'to-billing' }],
          tools: [named('to_billing')],
        }),
        billing: agent({ handoffs: ['triage'] }),
      }),
      'agents.triage.handoffs[0]',
      /"to_billing" and "to-billing" .* once rewritten: to_billing/,
    ],
  ],
  tool_name_reserved: [
    [
      'end_call',
      withTools(named('end_call')),
      'agents.triage.tools[0]',
      /end_call is a tool of the/,
    ],
    [
      'go_back of an agent that has it',
      pair({}, { canReturn: true, tools: [named('go_back')] }),
      'agents.billing.tools[0]',
      /go_back/,
    ],
  ],
  tool_name_unfit: [
    [
      'a handoff with a name of two words',
      pair({ toolName: 'to billing' }),
      'agents.triage.handoffs[0]',
      /"to billing"/,
    ],
    [
      'a tool with a long name',
      withTools(named('f'.repeat(65))),
      'agents.triage.tools[0]',
      /no engine takes/,
    ],
  ],
  tool_schemas_differ: [
    [
      'one name, two kinds of parameters',
      desk({
        triage: agent({
          handoffs: ['billing'],
          tools: [named('find', z.object({ id: z.string() }))],
        }),
        billing: agent({
          handoffs: ['triage'],
          tools: [named('find', z.object({ no: z.number() }))],
        }),
      }),
      'agents.billing.tools[0]',
      /other parameters here than it does for "triage"/,
    ],
  ],
  tool_needs_approval: [
    ...([true, async () => false] as const).map((needsApproval): UnsoundDesk => {
      const guarded = tool({
        name: 'guarded',
        description: 'Wants approval.',
        parameters: z.object({}),
        needsApproval,
        execute: async () => 'done',
      }) as DeskTool; // `tool()` infers its context as unknown
      return [
        `needsApproval as ${typeof needsApproval}`,
        withTools(named('other'), guarded),
        'agents.triage.tools[1]',
        /guarded waits for an approval/,
      ];
    }),
  ],
} as const satisfies Partial<Record<FindingCode, readonly UnsoundDesk[]>>;
