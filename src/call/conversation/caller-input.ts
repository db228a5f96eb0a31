import type { Call } from '../call.ts';
import type { CallCore } from '../call-core.ts';
import type { CallParts } from '../call-parts.ts';
import { createToldTurns } from './told-turns.ts';
import { createUpstream } from './upstream.ts';

const maxTypedChars = 2_000;

/** What a caller says, types and presses, on its way to the engine. Ignored unless the call is live. */
export function createCallerInput(
  core: CallCore,
  { socket, floor, turns, people, keys, newId }: CallParts,
): Pick<Call, 'hearCaller' | 'type' | 'press'> {
  const upstream = createUpstream((audio) => socket.sendPiece(audio));
  const told = createToldTurns({ socket, floor, turns });
  return {
    hearCaller(audio) {
      // First: while a tool waits for keys, their tones are for nobody's ears.
      if (core.phase() !== 'live' || keys.isPrivate()) return;
      if (!people.hearCaller(audio)) upstream.push(audio);
    },
    type(text) {
      const words = text.trim().slice(0, maxTypedChars);
      // What is typed reaches no person: they are on the line by voice alone.
      if (words === '' || core.phase() !== 'live' || people.isAgentOff()) return;
      if (keys.typed(words)) return;
      const itemId = newId('t');
      told.interrupt();
      turns.callerTyped(itemId, words);
      told.tell(itemId, words);
    },
    press: keys.press,
  };
}
