import { z } from 'zod';
import { expect, it } from 'vitest';
import {
  deskDiagram,
  deskTool,
  hopBudget,
  identityVerified,
  slotsFilled,
  type DeskTool,
  type ToolPolicy,
} from './index.ts';
import { agent, desk } from './testing/small-desks.ts';

const drawn = (given: Parameters<typeof deskDiagram>[0]): readonly string[] =>
  deskDiagram(given).split('\n').slice(0, -1);

it('draws each pair of agents once', () => {
  expect(
    drawn(
      desk({
        triage: agent({ label: 'Triage', handoffs: ['billing', 'sales'], canEndCall: true }),
        billing: agent({ label: 'Billing "B"', handoffs: ['triage'] }),
        sales: agent({ label: 'Sales' }),
      }),
    ),
  ).toEqual([
    'flowchart LR',
    '  caller((Caller))',
    '  triage["Triage"]',
    '  billing["Billing #quot;B#quot;"]',
    '  sales["Sales"]',
    '  ended((End))',
    '  caller --> triage',
    '  triage <--> billing',
    '  triage --> sales',
    '  triage --> ended',
  ]);
});

it('says what a way asks for and carries, who is asked, and where people are', () => {
  const made = (name: string, policy: Pick<ToolPolicy, 'verified' | 'verifies'>): DeskTool =>
    deskTool({
      name,
      description: 'd',
      parameters: z.object({}),
      execute: () => ({}),
      ...(policy.verified ? { verified: true } : {}),
      ...(policy.verifies ? { verifies: true } : {}),
    });
  const packet = z.object({ reason: z.string(), invoice: z.string() });
  const given = desk(
    {
      triage: agent({
        label: 'Triage',
        tools: [made('verify', { verifies: true })],
        handoffs: [
          { to: 'billing', gates: [identityVerified(), slotsFilled('reason')], packet },
          { to: 'end', context: { lastTurns: 2 } },
        ],
      }),
      billing: agent({
        label: 'Billing',
        tools: [made('read_bill', { verified: true })],
        handoffs: ['triage', 'team'],
        consults: [{ agent: 'end', description: 'd' }],
        canReturn: true,
      }),
      end: agent({ label: 'Sales', handoffs: [{ to: 'triage', context: { lastTurns: 2 } }] }),
    },
    {
      people: { team: { label: 'Team', handoffDescription: 'd', skills: ['bills'] } },
      gates: [hopBudget({ max: 4 })],
    },
  );
  expect(drawn(given)).toEqual([
    'flowchart LR',
    '  caller((Caller))',
    '  triage["Triage<br/>verify (verifies)"]',
    '  billing["Billing<br/>read_bill (verified)<br/>request_callback<br/>leave_message<br/>go_back"]',
    '  agent_end["Sales"]',
    '  team(["Team<br/>bills"])',
    '  caller --> triage',
    '  triage -->|"if identity_verified<br/>if slots_filled<br/>with reason, invoice"| billing',
    '  triage <-->|"last 2 turns"| agent_end',
    '  billing --> triage',
    '  billing --> team',
    '  billing -.->|"asks"| agent_end',
    '  every{{"every handoff<br/>if hop_budget"}}',
  ]);
});

it('draws an agent who is named like an end of the call', () => {
  expect(
    drawn(desk({ caller: agent({ label: 'Caller care' }) }, { firstAgent: 'caller' })),
  ).toEqual([
    'flowchart LR',
    '  caller_((Caller))',
    '  caller["Caller care"]',
    '  caller_ --> caller',
  ]);
});

it('draws agents whose names are no words of Mermaid, each for itself', () => {
  const given = desk(
    {
      'Order Desk': agent({ label: 'Order Desk', handoffs: ['Order-Desk'] }),
      'Order-Desk': agent({ label: 'Order-Desk' }),
    },
    { firstAgent: 'Order Desk' },
  );
  expect(drawn(given)).toEqual([
    'flowchart LR',
    '  caller((Caller))',
    '  Order_20_Desk["Order Desk"]',
    '  Order_2d_Desk["Order-Desk"]',
    '  caller --> Order_20_Desk',
    '  Order_20_Desk --> Order_2d_Desk',
  ]);
});
