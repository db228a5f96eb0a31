import { SwitchboardError, type Clock } from '../lib/index.ts';
import type { Line, OpenLine } from './line.ts';
import { lookAt } from './look.ts';
import { readinessOf, type PartState, type Readiness } from './readiness.ts';

/** Whether calls are taken, as known and as found out. */
export interface LineReadiness {
  /** Who is up, and what is known of how they work without asking them. */
  upToNow(): Readiness;
  /** Whether a call would be taken now: asks the database and the engine instead of believing them. */
  look(): Promise<Readiness>;
  /** What was seen is no longer believed, because something failed since. */
  forget(): void;
  /** For whoever asks for a part too early. */
  notReady(): SwitchboardError;
}

/** @param options.states how each part is, by name */
export function createLineReadiness(options: {
  readonly states: () => Readonly<Record<string, PartState<unknown>>>;
  readonly open: () => OpenLine | null;
  readonly line: () => Pick<Line, 'isStopping' | 'hasRoom'>;
  readonly clock: Clock;
}): LineReadiness {
  const { states, open, line, clock } = options;
  const looks = {
    'the database': lookAt({
      clock,
      check: async () => open()?.store.check(),
      timeoutMs: 2_000,
      freshMs: 1_000,
    }),
    'the engine': lookAt({
      clock,
      check: async (within) => open()?.engine.check(within),
      timeoutMs: 5_000,
      freshMs: 15_000, // a remote engine counts sessions
    }),
  };
  const upToNow = (): Readiness => readinessOf(states(), line().isStopping());
  return {
    upToNow,
    async look() {
      const known = upToNow();
      if (!known.ready) return known;
      const seen = await Promise.all(
        Object.entries(looks).map(async ([name, look]) => ({ name, reason: await look.see() })),
      );
      const reasons = seen.flatMap(({ name, reason }) =>
        reason === null ? [] : [`Not available: ${name}. ${reason}`],
      );
      if (!line().hasRoom()) reasons.push('All lines are taken.');
      return { ready: reasons.length === 0, reasons };
    },
    forget() {
      for (const look of Object.values(looks)) look.forget();
    },
    notReady: () => new SwitchboardError('not_ready', upToNow().reasons.join(' ')),
  };
}
