import type OpenAI from 'openai';

type Message = OpenAI.ChatCompletionMessageParam;

/** English text; other languages take more tokens, and the budget leaves room for that. */
const charsPerToken = 4;
const leftOut = '[Note: earlier parts of the call are left out here.]';

/**
 * Cuts a conversation from the front until it fits. The system message stays; what is kept begins with
 * a user's message, so that no output is without its call. What the caller said last stays, whatever the
 * size of what follows it.
 *
 * @param options.besides what else takes room in the request: its tools
 */
export function withinBudget(
  messages: readonly Message[],
  options: { readonly contextTokens: number; readonly besides: unknown },
): Message[] {
  const [system, ...turns] = messages;
  if (!system) return [];
  const size = (value: unknown): number => JSON.stringify(value).length;
  let leftChars =
    options.contextTokens * charsPerToken - size(system) - size(options.besides) - leftOut.length;
  let from = turns.length;
  let keepsCaller = false;
  for (let at = turns.length - 1; at >= 0; at -= 1) {
    leftChars -= size(turns[at]);
    if (leftChars < 0 && keepsCaller) break;
    if (turns[at]?.role !== 'user') continue;
    from = at;
    keepsCaller ||= !isNote(turns[at]);
  }
  const [first, ...rest] = turns.slice(from);
  if (from === 0 || first?.role !== 'user') return [...messages];
  const begin = typeof first.content === 'string' ? first.content : '';
  return [system, { role: 'user', content: `${leftOut}\n${begin}` }, ...rest];
}

const isNote = (message: Message | undefined): boolean =>
  typeof message?.content === 'string' && /^(?:\[Note: [^\]]*\]\s*)+$/.test(message.content);
