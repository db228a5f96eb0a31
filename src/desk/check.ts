import type { Desk } from './definition.ts';
import { edgesOf, endCallToolName, goBackToolName } from './edges.ts';
import { runtimeToolsOf } from './note-tools.ts';

const deskNamePattern = /^[a-z][a-z0-9-]*$/;
// The name is part of a tool name, and the Agents SDK rewrites everything but these characters.
const agentNamePattern = /^[a-z][a-z0-9_]*$/;

/**
 * Finds what would make a desk unusable in a call: names that lead nowhere, agents nobody can reach,
 * transfers without a description, tools whose names collide.
 *
 * @returns one line for each problem, empty when the desk is sound.
 */
export function checkDesk(desk: Desk): readonly string[] {
  const names = Object.keys(desk.agents);
  const problems: string[] = [];
  if (!deskNamePattern.test(desk.name)) {
    problems.push(`desk name "${desk.name}" must be lower case letters, digits and hyphens`);
  }
  if (!isTimeZone(desk.timeZone)) problems.push(`time zone "${desk.timeZone}" is not an IANA zone`);
  if (desk.greeting.trim() === '') problems.push('the greeting is empty');
  if (!names.includes(desk.firstAgent)) {
    problems.push(`first agent "${desk.firstAgent}" does not exist; agents: ${names.join(', ')}`);
  }
  for (const name of names) problems.push(...checkAgent(desk, name));
  if (names.includes(desk.firstAgent)) {
    const reached = reachableAgents(desk);
    for (const name of names) {
      if (!reached.has(name)) {
        problems.push(`no path of handoffs leads from "${desk.firstAgent}" to "${name}"`);
      }
    }
  }
  return problems;
}

/** Names of the agents a caller can get to, the first agent included. */
export function reachableAgents(desk: Desk): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [desk.firstAgent];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...edgesOf(desk, name).flatMap(({ to, toPeople }) => (toPeople ? [] : [to])));
  }
  return reached;
}

function checkAgent(desk: Desk, name: string): string[] {
  const agent = desk.agents[name];
  if (!agent) return [];
  const problems: string[] = [];
  if (!agentNamePattern.test(name)) {
    problems.push(`agent name "${name}" must be lower case letters, digits and underscores`);
  }
  if (agent.label.trim() === '') problems.push(`agent "${name}" has no label`);
  if (typeof agent.instructions === 'string' && agent.instructions.trim() === '')
    problems.push(`agent "${name}" has no instructions`);
  for (const { to: target } of edgesOf(desk, name)) {
    const found = desk.agents[target] ?? desk.people?.[target];
    if (!found) problems.push(`agent "${name}" hands off to "${target}", which does not exist`);
    else if (target === name) problems.push(`agent "${name}" hands off to itself`);
    else if (found.handoffDescription.trim() === '') {
      problems.push(`agent "${target}" is a handoff target but has no handoffDescription`);
    }
  }
  problems.push(
    ...duplicates(toolNames(desk, name)).map(
      (tool) => `agent "${name}": two tools are named "${tool}"`,
    ),
  );
  return problems;
}

/** Every tool name an agent will show to the model, transfers and `end_call` included. */
export function toolNames(desk: Desk, name: string): readonly string[] {
  const agent = desk.agents[name];
  if (!agent) return [];
  return [
    ...[...(agent.tools ?? []), ...runtimeToolsOf(desk, name)].map((tool) => tool.name),
    ...edgesOf(desk, name).map(({ toolName }) => toolName),
    ...(agent.consults ?? []).map((consult) => consult.toolName ?? `consult_${consult.agent}`),
    ...(agent.canReturn ? [goBackToolName] : []),
    ...(agent.canEndCall ? [endCallToolName] : []),
  ];
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }); // throws a RangeError for any other
    return true;
  } catch {
    return false;
  }
}
