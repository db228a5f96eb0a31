import type { CallCore } from '../call-core.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { FloorKeeper } from '../conversation/floor-keeper.ts';
import type { CallMedia } from '../conversation/media.ts';
import type { Silence } from '../conversation/silence.ts';
import type { Speech } from '../conversation/speech.ts';
import type { Turns } from '../conversation/turns.ts';
import type { Handoffs } from '../handoff/handoffs.ts';
import type { CallerKeys } from '../keys/caller-keys.ts';
import type { AgentSilence, People } from '../people/index.ts';
import type { FunctionCalls } from '../tools/function-calls.ts';
import { createEngineRouter } from './engine-router.ts';
import type { EngineTrouble } from './engine-trouble.ts';
import { silenceBeforeStop } from './session-config.ts';
import type { EngineSocketObserver } from './transport/index.ts';

/** The parts of a call that its engine moves. */
export interface EngineEventParts {
  readonly core: Pick<CallCore, 'clock' | 'desk' | 'log' | 'phase'>;
  readonly media: Pick<CallMedia, 'isOwed' | 'stop'>;
  readonly turns: Turns;
  readonly conversation: Pick<Conversation, 'added' | 'deleted' | 'words' | 'outputSent'>;
  readonly floor: Pick<FloorKeeper, 'move' | 'callerSpeaks'>;
  readonly silence: Pick<Silence, 'ms' | 'callerSpeaks'>;
  readonly speech: Speech;
  readonly calls: FunctionCalls;
  readonly handoffs: Handoffs;
  readonly people: Pick<People, 'isAgentOff'>;
  readonly agentSilence: Pick<AgentSilence, 'hush'>;
  readonly trouble: EngineTrouble;
  /** Asked for when it is needed: it is made after the connection. */
  keys(): Pick<CallerKeys, 'press' | 'isPrivate'>;
  newItemId(): string;
  /** The engine was sent an agent's instructions. */
  instructed(instructions: string): void;
  /** The engine acknowledged a session; null when it does not tell with which instructions. */
  acknowledged(instructions: string | null): void;
  /** The engine says that the call it has with the caller is over. */
  wasHungUp(): boolean;
}

/** @returns what happens in a call when its engine says something, or was sent something. */
export function createEngineEvents(parts: EngineEventParts): EngineSocketObserver {
  const { core, media, turns, conversation, floor, silence, speech } = parts;
  const { calls, handoffs, people, trouble } = parts;
  const isOver = (): boolean => core.phase() === 'ended';
  /** To be asked before something is played, which ends the silence. */
  const silentMs = (): number => (handoffs.owesOpening() ? silence.ms(handoffs.askedMs()) : 0);

  const routeFrame = createEngineRouter({
    turns,
    conversation,
    log: core.log,
    floor: floor.move,
    handoff: handoffs.move,
    nowMs: () => core.clock.monotonicMs(),
    functionCall(call) {
      if (core.phase() === 'live') calls.received(call);
    },
    responseBegan(id, metadata) {
      const isOurs = speech.began(id, metadata);
      if (people.isAgentOff()) return parts.agentSilence.hush(id);
      if (isOurs) return;
      handoffs.responseBegan(id);
      trouble.responseBegan();
    },
    responseEnded({ responseId, cancelled, failure }) {
      speech.ended(responseId);
      if (speech.owns(responseId)) return;
      const called = calls.isIn(responseId) ? 'function_call' : 'nothing';
      const how = cancelled ? 'cancelled' : failure === null ? called : 'failed';
      if (how !== 'nothing' || !media.isOwed(responseId)) {
        handoffs.move({ type: 'response_ended', responseId, with: how });
      }
      trouble.responseDone(failure);
      calls.responseEnded(responseId);
    },
    keyed: (key) => parts.keys().press(key),
    callerSpeaks(speaking) {
      // The engine waits for this much silence before it says that the caller has stopped.
      silence.callerSpeaks(speaking, silenceBeforeStop(core.desk));
      if (people.isAgentOff() || parts.keys().isPrivate()) return; // of what the engine heard before
      if (speaking && core.phase() === 'live') {
        turns.interrupt();
        turns.refuse(speech.active()); // an engine cancels only what is in the conversation
        media.stop(speech.active());
      }
      floor.callerSpeaks(speaking);
    },
    playback(event) {
      if (isOver()) return;
      const beforeMs = silentMs();
      if (!turns.playback(event) || event.type !== 'started') return;
      if (!speech.owns(event.responseId)) handoffs.audio(event.responseId, beforeMs);
    },
    sessionUpdated: parts.acknowledged,
    failed(error) {
      if (speech.rejected(error)) floor.move({ type: 'rejected' });
      else trouble.reported(error);
    },
  });
  return {
    audio(delta) {
      if (isOver()) return;
      const beforeMs = silentMs();
      speech.itemBegan(delta);
      if (turns.audio(delta) && !speech.owns(delta.responseId)) {
        handoffs.audio(delta.responseId, beforeMs);
      }
    },
    frame: (text) => isOver() || routeFrame(text),
    answering: (id, answer) => calls.answering(id, answer),
    newItemId: parts.newItemId,
    outputSent: (output) => conversation.outputSent(output),
    answered: (id) => calls.answered(id),
    responseRequested: (own) => floor.move({ type: 'requested', own }),
    sessionSent(update) {
      parts.instructed(update.instructions);
      handoffs.move({ type: 'session_sent', ...update });
    },
    interrupt: () => turns.interrupt(),
    closed: () => trouble.closed(parts.wasHungUp()),
  };
}
