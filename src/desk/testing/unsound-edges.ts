import { z } from 'zod';
import {
  attempts,
  businessHours,
  identityVerified,
  slotsFilled,
  withPolicy,
  type FindingCode,
} from '../index.ts';
import { agent, desk, named, pair, verifier, withTeam, type UnsoundDesk } from './small-desks.ts';

/** What can be wrong with a desk's handoffs and consults. */
export const unsoundEdges = {
  target_unknown: [
    [
      'a handoff that leads nowhere',
      desk({ triage: agent({ handoffs: ['sales'] }) }),
      'agents.triage.handoffs[0]',
      /"sales", which does not exist/,
    ],
    [
      'a consult that leads nowhere',
      desk({
        triage: agent({ consults: [{ agent: 'sales', description: 'Prices.', answer: () => 1 }] }),
      }),
      'agents.triage.consults[0]',
      /"sales", which does not exist/,
    ],
  ],
  target_itself: [
    [
      'a handoff to itself',
      desk({ triage: agent({ handoffs: ['triage'] }) }),
      'agents.triage.handoffs[0]',
      /leads to itself/,
    ],
    [
      'a consult of itself',
      desk({
        triage: agent({ consults: [{ agent: 'triage', description: 'All.', answer: () => 1 }] }),
      }),
      'agents.triage.consults[0]',
      /leads to itself/,
    ],
  ],
  description_missing: [
    [
      'a handoff that nothing describes',
      pair({}, { handoffDescription: ' ' }),
      'agents.triage.handoffs[0]',
      /when to hand the caller to "billing"/,
    ],
    [
      'a queue that nothing describes',
      withTeam({ handoffDescription: '' }),
      'agents.triage.handoffs[0]',
      /to "team"/,
    ],
    [
      'a consult that nothing describes',
      desk({
        triage: agent({
          handoffs: ['billing'],
          consults: [{ agent: 'billing', description: '', answer: () => 1 }],
        }),
        billing: agent({ handoffs: ['triage'] }),
      }),
      'agents.triage.consults[0]',
      /when to ask "billing"/,
    ],
  ],
  descriptions_alike: [
    [
      'two specialists for the same words',
      desk({
        triage: agent({ handoffs: ['billing', 'accounts'] }),
        billing: agent({ handoffDescription: 'Bills and payments.', canReturn: true }),
        accounts: agent({ handoffDescription: 'Payment of a bill.', canReturn: true }),
      }),
      'agents.triage.handoffs[1]',
      /hand over to "accounts" reads much like when to hand over to "billing"/,
    ],
  ],
  gate_never_opens: [
    [
      'hours of no day on an edge',
      pair({ gates: [attempts({ max: 3 }), businessHours({ week: {} })] }),
      'agents.triage.handoffs[0].gates[1]',
      /business_hours can never open: .*no minute/,
    ],
    [
      'no attempts for the whole desk',
      desk({ triage: agent() }, { gates: [attempts({ max: 0 })] }),
      'gates[0]',
      /attempts can never open/,
    ],
  ],
  gate_needs_field: [
    [
      'a slot that the packet does not have',
      pair({
        packet: z.object({ reason: z.string() }),
        gates: [slotsFilled('reason', 'invoice_id')],
      }),
      'agents.triage.handoffs[0].packet',
      /slots_filled asks for "invoice_id"/,
    ],
    [
      'a slot asked for by the whole desk',
      { ...pair({ packet: z.object({ topic: z.string() }) }), gates: [slotsFilled('reason')] },
      'agents.triage.handoffs[0].packet',
      /asks for "reason", .* to "billing"/,
    ],
    [
      'a slot asked for by the whole desk, on the way back',
      { ...pair({}, { canReturn: true }), gates: [slotsFilled('reason')] },
      'agents.billing.canReturn',
      /asks for "reason", which the way back does not carry/,
    ],
  ],
  nobody_verifies: [
    [
      'a gate for verified callers where nothing verifies',
      pair({ gates: [identityVerified()] }),
      'agents.triage.handoffs[0].gates[0]',
      /identity_verified waits for a verified caller, and no tool of the desk verifies one/,
    ],
    [
      'a gate in front of the only agent that verifies',
      pair({ gates: [attempts({ max: 3 }), identityVerified()] }, { tools: [verifier()] }),
      'agents.triage.handoffs[0].gates[1]',
      /the tools that verify lie behind gates/,
    ],
    [
      'a gate of the desk in front of the only agent that verifies',
      { ...pair({}, { tools: [verifier()] }), gates: [identityVerified()] },
      'gates[0]',
      /the tools that verify lie behind gates/,
    ],
    [
      'a tool for verified callers where nothing verifies',
      desk({ triage: agent({ tools: [withPolicy(named('refund'), { verified: true })] }) }),
      'agents.triage.tools[0]',
      /^refund waits for a verified caller/,
    ],
  ],
  gate_faulty: [
    [
      'an hour that does not exist',
      pair({
        gates: [
          businessHours({
            week: {
              mon: [{ from: '09:00', to: '12:00' }],
              tue: [{ from: '9', to: '10:99' } as never],
            },
          }), // a slip that types would catch
        ],
      }),
      'agents.triage.handoffs[0].gates[0]',
      /tue: "9" is no time of day/,
    ],
  ],
  schema_unfit: [
    [
      'a packet with a date',
      pair({ packet: z.object({ reason: z.string(), day: z.date() }) }),
      'agents.triage.handoffs[0].packet',
      /cannot be the parameters/,
    ],
    [
      'a question with a date',
      desk({
        triage: agent({
          handoffs: ['billing'],
          consults: [
            {
              agent: 'billing',
              description: 'Prices.',
              answer: () => 1,
              parameters: z.object({ day: z.date() }),
            },
          ],
        }),
        billing: agent({ handoffs: ['triage'] }),
      }),
      'agents.triage.consults[0].parameters',
      /cannot be the parameters/,
    ],
  ],
  consult_needs_model: [
    [
      'a consult without a rule',
      desk({
        triage: agent({
          handoffs: ['billing'],
          consults: [{ agent: 'billing', description: 'Prices.' }],
        }),
        billing: agent({ handoffs: ['triage'] }),
      }),
      'agents.triage.consults[0]',
      /"billing" answers by a text model/,
    ],
  ],
} as const satisfies Partial<Record<FindingCode, readonly UnsoundDesk[]>>;
