import { setTimeout as sleep } from 'node:timers/promises';
import { callsResponse, trailResponse, type TrailEvent } from '../../protocol/index.ts';

const pollMs = 250;
/** Longest wait for the end of a call's trail after its line is gone. */
const lastWordsMs = 20_000;

/** The trail of a call that came in by another way than this program. */
export interface TrailFollower {
  /** Resolves with all of it once `call.ended` is there, or when it does not come. */
  finish(): Promise<readonly TrailEvent[]>;
}

/**
 * Follows the first call of a channel that began after `sinceMs`, through the server's API: a carrier's
 * line says nothing of it.
 *
 * @param options.onEvent told of each event, in order
 */
export function followTrail(options: {
  readonly url: string;
  readonly channel: string;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  readonly onEvent: (event: TrailEvent) => void;
}): TrailFollower {
  const events: TrailEvent[] = [];
  let callId: string | null = null;
  let stopAtMs = Infinity;
  const isOver = (): boolean => events.at(-1)?.type === 'call.ended';

  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(new URL(path, options.url));
    return response.ok ? response.json() : null;
  };
  async function look(): Promise<void> {
    if (callId === null) {
      const listed = callsResponse.safeParse(await read('/api/calls?limit=20'));
      const mine = (listed.data?.calls ?? []).findLast(
        ({ channel, startedAt }) =>
          channel === options.channel && Date.parse(startedAt) >= options.sinceMs,
      );
      callId = mine?.callId ?? null;
    }
    if (callId === null) return;
    const from = events.at(-1)?.seq ?? 0;
    const told = trailResponse.safeParse(await read(`/api/calls/${callId}/trail?afterSeq=${from}`));
    for (const event of told.data?.events ?? []) {
      events.push(event);
      options.onEvent(event);
    }
  }
  const following = (async () => {
    while (!isOver() && Date.now() < stopAtMs) {
      await look().catch(() => undefined); // a server that is busy is asked again
      if (!isOver()) await sleep(pollMs);
    }
    return events;
  })();
  return {
    finish() {
      stopAtMs = Date.now() + (callId === null ? 2_000 : lastWordsMs);
      return following;
    },
  };
}
