import type { TrailEvent } from '../protocol/index.ts';

interface Waiting {
  readonly events: readonly TrailEvent[];
  readonly resolve: () => void;
  readonly reject: (thrown: unknown) => void;
}

/** Most events in one statement; a call's batch is never split. */
const maxEventsPerInsert = 1000;

/**
 * Writes what many calls append at the same time in one statement, so that they share one flush to
 * disk: what comes in during a write waits for it and goes with the next.
 *
 * When a shared statement fails, each batch is tried by itself, so that one call's bad event is
 * that call's problem only.
 */
export function groupedAppend(
  insert: (events: readonly TrailEvent[]) => Promise<void>,
): (events: readonly TrailEvent[]) => Promise<void> {
  const waiting: Waiting[] = [];
  let writing = false;

  const takeGroup = (): readonly Waiting[] => {
    let count = 0;
    const tooMany = waiting.findIndex(({ events }, index) => {
      count += events.length;
      return index > 0 && count > maxEventsPerInsert;
    });
    return waiting.splice(0, tooMany < 0 ? waiting.length : tooMany);
  };

  const writeOne = async (batch: Waiting): Promise<void> => {
    try {
      await insert(batch.events);
      batch.resolve();
    } catch (thrown) {
      batch.reject(thrown);
    }
  };

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        await insert(group.flatMap(({ events }) => events));
        for (const { resolve } of group) resolve();
      } catch (thrown) {
        if (group.length === 1) group[0]?.reject(thrown);
        else for (const batch of group) await writeOne(batch);
      }
    }
    writing = false;
  };

  return (events) =>
    new Promise((resolve, reject) => {
      waiting.push({ events, resolve, reject });
      if (writing) return;
      writing = true;
      void writeAll(); // never rejects: every failure goes to the one who waits for it
    });
}
