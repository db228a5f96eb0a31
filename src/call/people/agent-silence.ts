import { cutAgent, type AgentVoice } from '../conversation/cut-agent.ts';
import type { FloorKeeper } from '../conversation/floor-keeper.ts';
import type { EngineSocket } from '../engine-link/transport/index.ts';

/** The parts of a call through which its agent speaks and hears. */
export interface AgentParts extends AgentVoice {
  readonly socket: Pick<EngineSocket, 'sendEvent' | 'requestResponse'>;
  readonly floor: Pick<FloorKeeper, 'active' | 'callerSpeaks'>;
}

/** Takes the agent's voice away while a person has the caller, and gives it back. */
export interface AgentSilence {
  /** The engine stops speaking and forgets what it was hearing. */
  silence(): void;
  /** A response that nobody asked for, or that was on its way: nothing of it is heard. */
  hush(responseId: string): void;
  /** The agent speaks next; `note` tells it what happened meanwhile. */
  goOn(note: string): void;
}

/** @param parts asked for when they are needed: the parts of a call are made in a circle. */
export function createAgentSilence(parts: () => AgentParts): AgentSilence {
  return {
    silence() {
      const { socket, floor, turns } = parts();
      cutAgent({ socket, floor, turns }, 'handoff');
      // The beginning of a sentence that only the person will hear to its end.
      socket.sendEvent({ type: 'input_audio_buffer.clear' });
      floor.callerSpeaks(false);
    },
    hush(responseId) {
      const { socket, turns } = parts();
      turns.refuse([responseId]);
      socket.sendEvent({ type: 'response.cancel' });
    },
    goOn(note) {
      const { socket } = parts();
      socket.sendEvent({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'system', content: [{ type: 'input_text', text: note }] },
      });
      socket.requestResponse();
    },
  };
}
