import type { Desk } from './definition.ts';
import { type Edge, edgesOf } from './edges.ts';

/** Names of the agents a caller can get to, the first agent included. */
export function reachableAgents(desk: Desk): ReadonlySet<string> {
  return reachableFrom(desk, desk.firstAgent);
}

/**
 * Names of the agents that handoffs lead to from one agent, that agent included.
 *
 * @param along which handoffs count @default all
 */
export function reachableFrom(
  desk: Desk,
  agent: string,
  along: (edge: Edge) => boolean = () => true,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [agent];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const edge of edgesOf(desk, name)) {
      if (!edge.toPeople && along(edge)) open.push(edge.to);
    }
  }
  return reached;
}
