import { describe, expect, it } from 'vitest';
import { checkDesk, deskDiagram, type AgentDefinition, type Desk } from './index.ts';

function agent(over: Partial<AgentDefinition<string>> = {}): AgentDefinition<string> {
  return {
    label: 'Label',
    handoffDescription: 'When it is about that.',
    instructions: 'Help.',
    handoffs: [],
    ...over,
  };
}

function desk(agents: Record<string, AgentDefinition<string>>, over: Partial<Desk> = {}): Desk {
  return {
    name: 'front-desk',
    title: 'Front desk',
    language: 'en-GB',
    timeZone: 'Europe/London',
    voice: 'marin',
    firstAgent: 'triage',
    greeting: 'Hello.',
    agents,
    ...over,
  };
}

describe('checkDesk', () => {
  it('accepts a desk whose agents form a cycle', () => {
    const cyclic = desk({
      triage: agent({ handoffs: ['billing'] }),
      billing: agent({ handoffs: ['triage'] }),
    });
    expect(checkDesk(cyclic)).toEqual([]);
  });

  it.each([
    ['an unknown first agent', desk({ triage: agent() }, { firstAgent: 'reception' }), 'reception'],
    [
      'an edge that leads nowhere',
      desk({ triage: agent({ handoffs: ['sales'] }) }),
      '"sales", which does not exist',
    ],
    ['an edge to itself', desk({ triage: agent({ handoffs: ['triage'] }) }), 'hands off to itself'],
    [
      'an agent nobody can reach',
      desk({ triage: agent(), billing: agent() }),
      'leads from "triage" to "billing"',
    ],
    [
      'a target without a description',
      desk({
        triage: agent({ handoffs: ['billing'] }),
        billing: agent({ handoffDescription: ' ' }),
      }),
      'no handoffDescription',
    ],
    [
      'a name that would be rewritten',
      desk({ 'tri age': agent() }, { firstAgent: 'tri age' }),
      '"tri age" must be',
    ],
    ['an unknown time zone', desk({ triage: agent() }, { timeZone: 'Mars/Base' }), 'Mars/Base'],
    ['an empty prompt', desk({ triage: agent({ instructions: '' }) }), 'has no instructions'],
  ])('names %s', (_title, broken, part) => {
    expect(checkDesk(broken).join('\n')).toContain(part);
  });

  it('names a desk tool that takes the name of a transfer', () => {
    const clash = { name: 'transfer_to_billing' } as NonNullable<
      AgentDefinition<string>['tools']
    >[number]; // only the name is looked at
    const problems = checkDesk(
      desk({ triage: agent({ handoffs: ['billing'], tools: [clash] }), billing: agent() }),
    );
    expect(problems).toEqual(['agent "triage": two tools are named "transfer_to_billing"']);
  });
});

describe('deskDiagram', () => {
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
});
