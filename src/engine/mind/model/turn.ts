import type OpenAI from 'openai';
import type { Clock } from '../../../lib/index.ts';
import type { MindAct, MindInput } from '../port.ts';
import { createCallCheck, type CheckedCall } from './call-check.ts';
import { streamCompletion, type Deadlines } from './completion.ts';
import { withinBudget } from './context-budget.ts';
import { chatMessages, chatTools, toolChoice } from './messages.ts';
import { readReply, type Said } from './reply.ts';
import type { RawCall } from './written-calls.ts';

/** How a turn came out. What was said is said, whichever it is. */
export type TurnEnd =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly said: readonly string[] };

/** What a turn is taken with. */
export interface TurnOptions {
  readonly client: OpenAI;
  readonly model: string;
  readonly contextTokens: number;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
}

/** Requests that may be sent again because nothing came of them. */
const retries = 1;
const retryAfterMs = 250;
/** Requests that tell the model what is wrong with its calls. */
const corrections = 2;

type Message = OpenAI.ChatCompletionMessageParam;

/**
 * One turn of the model: its sentences while they are written, then its calls.
 *
 * Calls are checked first: all of them go to the session, or the model is told what is wrong with them.
 *
 * @throws the signal's reason, and nothing else
 */
export async function* takeTurn(
  input: MindInput,
  options: TurnOptions,
  signal: AbortSignal,
): AsyncGenerator<MindAct, TurnEnd, undefined> {
  const { client, model, contextTokens, deadlines, clock } = options;
  const { tools, tool_choice: choice } = toolChoice(input);
  const check = createCallCheck(tools);
  const offered = chatTools(tools);
  const messages = withinBudget(chatMessages(input), { contextTokens, besides: offered });
  const said: Said = { sentences: [] };
  const failed = (reason: string): TurnEnd => ({ ok: false, reason, said: said.sentences });
  let retriesLeft = retries;
  let correctionsLeft = corrections;
  for (;;) {
    const saidBefore = said.sentences.length;
    const chunks = streamCompletion(
      {
        model,
        messages,
        ...(offered.length > 0 ? { tools: offered } : {}),
        ...(choice ? { tool_choice: choice } : {}),
      },
      { client, deadlines, clock, signal },
    );
    const isTool = (name: string): boolean => check.toolNamed(name) !== undefined;
    const reply = yield* readReply(chunks, { said, isTool, signal });
    if (reply.cut && said.sentences.length > 0) return { ok: true };
    const calls = tools.length > 0 ? reply.calls : [];
    const { failure } = reply;
    if (failure ?? (calls.length === 0 && said.sentences.length === 0)) {
      const mayHelp = (failure?.transient ?? true) && said.sentences.length === 0;
      if (!mayHelp || retriesLeft === 0)
        return failed(failure?.reason ?? 'The model answered nothing.');
      retriesLeft -= 1;
      if (failure) await pause(retryAfterMs, { clock, signal });
      continue;
    }
    if (calls.length === 0) {
      // Asked to mend its calls it may well have changed its mind, and said so.
      const isAnswer = correctionsLeft === corrections || said.sentences.length > saidBefore;
      return isAnswer ? { ok: true } : failed('The model gave up on a tool call.');
    }
    const checked = calls.map((call) => check.check(call));
    const good = checked.flatMap((one) => (one.ok ? [one] : []));
    if (good.length === checked.length || (correctionsLeft === 0 && good.length > 0)) {
      for (const { name, arguments: args } of good) yield { type: 'call', name, arguments: args };
      return { ok: true };
    }
    if (correctionsLeft === 0) return failed("The model's tool calls cannot be used.");
    correctionsLeft -= 1;
    const words = said.sentences.slice(saidBefore).join(' ');
    messages.push(...corrected(words, { calls, checked, round: correctionsLeft }));
  }
}

/** The model's calls, and what is wrong with them as their outputs. Nothing of them was run. */
function corrected(
  words: string,
  made: {
    readonly calls: readonly RawCall[];
    readonly checked: readonly CheckedCall[];
    readonly round: number;
  },
): readonly Message[] {
  const { calls, checked, round } = made;
  const ids = calls.map((_call, index) => `check_${round}_${index}`);
  return [
    {
      role: 'assistant',
      content: words === '' ? null : words,
      tool_calls: calls.map(({ name }, index) => ({
        id: ids[index] ?? '',
        type: 'function',
        // What cannot be read may not be sent back either: servers parse it.
        function: { name, arguments: readable(calls[index]?.arguments ?? '') },
      })),
    },
    ...checked.map((one, index): Message => {
      const problem = one.ok
        ? 'Not run, because another call beside it was wrong. Make all of them again.'
        : `Not run: ${one.problem} Call again, or say to the caller what you need from them.`;
      return { role: 'tool', tool_call_id: ids[index] ?? '', content: problem };
    }),
  ];
}

function readable(args: string): string {
  try {
    JSON.parse(args);
    return args;
  } catch {
    return '{}';
  }
}

/** @throws the signal's reason */
function pause(
  ms: number,
  options: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const { clock, signal } = options;
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    const stop = (): void => {
      cancel();
      reject(signal.reason as Error); // an abort reason is typed `any` by the platform
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
