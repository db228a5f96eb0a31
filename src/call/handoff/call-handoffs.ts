import type { NewId } from '../../lib/index.ts';
import type { CallCore } from '../call-core.ts';
import { firstWords } from '../conversation/conversation-account.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { FloorKeeper } from '../conversation/floor-keeper.ts';
import type { CallMedia } from '../conversation/media.ts';
import type { Turns } from '../conversation/turns.ts';
import type { DeskSide } from '../desk-side.ts';
import type { EngineSession } from '../engine-link/engine-session.ts';
import type { EngineSocket } from '../engine-link/transport/index.ts';
import type { People } from '../people/index.ts';
import type { FunctionCalls } from '../tools/function-calls.ts';
import { createHandoffs } from './handoff-runner.ts';
import type { Handoffs } from './handoffs.ts';
import { createReturnStack } from './return-stack.ts';
import { createTransfers, type Transfers } from './transfers.ts';

/** The parts of a call that move when it changes hands. */
export interface HandoffParts {
  readonly socket: Pick<EngineSocket, 'sendEvent' | 'resendSession' | 'cancelResponse'>;
  readonly session: Pick<EngineSession, 'switchTo'>;
  readonly media: Pick<CallMedia, 'isBehind' | 'stop'>;
  readonly turns: Pick<Turns, 'callerTurns' | 'interrupt' | 'refuse'>;
  readonly floor: Pick<FloorKeeper, 'active' | 'callerHasFloor' | 'refresh'>;
  readonly conversation: Pick<Conversation, 'carry' | 'items'>;
  readonly calls: Pick<FunctionCalls, 'isBusy'>;
  readonly people: Pick<People, 'bringIn' | 'isAgentOff'>;
  readonly deskSide: Pick<DeskSide, 'agents' | 'context' | 'instructionsOf'>;
  /** Asks the engine to speak, unless a person has the caller. */
  requestResponse(): void;
}

/**
 * The handoffs of a call, connected to its other parts.
 *
 * @param newId makes ids that the engine takes
 * @param parts asked for when they are needed: the parts of a call are made in a circle
 */
export function createCallHandoffs(
  core: CallCore,
  newId: NewId,
  parts: () => HandoffParts,
): { readonly handoffs: Handoffs; readonly transfers: Transfers } {
  const { desk, clock, log } = core;
  const returns = createReturnStack(desk.firstAgent, () =>
    firstWords(parts().conversation.items()),
  );
  const handoffs = createHandoffs({
    desk,
    clock,
    log,
    signal: core.signal,
    record: core.record,
    context: () => parts().deskSide.context,
    callerTurns: () => parts().turns.callerTurns(),
    callerHasFloor: () => parts().floor.callerHasFloor(),
    // What is written and not yet heard keeps its turn, like a tool that runs.
    isWorking: () => parts().calls.isBusy() || parts().media.isBehind(),
    prepare: (agent) => parts().deskSide.instructionsOf(agent, false),
    switchTo(name, text) {
      const { deskSide, session } = parts();
      const agent = deskSide.agents.get(name);
      if (!agent) throw new Error(`there is no agent "${name}"`);
      session.switchTo(agent, text);
    },
    resendSession: () => parts().socket.resendSession(),
    cutSpeech() {
      const { turns, floor, media } = parts();
      turns.interrupt('handoff');
      turns.refuse(floor.active());
      media.stop(floor.active());
    },
    cancelResponse: () => parts().socket.cancelResponse(),
    requestResponse: () => parts().requestResponse(),
    carry: ({ context: rule }, functionCallId) =>
      parts().conversation.carry(rule, { functionCallId, hop: handoffs.hops.length + 1 }),
    bringInPeople: (edge, request) => parts().people.bringIn(edge, request),
    arrived: (hop, request) => returns.arrived(hop, request.reason),
    end: core.end,
    changed: () => parts().floor.refresh(),
  });
  const transfers = createTransfers({
    desk,
    clock,
    log,
    newId,
    handoffs,
    returns,
    isLive: () => core.phase() === 'live',
    isWithPeople: () => parts().people.isAgentOff(),
    isWorking: () => parts().calls.isBusy(),
    isResponding: () => parts().floor.active().size > 0,
    cancelResponse: () => parts().socket.cancelResponse(),
    createCall: ({ callId, name, arguments: text }) =>
      parts().socket.sendEvent({
        type: 'conversation.item.create',
        item: { type: 'function_call', name, call_id: callId, arguments: text },
      }),
    createOutput: (callId, output) =>
      parts().socket.sendEvent({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: callId, output },
      }),
  });
  return { handoffs, transfers };
}
