import type { EngineSocket } from '../engine-link/transport/index.ts';
import type { FloorKeeper } from './floor-keeper.ts';
import type { Turns } from './turns.ts';

/** The parts of a call through which its agent is heard. */
export interface AgentVoice {
  readonly socket: Pick<EngineSocket, 'sendEvent'>;
  readonly floor: Pick<FloorKeeper, 'active'>;
  readonly turns: Pick<Turns, 'interrupt' | 'refuse'>;
}

/** Ends what the agent is saying. @param by who wants it silent. @default 'caller' */
export function cutAgent(
  { socket, floor, turns }: AgentVoice,
  by?: Parameters<Turns['interrupt']>[0],
): void {
  // In this order: an engine truncates only what it has finished.
  if (floor.active().size > 0) socket.sendEvent({ type: 'response.cancel' });
  turns.interrupt(by);
  turns.refuse(floor.active());
}
