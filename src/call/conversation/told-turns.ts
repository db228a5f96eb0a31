import type { EngineSocket } from '../engine-link/transport/index.ts';
import type { FloorKeeper } from './floor-keeper.ts';
import type { Turns } from './turns.ts';

/** Turns of the caller that reach the engine as text: typed, or keyed in. */
export interface ToldTurns {
  /** The agent stops speaking, as it does for a caller who speaks. */
  interrupt(): void;
  /** Gives the engine the words as the caller's, and has the agent answer. */
  tell(itemId: string, words: string): void;
}

/** What they need of their call. */
export interface ToldTurnsHost {
  readonly socket: Pick<EngineSocket, 'sendEvent' | 'requestResponse'>;
  readonly floor: Pick<FloorKeeper, 'active'>;
  readonly turns: Pick<Turns, 'interrupt' | 'refuse'>;
}

/** @returns the way of a caller's words into the conversation. */
export function createToldTurns({ socket, floor, turns }: ToldTurnsHost): ToldTurns {
  return {
    interrupt() {
      // In this order: an engine truncates only what it has finished.
      if (floor.active().size > 0) socket.sendEvent({ type: 'response.cancel' });
      turns.interrupt();
      turns.refuse(floor.active());
    },
    tell(itemId, words) {
      socket.sendEvent({
        type: 'conversation.item.create',
        item: {
          id: itemId,
          type: 'message',
          role: 'user',
          content: [{ type: 'input_text', text: words }],
        },
      });
      socket.requestResponse();
    },
  };
}
