import type { KeysRequest, KeysResult } from '../../desk/index.ts';
import type { Clock } from '../../lib/index.ts';
import type { TrailFact } from '../../protocol/index.ts';
import { createKeyCollection, type KeyCollection } from './key-collection.ts';
import { createKeyGatherer } from './key-gatherer.ts';
import { hiddenKeys, isCardNumber, keysIn, keyedWords, cardKeyedWords } from './keypad.ts';

/** The keypad of one caller: what is pressed is said to the agent, or taken by a tool that asked for it. */
export interface CallerKeys {
  press(pressed: string): void;
  /** Text was typed while a tool waits for keys. True: it was for the tool, and nobody else may have it. */
  typed(text: string): boolean;
  /** Asks the caller for keys that the tool's code alone gets. */
  collect(request: KeysRequest): Promise<KeysResult>;
  /** What the agent was told last, until then null. Never what a tool collected. */
  last(): string | null;
  /** Nothing that comes from the caller may be heard: a tool waits for keys, and their tones are in it. */
  isPrivate(): boolean;
  /** The call is over. Idempotent. */
  end(): void;
}

/** What the keypad needs of its call. */
export interface CallerKeysHost {
  readonly clock: Clock;
  /** The agent has the caller, and may be told something. */
  isLive(): boolean;
  /** The caller's audio passes through us, so that it can be kept from the engine. */
  readonly canBePrivate: boolean;
  activeAgent(): string;
  /** Nobody hears the agent any more. */
  isSilent(): boolean;
  record(fact: TrailFact): void;
  say(text: string): void;
  /** The agent stops speaking, as it does for a caller who speaks. */
  interrupt(): void;
  /** The caller is pressing keys: nobody speaks now. */
  callerPresses(pressing: boolean): void;
  /** What the engine was hearing is forgotten. */
  forgetHeard(): void;
  /** A turn of the caller: the agent is told, and answers. @param shown as it may be kept */
  tell(turn: { readonly words: string; readonly shown: string }): void;
  changed(): void;
}

/**
 * After a tool has its keys, more may follow that belong to them: a `#` out of habit, or the rest of a
 * number that was longer. They are dropped until the caller pauses for this long.
 */
const lateKeysMs = { taken: 2_000, failed: 5_000 } as const;
/** The tone of the last key is still to be heard when a network has told of the key. */
const lateToneMs = 400;

/** @returns the keypad of a call in which nothing was pressed. */
export function createCallerKeys(host: CallerKeysHost): CallerKeys {
  const { clock } = host;
  let collection: KeyCollection | null = null;
  let quietUntilMs = -Infinity;
  let dropping: { readonly pauseMs: number; untilMs: number } | null = null;
  let last: string | null = null;
  /** Nothing was pressed yet for the collection that is open. */
  let isFirst = true;

  const gatherer = createKeyGatherer({
    clock,
    gathered(keys) {
      host.callerPresses(false);
      if (!host.isLive()) return;
      const isCard = isCardNumber(keys);
      if (!isCard) last = keys;
      host.tell(
        isCard
          ? { words: cardKeyedWords, shown: hiddenKeys(keys.length) }
          : { words: keyedWords(keys), shown: keys },
      );
    },
  });
  /** Whether a key still belongs to what a tool collected. */
  const isLate = (): boolean => {
    const nowMs = clock.monotonicMs();
    if (dropping === null || nowMs >= dropping.untilMs) return false;
    dropping.untilMs = nowMs + dropping.pauseMs;
    return true;
  };
  return {
    press(pressed) {
      const keys = keysIn(pressed);
      if (keys === '') return;
      if (collection) {
        if (/^#+$/.test(keys) && isFirst && isLate()) return; // it ended what was asked for before
        isFirst = false;
        host.interrupt(); // whoever knows what to press need not hear the prompt out
        collection.press(keys);
        return;
      }
      if (!host.isLive() || isLate()) return;
      if (!gatherer.isGathering()) {
        host.interrupt();
        host.callerPresses(true);
      }
      gatherer.press(keys);
    },
    typed(text) {
      if (!collection) return false;
      const keys = keysIn(text);
      if (keys === '') collection.stop('given_up');
      else collection.press(keys);
      return keys !== '';
    },
    collect({ signal, ...request }) {
      if (collection || !host.canBePrivate || !host.isLive() || signal?.aborted) {
        return Promise.resolve({ ok: false, code: 'not_possible' });
      }
      const answer = Promise.withResolvers<KeysResult>();
      const agent = host.activeAgent();
      const stop = (): void => collection?.stop('stopped');
      gatherer.drop();
      host.callerPresses(false);
      host.forgetHeard();
      host.record({ type: 'keys.requested', agent, prompt: request.prompt });
      host.say(request.prompt);
      const promptedMs = clock.monotonicMs();
      isFirst = true;
      collection = createKeyCollection(request, {
        clock,
        isPrompting: () => !host.isSilent() && clock.monotonicMs() - promptedMs < longestPromptMs,
        ended(result, count) {
          signal?.removeEventListener('abort', stop);
          collection = null;
          const nowMs = clock.monotonicMs();
          quietUntilMs = nowMs + lateToneMs;
          const pauseMs = result.ok ? lateKeysMs.taken : lateKeysMs.failed;
          dropping = { pauseMs, untilMs: nowMs + pauseMs };
          const outcome = result.ok ? 'taken' : result.code;
          host.record({ type: 'keys.collected', agent, count, outcome });
          host.changed();
          answer.resolve(result);
        },
      });
      signal?.addEventListener('abort', stop, { once: true });
      host.changed();
      return answer.promise;
    },
    last: () => last,
    isPrivate: () => collection !== null || clock.monotonicMs() < quietUntilMs,
    end() {
      gatherer.drop();
      collection?.stop('call_ended');
    },
  };
}

/** An engine that does not say the prompt must not keep a tool waiting for ever. */
const longestPromptMs = 30_000;
