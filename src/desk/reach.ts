import type { Desk } from './definition.ts';
import { edgesOf } from './edges.ts';

/** Names of the agents a caller can get to, the first agent included. */
export function reachableAgents(desk: Desk): ReadonlySet<string> {
  return reachableFrom(desk, desk.firstAgent);
}

/** Names of the agents that handoffs lead to from one agent, that agent included. */
export function reachableFrom(desk: Desk, agent: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [agent];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...edgesOf(desk, name).flatMap(({ to, toPeople }) => (toPeople ? [] : [to])));
  }
  return reached;
}
