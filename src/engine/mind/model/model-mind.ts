import { systemClock, type Clock, type Log } from '../../../lib/index.ts';
import { exactWords } from '../exact-words.ts';
import { goingOn, withoutInterjections } from '../going-on.ts';
import type { Mind } from '../port.ts';
import { apologise } from './apology.ts';
import type { Deadlines } from './completion.ts';
import { offlineActs } from './fallback.ts';
import { takeTurn } from './turn.ts';

/** What a mind with a model is made of. */
export interface ModelMindOptions {
  /** Base address of `/chat/completions`, e.g. `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  /** Empty for servers that ask for none. */
  readonly apiKey: string;
  /** Takes the turns in which the model does not answer. @default null: a sentence says so */
  readonly fallback?: Mind | null;
  /** How much of a conversation is sent, instructions and tools included. @default 8192 */
  readonly contextTokens?: number;
  /** @default {@link defaultDeadlines} */
  readonly deadlines?: Partial<Deadlines>;
  readonly log: Log;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Milliseconds. */
export const defaultDeadlines: Deadlines = {
  firstTokenMs: 8_000,
  nextTokenMs: 5_000,
  totalMs: 30_000,
};

/** Tokens. */
export const defaultContextTokens = 8_192;

/**
 * A mind that asks a language model: any server of `/v1/chat/completions` with streaming and tools.
 *
 * It never throws but for its signal: when the model does not answer, the fallback does, or a sentence
 * says so. It keeps nothing between responses. The client is loaded at once, and connects with the first one.
 */
export function createModelMind(options: ModelMindOptions): Mind {
  const { url, model, apiKey, fallback = null, log, clock = systemClock } = options;
  const { contextTokens = defaultContextTokens } = options;
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const connect = async () => {
    const { OpenAI } = await import('openai');
    return new OpenAI({
      baseURL: url,
      apiKey: apiKey === '' ? 'none' : apiKey, // the client insists on one
      maxRetries: 0, // its waits are too long for a caller
      logLevel: 'off', // its log would hold what callers say
    });
  };
  // Loading it takes a quarter of a second, in which no call's sound may wait.
  const client = connect();
  client.catch(() => undefined); // each response says so
  return {
    async *respond(given, signal) {
      signal.throwIfAborted();
      // What is known without asking is said at once.
      const exactly = exactWords(given.instructions) ?? goingOn(given.items);
      if (exactly !== null) {
        yield { type: 'say', text: exactly };
        return;
      }
      const input = { ...given, items: withoutInterjections(given.items) };
      const turn = { client: await client, model, contextTokens, deadlines, clock };
      const end = yield* takeTurn(input, turn, signal);
      if (end.ok) return;
      const { reason, said } = end;
      log.warn('the model did not answer', { reason, instead: fallback ? 'offline' : 'sentence' });
      const instead = fallback ? await offlineActs(input, { mind: fallback, said, signal }) : [];
      if (instead.length > 0) yield* instead;
      else if (!fallback || said.length === 0) yield* apologise(input);
    },
    async [Symbol.asyncDispose]() {
      await fallback?.[Symbol.asyncDispose]();
    },
  };
}
