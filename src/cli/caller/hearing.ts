import type { Clock } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';

/** What a caller hears the agents say, in words. */
export interface Hearing {
  /** Feeds a message from the server. */
  follow(message: CallServerMessage): void;
  /**
   * Resolves with what was said since it was last asked for, as far as it was heard.
   *
   * What was said is told once it is on the trail, which may be a little after it was heard: items whose
   * words have been shown are waited for, for two seconds, because the trail has nothing of an item that
   * nobody heard.
   */
  sinceAsked(): Promise<string>;
}

const longestTellingMs = 2_000;
const lookEveryMs = 50;

/** @returns the hearing of a caller who has just called. */
export function createHearing(clock: Clock): Hearing {
  const shown = new Set<string>();
  const told = new Set<string>();
  let texts: string[] = [];

  return {
    follow(message) {
      if (message.type === 'caption' && message.speaker === 'agent') shown.add(message.itemId);
      if (message.type !== 'trail' || message.event.type !== 'turn.agent') return;
      told.add(message.event.itemId);
      texts.push(message.event.text);
    },
    async sinceAsked() {
      const isToldAll = (): boolean =>
        texts.length > 0 && [...shown].every((itemId) => told.has(itemId));
      for (let waitedMs = 0; !isToldAll() && waitedMs < longestTellingMs; waitedMs += lookEveryMs) {
        await new Promise<void>((resolve) => clock.setTimer(lookEveryMs, resolve));
      }
      shown.clear();
      const heard = texts.join(' ');
      texts = [];
      return heard;
    },
  };
}
