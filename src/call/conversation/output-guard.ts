import type { OutputGuardrail } from '../../desk/index.ts';
import { messageOf, type Log } from '../../lib/index.ts';
import type { TrailFact } from '../../protocol/index.ts';

/** Cuts an agent short who says what the desk forbids. */
export interface OutputGuard {
  /**
   * More words of an item. They may come before, with or after their audio, which plays later still.
   * @returns false when they may not be heard; they are being cut by then
   */
  words(words: {
    readonly itemId: string;
    readonly responseId: string;
    readonly text: string;
  }): boolean;
  /** No more words of the item will come. */
  itemEnded(itemId: string): void;
  callerTurn(): void;
}

/** What the guard judges by, and what it does. */
export interface OutputGuardHost {
  readonly guardrails: readonly OutputGuardrail[];
  readonly log: Log;
  /** Null: the words are the runtime's own. */
  speakerOf(responseId: string): string | null;
  /** What the agent may lean on. */
  sources(agent: string): readonly string[];
  record(fact: TrailFact): void;
  /** Cancels the response, silences the caller's ear, and leaves in the conversation what was heard. */
  cut(item: { readonly itemId: string; readonly responseId: string }): void;
  /** Puts a message into the conversation that only the model sees. */
  tellModel(text: string): void;
  say(text: string): void;
}

/** A model that was told so often between two turns of the caller is not told again. */
const maxTold = 2;

interface Said {
  readonly responseId: string;
  readonly agent: string;
  text: string;
}

/**
 * @returns a guard of a call in which nothing was said. A guardrail that throws is logged and lets
 *   pass: cutting every sentence would be no better than no desk at all.
 */
export function createOutputGuard(host: OutputGuardHost): OutputGuard {
  const items = new Map<string, Said>();
  const cutResponses = new Set<string>();
  let told = 0;

  const why = (guardrail: OutputGuardrail, said: Said, complete: boolean): string | null => {
    const { agent, text } = said;
    try {
      return guardrail.check(text.trim(), { agent, complete, sources: host.sources(agent) });
    } catch (thrown) {
      const error = messageOf(thrown);
      host.log.error('output guardrail failed', { guardrail: guardrail.name, error });
      return null;
    }
  };
  /** False: it was cut. */
  const judge = (itemId: string, said: Said, complete: boolean): boolean => {
    for (const guardrail of host.guardrails) {
      const reason = why(guardrail, said, complete);
      if (reason === null) continue;
      items.delete(itemId);
      cutResponses.add(said.responseId);
      trip(itemId, said, { guardrail, reason });
      return false;
    }
    return true;
  };
  const trip = (
    itemId: string,
    { agent, text, responseId }: Said,
    { guardrail, reason }: { readonly guardrail: OutputGuardrail; readonly reason: string },
  ): void => {
    host.log.warn('output guardrail tripped', { guardrail: guardrail.name, agent });
    host.record({
      type: 'guardrail.tripped',
      agent,
      guardrail: guardrail.name,
      text: text.trim(),
      why: reason,
    });
    host.cut({ itemId, responseId });
    if (++told <= maxTold) host.tellModel(cutNote(reason, guardrail.say));
    host.say(guardrail.say);
  };
  return {
    words({ itemId, responseId, text }) {
      if (host.guardrails.length === 0) return true;
      if (cutResponses.has(responseId)) return false;
      const agent = host.speakerOf(responseId);
      if (agent === null) return true;
      const said = items.get(itemId) ?? { responseId, agent, text: '' };
      said.text += text;
      items.set(itemId, said);
      return judge(itemId, said, false);
    },
    itemEnded(itemId) {
      const said = items.get(itemId);
      if (!said) return;
      items.delete(itemId);
      judge(itemId, said, true);
    },
    callerTurn() {
      told = 0;
    },
  };
}

function cutNote(reason: string, say: string): string {
  return `What you were saying was cut off before the caller heard it: ${reason} They heard this in its place: "${say}" Do not say it again in other words.`;
}
