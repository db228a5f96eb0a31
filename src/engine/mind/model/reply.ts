import type OpenAI from 'openai';
import type { MindAct } from '../port.ts';
import { createContentFilter, type ContentPart } from './content-filter.ts';
import { failureOf, type ModelFailure } from './failure.ts';
import { createSentenceStream } from './sentence-stream.ts';
import { soundOf, speakable } from './speakable.ts';
import { createToolCallParts } from './tool-call-parts.ts';
import type { RawCall } from './written-calls.ts';

/** What a reply came to, beside what was said on the way. */
export interface ReplyEnd {
  readonly calls: readonly RawCall[];
  readonly failure: ModelFailure | null;
  /** It went round in circles or would not stop, and was cut. */
  readonly cut: boolean;
}

/** What was said in a turn so far, over all its requests. Grows while a reply is read. */
export interface Said {
  readonly sentences: string[];
}

/** The same sentence this often is a model that goes round in circles. */
const circles = 3;
/** A minute and a half of speech; nobody listens to more in one go. */
const longestSaidChars = 1_500;
const longestArgumentsChars = 20_000;
const mostCalls = 8;

/**
 * Reads one reply while it is written: each sentence is an act as soon as it is whole.
 *
 * Returning early, and the consumer leaving, both end the stream.
 *
 * @throws the signal's reason, and nothing else
 */
export async function* readReply(
  chunks: AsyncIterable<OpenAI.ChatCompletionChunk>,
  options: {
    readonly said: Said;
    readonly isTool: (name: string) => boolean;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<MindAct, ReplyEnd, undefined> {
  const { said, isTool, signal } = options;
  const before = new Set(said.sentences.map(soundOf));
  const filter = createContentFilter(isTool);
  const sentences = createSentenceStream();
  const parts = createToolCallParts();
  const writtenCalls: RawCall[] = [];
  const heard = new Map<string, number>();
  let chars = 0;
  let finish: string | null = null;
  const end = (failure: ModelFailure | null, cut = false): ReplyEnd => ({
    calls: cut ? [] : distinct([...parts.calls(), ...writtenCalls]),
    failure,
    cut,
  });

  /** The sentences to say; null when it is enough. */
  function* spoken(written: readonly string[]): Generator<MindAct, boolean, undefined> {
    for (const one of written) {
      const text = speakable(one);
      const sound = soundOf(text);
      if (text === '' || before.has(sound)) continue;
      const times = (heard.get(sound) ?? 0) + 1;
      heard.set(sound, times);
      chars += text.length;
      if (times >= circles || (chars > longestSaidChars && said.sentences.length > 0)) return false;
      said.sentences.push(text);
      yield { type: 'say', text };
    }
    return true;
  }
  const sorted = (found: readonly ContentPart[]): readonly string[] =>
    found.flatMap((part): readonly string[] => {
      if (part.type === 'text') return sentences.push(part.text);
      if (part.type === 'forget') sentences.clear();
      else writtenCalls.push(part.call);
      return [];
    });

  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      const choice = chunk.choices[0];
      if (!choice) continue; // usage, or a filter's report
      const { content, refusal, tool_calls: calls } = choice.delta;
      finish ??= choice.finish_reason;
      const text = `${content ?? ''}${refusal ?? ''}`;
      if (text !== '' && !(yield* spoken(sorted(filter.push(text))))) return end(null, true);
      for (const call of calls ?? []) parts.add(call);
      // What is said before a call is not held up by its arguments.
      if (calls?.length || finish !== null) {
        const rest = [...sorted(filter.end()), ...sentences.flush()];
        if (!(yield* spoken(rest))) return end(null, true);
      }
      if (parts.chars() > longestArgumentsChars) return end(null, true);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    return end(failureOf(thrown));
  }
  if (finish !== null) return end(null);
  // The stream just stopped. Whole sentences were said; what is left may be half of one.
  return end({ reason: 'The model stopped in the middle of its answer.', transient: true });
}

function distinct(calls: readonly RawCall[]): readonly RawCall[] {
  const known = new Set<string>();
  return calls
    .filter(({ name, arguments: args }) => {
      const key = `${name}\n${args.replaceAll(/\s/g, '')}`;
      if (known.has(key)) return false;
      known.add(key);
      return true;
    })
    .slice(0, mostCalls);
}
