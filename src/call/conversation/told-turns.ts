import type { EngineSocket } from '../engine-link/transport/index.ts';
import { cutAgent, type AgentVoice } from './cut-agent.ts';

/** Turns of the caller that reach the engine as text: typed, or keyed in. */
export interface ToldTurns {
  /** The agent stops speaking, as it does for a caller who speaks. */
  interrupt(): void;
  /** Gives the engine the words as the caller's, and has the agent answer. */
  tell(itemId: string, words: string): void;
}

/** What they need of their call. */
export interface ToldTurnsHost extends AgentVoice {
  readonly socket: Pick<EngineSocket, 'sendEvent' | 'requestResponse'>;
}

/** @returns the way of a caller's words into the conversation. */
export function createToldTurns(host: ToldTurnsHost): ToldTurns {
  const { socket } = host;
  return {
    interrupt: () => cutAgent(host),
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
