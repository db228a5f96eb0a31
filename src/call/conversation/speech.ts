import type { Log } from '../../lib/index.ts';
import type { EngineError } from '../engine-link/engine-router.ts';

/** What the runtime itself says, in the agent's voice and beside the conversation. */
export interface Speech {
  /**
   * Says a sentence as soon as the engine is free to. The model is not told of it. What is heard of it
   * is on the trail as the agent's.
   */
  say(text: string): void;
  /** A response began. True: it is one of the runtime's own. */
  began(responseId: string, metadata: Readonly<Record<string, unknown>> | null): boolean;
  owns(responseId: string): boolean;
  /** Whether an item is one of these: it is not in the conversation, and cannot be truncated there. */
  ownsItem(itemId: string): boolean;
  itemBegan(item: { readonly responseId: string; readonly itemId: string }): void;
  /** An error of the engine. True: it was about one of these, and the sentence goes unsaid. */
  rejected(error: EngineError): boolean;
  /** One of the runtime's own responses that may still be heard. */
  active(): ReadonlySet<string>;
  ended(responseId: string): void;
}

/** What the runtime's own speech needs of its call. */
export interface SpeechHost {
  readonly log: Log;
  /** Sends a `response.create` as soon as no response is active. */
  request(eventId: string, response: OutOfBandResponse): void;
}

/** As OpenAI has it: a response that neither reads the conversation nor joins it. */
export interface OutOfBandResponse {
  readonly conversation: 'none';
  readonly input: readonly [];
  readonly instructions: string;
  readonly tools: readonly [];
  readonly tool_choice: 'none';
  readonly metadata: Readonly<Record<string, string>>;
}

const mark = 'switchboard_say';

/**
 * @returns the runtime's own voice in one call.
 * @see https://platform.openai.com/docs/guides/realtime-conversations "Create responses outside the default conversation"
 */
export function createSpeech(host: SpeechHost): Speech {
  const owned = new Set<string>();
  const items = new Set<string>();
  const active = new Set<string>();
  let count = 0;
  return {
    say(text) {
      const eventId = `${mark}_${++count}`;
      host.request(eventId, {
        conversation: 'none',
        input: [],
        instructions: sayInstructions(text),
        tools: [],
        tool_choice: 'none',
        metadata: { purpose: mark },
      });
    },
    began(responseId, metadata) {
      if (metadata?.['purpose'] !== mark) return false;
      owned.add(responseId);
      active.add(responseId);
      return true;
    },
    owns: (responseId) => owned.has(responseId),
    ownsItem: (itemId) => items.has(itemId),
    itemBegan({ responseId, itemId }) {
      if (owned.has(responseId)) items.add(itemId);
    },
    rejected({ event_id: eventId, code }) {
      if (!eventId?.startsWith(`${mark}_`)) return false;
      host.log.warn('the engine would not say a sentence of ours', { code: code ?? 'unknown' });
      return true;
    },
    active: () => active,
    ended: (responseId) => void active.delete(responseId),
  };
}

/** Models keep to it, and the offline mind reads what it is to open with. */
function sayInstructions(text: string): string {
  const quoted = text.replaceAll(/\s+/g, ' ').trim().replaceAll('"', '\\"');
  return `Answer by saying: "${quoted}"\nSay exactly these words, in the language they are in, and nothing else.`;
}
