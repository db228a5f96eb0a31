import type { NewId } from '../../lib/index.ts';
import type { Call } from '../call.ts';
import type { CallCore } from '../call-core.ts';
import type { CallParts } from '../call-parts.ts';
import { createUpstream } from './upstream.ts';

const maxTypedChars = 2_000;
/** OpenAI takes no longer item ids. */
const maxItemIdChars = 32;

/** What a caller says and types, on its way to the engine. Ignored unless the call is live. */
export function createCallerInput(
  core: CallCore,
  { socket, floor, turns, people }: CallParts,
  newId: NewId,
): Pick<Call, 'hearCaller' | 'type'> {
  const upstream = createUpstream((audio) => socket.sendPiece(audio));
  return {
    hearCaller(audio) {
      if (core.phase() === 'live' && !people.hearCaller(audio)) upstream.push(audio);
    },
    type(text) {
      const words = text.trim().slice(0, maxTypedChars);
      // What is typed reaches no person: they are on the line by voice alone.
      if (words === '' || core.phase() !== 'live' || people.isAgentOff()) return;
      const itemId = newId('t').slice(0, maxItemIdChars);
      // In this order: an engine truncates only what it has finished.
      if (floor.active().size > 0) socket.sendEvent({ type: 'response.cancel' });
      turns.interrupt();
      turns.refuse(floor.active());
      turns.callerTyped(itemId, words);
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
