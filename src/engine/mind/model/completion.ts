import type OpenAI from 'openai';
import type { Clock } from '../../../lib/index.ts';
import { lateError } from './failure.ts';

/** How long a model may keep a caller waiting, in milliseconds. */
export interface Deadlines {
  /** Until the first token. */
  readonly firstTokenMs: number;
  /** From one token to the next. */
  readonly nextTokenMs: number;
  /** Time spent waiting in one request in all; the time in which sentences are spoken is not waiting. */
  readonly totalMs: number;
}

/** A request but for what makes it a stream. */
export type CompletionRequest = Omit<OpenAI.ChatCompletionCreateParamsStreaming, 'stream'>;

/** After the end was announced, the connection is given this long to end well and be used again. */
const drainMs = 300;

/**
 * One streamed completion. Leaving the loop early, the signal and a deadline each end the HTTP request
 * at once, so that the server stops writing.
 *
 * @throws the signal's reason, SwitchboardError model_failed when a deadline passes, or what the client throws
 */
export async function* streamCompletion(
  request: CompletionRequest,
  options: {
    readonly client: OpenAI;
    readonly deadlines: Deadlines;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<OpenAI.ChatCompletionChunk, void, undefined> {
  const { client, deadlines, clock, signal } = options;
  signal.throwIfAborted();
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  let totalLeftMs = deadlines.totalMs;
  /** Waits for `work`, and for no longer than allowed. */
  const within = async <T>(allowedMs: number, work: Promise<T>, what: string): Promise<T> => {
    const startedMs = clock.monotonicMs();
    const limitMs = Math.max(0, Math.min(allowedMs, totalLeftMs));
    const cancel = clock.setTimer(limitMs, () => controller.abort(lateError(what, limitMs)));
    try {
      return await orAborted(work, controller.signal);
    } finally {
      cancel();
      totalLeftMs -= clock.monotonicMs() - startedMs;
    }
  };
  try {
    const firstByMs = clock.monotonicMs() + deadlines.firstTokenMs;
    const untilFirst = (): number => firstByMs - clock.monotonicMs();
    const opening = client.chat.completions.create(
      { ...request, stream: true },
      { signal: controller.signal },
    );
    const stream = await within(untilFirst(), opening, 'first token');
    const chunks = stream[Symbol.asyncIterator]();
    let begun = false;
    let ended = false;
    for (;;) {
      const allowedMs = ended ? drainMs : begun ? deadlines.nextTokenMs : untilFirst();
      const next = within(allowedMs, chunks.next(), begun ? 'next token' : 'first token');
      // What goes wrong after the end changes nothing any more.
      const result: Next = await (ended ? next.catch(() => over) : next);
      if (result.done) return;
      const chunk: OpenAI.ChatCompletionChunk = result.value;
      yield chunk;
      begun ||= saysSomething(chunk);
      ended ||= Boolean(chunk.choices[0]?.finish_reason);
    }
  } finally {
    signal.removeEventListener('abort', follow);
    controller.abort();
  }
}

type Next = IteratorResult<OpenAI.ChatCompletionChunk, undefined>;
const over: Next = { done: true, value: undefined };

/** The role alone is sent by some servers before the model has begun. */
function saysSomething({ choices: [choice] }: OpenAI.ChatCompletionChunk): boolean {
  return choice !== undefined && Object.entries(choice.delta).some(isWritten);
}
const isWritten = ([key, value]: [string, unknown]): boolean =>
  key !== 'role' && value !== null && value !== undefined && value !== '';

/** Rejects with the signal's reason as soon as it aborts; the client ends some of its loops in silence then. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined); // reported below, or of no interest any more
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error); // an abort reason is typed `any` by the platform
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    const result = await Promise.race([work, aborted]);
    signal.throwIfAborted();
    return result;
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
