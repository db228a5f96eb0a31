import type { TrailFact } from '../../protocol/index.ts';
import type { Clock } from '../../lib/index.ts';

/** A fact with the moment it happened at, which is not always the moment it became known. */
export interface TimedFact {
  readonly fact: TrailFact;
  /** Monotonic. */
  readonly atMs: number;
}

/** A place kept in the trail for something whose words are not known yet. */
export interface Place {
  /** Fills the place. After the deadline the fact goes to the end instead. Idempotent. */
  fill(fact: TrailFact): void;
  /** Gives the place up. Idempotent. */
  drop(): void;
}

/** Puts facts in the order in which they happened, though some become known late. */
export interface Timeline {
  /** Something that happened now. */
  add(fact: TrailFact): void;
  /**
   * Something that happened now and whose words will follow, such as a transcript. What happens
   * later waits behind it, at most `deadlineMs`. Then, and at the end of the call (`final`), `onOverdue`
   * may say what to write; null gives the place up, and what is filled in later goes to the end.
   */
  reserve(deadlineMs: number, onOverdue: (final: boolean) => TrailFact | null): Place;
  /** Releases everything. Nothing may be added after it. */
  finish(): void;
}

interface Entry {
  readonly atMs: number;
  fact: TrailFact | null;
  /** Its fact is known, or nobody wants the place any more. */
  settled: boolean;
  readonly overdue: (final: boolean) => TrailFact | null;
  cancel(): void;
}

/** @param release gets the facts in order, synchronously, as soon as their turn has come. */
export function createTimeline(clock: Clock, release: (fact: TimedFact) => void): Timeline {
  const entries: Entry[] = [];
  const drain = (): void => {
    for (let entry = entries[0]; entry?.settled; entry = entries[0]) {
      entries.shift();
      if (entry.fact) release({ fact: entry.fact, atMs: entry.atMs });
    }
  };
  const settle = (entry: Entry, fact: TrailFact | null): void => {
    entry.cancel();
    entry.settled = true;
    entry.fact = fact;
    drain();
  };
  const push = (settled: boolean, fact: TrailFact | null, overdue: Entry['overdue']): Entry => {
    const entry = { atMs: clock.monotonicMs(), fact, settled, overdue, cancel: () => undefined };
    entries.push(entry);
    return entry;
  };
  const add = (fact: TrailFact): void => {
    push(true, fact, () => null);
    drain();
  };
  return {
    add,
    reserve(deadlineMs, onOverdue) {
      const entry = push(false, null, onOverdue);
      let wanted = true;
      entry.cancel = clock.setTimer(deadlineMs, () => {
        const fact = onOverdue(false);
        if (fact) wanted = false;
        settle(entry, fact);
      });
      return {
        fill(fact) {
          if (!wanted) return;
          wanted = false;
          if (entry.settled) add(fact);
          else settle(entry, fact);
        },
        drop() {
          if (wanted && !entry.settled) settle(entry, null);
          wanted = false;
        },
      };
    },
    finish() {
      for (const entry of [...entries]) if (!entry.settled) settle(entry, entry.overdue(true));
    },
  };
}
