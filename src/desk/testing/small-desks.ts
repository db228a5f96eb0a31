import { z } from 'zod';
import {
  deskTool,
  withPolicy,
  type AgentDefinition,
  type Desk,
  type DeskTool,
  type Handoff,
  type PeopleQueue,
} from '../index.ts';

/** An agent for invoices. */
export function agent(over: Partial<AgentDefinition<string>> = {}): AgentDefinition<string> {
  return {
    label: 'Label',
    handoffDescription: 'Invoices and refunds.',
    instructions: 'Help.',
    handoffs: [],
    ...over,
  };
}

/** A desk that triage answers. */
export function desk(
  agents: Record<string, AgentDefinition<string>>,
  over: Partial<Desk> = {},
): Desk {
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

/** Triage and billing, who hand callers to each other; the edge to billing as given. */
export function pair(
  edge: Partial<Handoff> = {},
  over: Partial<AgentDefinition<string>> = {},
): Desk {
  return desk({
    triage: agent({ handoffs: [{ to: 'billing', ...edge }], handoffDescription: 'All the rest.' }),
    billing: agent({ handoffs: ['triage'], ...over }),
  });
}

/** People for complaints. */
export const queue = (over: Partial<PeopleQueue> = {}): PeopleQueue => ({
  label: 'Team',
  handoffDescription: 'Complaints.',
  ...over,
});
/** Triage, who may bring in people. */
export const withTeam = (over: Partial<PeopleQueue>, name = 'team'): Desk =>
  desk({ triage: agent({ handoffs: [name] }) }, { people: { [name]: queue(over) } });

/** A tool that is only looked at. */
export function named(name: string, parameters = z.object({})): DeskTool {
  return deskTool({ name, description: 'Does it.', parameters, execute: () => null });
}
/** The tool by which callers prove who they are. */
export const verifier = (): DeskTool => withPolicy(named('verify_caller'), { verifies: true });
/** Triage alone, with these tools. */
export const withTools = (...tools: DeskTool[]): Desk => desk({ triage: agent({ tools }) });

/** A desk with something wrong, where it is, and what is said about it. */
export type UnsoundDesk = readonly [title: string, broken: Desk, place: string, message: RegExp];
