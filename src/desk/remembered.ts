import type { Desk } from './definition.ts';

/**
 * Remembers what `work` finds for each agent of a desk. A desk never changes once it is made, and a
 * caller waits for whatever is worked out anew at a handoff.
 */
export function remembered<T>(
  work: (desk: Desk, agent: string) => T,
): (desk: Desk, agent: string) => T {
  const kept = new WeakMap<Desk, Map<string, T>>();
  return (desk, agent) => {
    const ofDesk = kept.get(desk) ?? new Map<string, T>();
    kept.set(desk, ofDesk);
    const known = ofDesk.get(agent);
    if (known !== undefined) return known;
    const found = work(desk, agent);
    ofDesk.set(agent, found);
    return found;
  };
}
