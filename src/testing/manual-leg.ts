import type { AudioFormat } from '../audio/index.ts';
import type { CallNotice, CallerLeg } from '../call/index.ts';

/** A caller's ear that hears only as much as a test lets it. */
export interface ManualLeg extends CallerLeg {
  /** Everything the call told the leg, in order. */
  readonly notices: readonly CallNotice[];
  /** How often playback was cleared while something was to be heard. */
  readonly clears: number;
  /** Audio still to be heard, in milliseconds. */
  queuedMs(): number;
  /** Items in the order in which their audio was queued. */
  readonly playedItems: readonly string[];
  /** Lets the caller hear `byMs` of what is queued. */
  hear(byMs: number): void;
  /** Lets the caller hear everything. */
  hearAll(): void;
}

/**
 * @param channel name of the channel in the trail.
 * @param format @default PCM
 */
export function manualLeg(channel = 'manual', format: AudioFormat = 'audio/pcm'): ManualLeg {
  const notices: CallNotice[] = [];
  const heard = new Map<string, number>();
  const playedItems: string[] = [];
  let queue: { itemId: string; ms: number }[] = [];
  let waiting: (() => void)[] = [];
  let clears = 0;
  const queuedMs = (): number => queue.reduce((sum, part) => sum + part.ms, 0);
  const settle = (): void => {
    if (queue.length > 0) return;
    const resolvers = waiting;
    waiting = [];
    for (const resolve of resolvers) resolve();
  };
  const hear = (byMs: number): void => {
    let left = byMs;
    for (let part = queue[0]; part && left > 0; part = queue[0]) {
      const taken = Math.min(part.ms, left);
      part.ms -= taken;
      left -= taken;
      heard.set(part.itemId, (heard.get(part.itemId) ?? 0) + taken);
      if (part.ms <= 0) queue.shift();
    }
    settle();
  };
  return {
    channel,
    format,
    can: { tap: true, inject: true, resume: true },
    notices,
    playedItems,
    get clears() {
      return clears;
    },
    queuedMs,
    hear,
    hearAll: () => hear(queuedMs()),
    play({ itemId, audio }) {
      if (!playedItems.includes(itemId)) playedItems.push(itemId);
      queue.push({ itemId, ms: audio.ms });
    },
    clear() {
      if (queue.length > 0) clears++;
      queue = [];
      settle();
    },
    heardMs: (itemId) => heard.get(itemId) ?? 0,
    isPlaying: () => queue.length > 0,
    drained: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        settle();
      }),
    notify: (notice) => void notices.push(notice),
  };
}
