import type { ServerItem, UsageView } from '../../protocol/index.ts';
import { textOf } from './conversation.ts';
import type { Item, ResponseHead } from './state.ts';

const textTokens = (letters: number): number => Math.ceil(letters / 4);
/** One token for each 100 ms of a caller's audio. */
const heardTokens = (ms: number): number => Math.ceil(ms / 100);
/** One token for each 50 ms of an engine's audio. */
const spokenTokens = (ms: number): number => Math.ceil(ms / 50);

/** Estimated size of what a mind is given. */
export function inputTokens(
  head: ResponseHead,
  items: readonly Item[],
): { readonly text: number; readonly audio: number } {
  let letters = head.instructions.length + JSON.stringify(head.tools).length;
  let audio = 0;
  for (const item of items) {
    if (item.type === 'heard') audio += heardTokens(item.audioMs);
    else if (item.type === 'spoken') audio += spokenTokens(item.audioMs);
    else if (item.type === 'call') letters += item.name.length + item.arguments.length;
    else if (item.type === 'output') letters += item.output.length;
    else for (const part of item.parts) letters += part.length;
  }
  return { text: textTokens(letters), audio };
}

/** The numbers of a finished response. */
export function usageOf(
  input: { readonly text: number; readonly audio: number },
  output: readonly ServerItem[],
  items: readonly Item[],
): UsageView {
  const made = new Set(output.map((item) => item.id));
  let letters = 0;
  let audio = 0;
  for (const item of items) {
    if (!made.has(item.id)) continue;
    if (item.type === 'call') letters += item.name.length + item.arguments.length;
    else if (item.type === 'text') letters += item.parts.join('').length;
    else if (item.type === 'spoken') {
      letters += textOf(item.words).length;
      audio += spokenTokens(item.audioMs);
    }
  }
  const text = textTokens(letters);
  const inputAll = input.text + input.audio;
  return {
    total_tokens: inputAll + text + audio,
    input_tokens: inputAll,
    output_tokens: text + audio,
    input_token_details: { text_tokens: input.text, audio_tokens: input.audio, cached_tokens: 0 },
    output_token_details: { text_tokens: text, audio_tokens: audio },
  };
}
