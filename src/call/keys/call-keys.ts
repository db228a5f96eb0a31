import type { CallCore } from '../call-core.ts';
import type { FloorKeeper } from '../conversation/floor-keeper.ts';
import type { Speech } from '../conversation/speech.ts';
import { createToldTurns } from '../conversation/told-turns.ts';
import type { Turns } from '../conversation/turns.ts';
import type { EngineSocket } from '../engine-link/transport/index.ts';
import type { People } from '../people/index.ts';
import { createCallerKeys, type CallerKeys } from './caller-keys.ts';

/** The parts of a call that its keypad moves. */
export interface CallKeysParts {
  readonly core: Pick<CallCore, 'clock' | 'leg' | 'phase' | 'record'>;
  readonly socket: Pick<EngineSocket, 'sendEvent' | 'requestResponse'>;
  readonly floor: Pick<FloorKeeper, 'active' | 'isSpeaking' | 'callerSpeaks' | 'refresh'>;
  readonly turns: Pick<Turns, 'interrupt' | 'refuse' | 'callerKeyed'>;
  readonly speech: Pick<Speech, 'say'>;
  readonly people: Pick<People, 'isAgentOff'>;
  activeAgent(): string;
  newItemId(): string;
}

/** @returns the keypad of a call, connected to its other parts. */
export function createCallKeys(parts: CallKeysParts): CallerKeys {
  const { core, socket, floor, turns, people } = parts;
  const { clock, leg } = core;
  const told = createToldTurns(parts);
  return createCallerKeys({
    clock,
    isLive: () => core.phase() === 'live' && !people.isAgentOff(),
    canBePrivate: leg.can.tap,
    activeAgent: parts.activeAgent,
    isSilent: () => !leg.isPlaying() && !floor.isSpeaking(),
    record: core.record,
    say: (text) => parts.speech.say(text),
    interrupt: told.interrupt,
    callerPresses: (pressing) => floor.callerSpeaks(pressing),
    forgetHeard() {
      socket.sendEvent({ type: 'input_audio_buffer.clear' });
      floor.callerSpeaks(false);
    },
    tell({ words, shown }) {
      const itemId = parts.newItemId();
      turns.callerKeyed(itemId, { words, shown });
      told.tell(itemId, words);
    },
    changed: floor.refresh,
  });
}
