import type { CallerLeg } from '../ports.ts';
import { createTurns, type Turns, type TurnsHost } from './turns.ts';

/** How a caller hears a call, and what is known of it. */
export interface CallMedia {
  /** The caller's leg as the parts of the call see it. */
  readonly leg: CallerLeg;
  /** Something is being heard, and not only to be heard soon. */
  isAudible(): boolean;
  createTurns(host: Omit<TurnsHost, 'leg'>): Turns;
  /** Ends responses that the engine would go on playing by itself. */
  stop(responseIds: Iterable<string>): void;
  /** A response is written that is yet to be heard. */
  isOwed(responseId: string): boolean;
  /** There is such a response, or one that is being heard to its end. */
  isBehind(): boolean;
  /** Takes what was not to be heard of an item out of the conversation, unless that was done with its cut. */
  cutUnheard(itemId: string): void;
}

/** What media that pass here need of their call. */
export interface RelayedMediaHost {
  readonly leg: CallerLeg;
  /** Sends `conversation.item.truncate`, unless the item was truncated before. */
  truncate(itemId: string, audioEndMs: number): void;
}

/** The media of a call whose audio passes through here: what is dropped here is not heard. */
export function relayedMedia({ leg, truncate }: RelayedMediaHost): CallMedia {
  return {
    leg,
    isAudible: () => leg.isPlaying(),
    createTurns: (host) => createTurns({ ...host, leg }),
    stop: () => undefined,
    isOwed: () => false, // its audio came before its end
    isBehind: () => false,
    cutUnheard: (itemId) => truncate(itemId, Math.floor(leg.heardMs(itemId))),
  };
}
