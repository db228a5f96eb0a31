import type { FloorKeeper } from '../conversation/floor-keeper.ts';
import type { EngineSocket } from '../engine-link/transport/index.ts';
import type { Turns } from '../conversation/turns.ts';

/** The parts of a call through which its agent is heard. */
export interface AgentVoice {
  readonly socket: Pick<EngineSocket, 'sendEvent' | 'requestResponse'>;
  readonly floor: Pick<FloorKeeper, 'active' | 'callerSpeaks'>;
  readonly turns: Pick<Turns, 'interrupt' | 'refuse'>;
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

/** @param voice asked for when it is needed: the parts of a call are made in a circle. */
export function createAgentSilence(voice: () => AgentVoice): AgentSilence {
  return {
    silence() {
      const { socket, floor, turns } = voice();
      if (floor.active().size > 0) socket.sendEvent({ type: 'response.cancel' });
      turns.interrupt('handoff');
      turns.refuse(floor.active());
      // The beginning of a sentence that only the person will hear to its end.
      socket.sendEvent({ type: 'input_audio_buffer.clear' });
      floor.callerSpeaks(false);
    },
    hush(responseId) {
      const { socket, turns } = voice();
      turns.refuse([responseId]);
      socket.sendEvent({ type: 'response.cancel' });
    },
    goOn(note) {
      const { socket } = voice();
      socket.sendEvent({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'system', content: [{ type: 'input_text', text: note }] },
      });
      socket.requestResponse();
    },
  };
}
