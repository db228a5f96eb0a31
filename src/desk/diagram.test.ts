import { expect, it } from 'vitest';
import { deskDiagram } from './index.ts';
import { agent, desk } from './testing/small-desks.ts';

it('draws each pair of agents once', () => {
  const drawn = deskDiagram(
    desk({
      triage: agent({ label: 'Triage', handoffs: ['billing', 'sales'] }),
      billing: agent({ label: 'Billing "B"', handoffs: ['triage'] }),
      sales: agent({ label: 'Sales' }),
    }),
  );
  expect(drawn.split('\n').slice(0, -1)).toEqual([
    'flowchart LR',
    '  caller((Caller)) --> triage',
    '  triage["Triage"]',
    '  billing["Billing #quot;B#quot;"]',
    '  sales["Sales"]',
    '  triage <--> billing',
    '  triage --> sales',
  ]);
});
