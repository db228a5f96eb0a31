import type { ClientItem, ResponseParams, ServerItem } from '../../protocol/index.ts';
import type { MindItem } from '../mind/port.ts';
import type { Item, PlacedWord, SessionState } from './state.ts';

/** Items kept; older ones leave the conversation, as `truncation: auto` has it. */
export const maxItems = 1_000;

/** Text of words without the space that ends them. */
export const textOf = (words: readonly PlacedWord[]): string =>
  words
    .map((word) => word.text)
    .join('')
    .trim();

/** An item as the client reads it. */
export function toWire(item: Item): ServerItem {
  const base = { id: item.id, object: 'realtime.item' as const };
  switch (item.type) {
    case 'text': {
      const message = { ...base, type: 'message' as const, status: item.status };
      if (item.role === 'assistant') {
        const content = item.parts.map((text) => ({ type: 'output_text' as const, text }));
        return { ...message, role: 'assistant', content };
      }
      const content = item.parts.map((text) => ({ type: 'input_text' as const, text }));
      return { ...message, role: item.role, content };
    }
    case 'heard':
      return {
        ...base,
        type: 'message',
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_audio', transcript: item.transcript }],
      };
    case 'spoken':
      return {
        ...base,
        type: 'message',
        role: 'assistant',
        status: item.status,
        content:
          item.status === 'in_progress'
            ? []
            : [{ type: 'output_audio', transcript: textOf(item.words) }],
      };
    case 'call':
      return {
        ...base,
        type: 'function_call',
        status: item.status,
        name: item.name,
        call_id: item.callId,
        arguments: item.arguments,
      };
    case 'output':
      return {
        ...base,
        type: 'function_call_output',
        status: 'completed',
        call_id: item.callId,
        output: item.output,
      };
  }
}

/** An item as a client made it. */
export function fromWire(wire: ClientItem, id: string): Item {
  if (wire.type === 'function_call') {
    const { name, call_id: callId } = wire;
    return { type: 'call', id, status: 'completed', name, callId, arguments: wire.arguments };
  }
  if (wire.type === 'function_call_output') {
    return { type: 'output', id, callId: wire.call_id, output: wire.output };
  }
  const status = wire.status === 'incomplete' ? 'incomplete' : 'completed';
  const parts: string[] = [];
  let spoken = false;
  for (const part of wire.content) {
    if ('text' in part) parts.push(part.text);
    else {
      spoken = true;
      parts.push(part.transcript);
    }
  }
  if (!spoken || wire.role === 'system')
    return { type: 'text', id, role: wire.role, status, parts };
  const text = parts.join(' ');
  const base = { id, status, audioMs: 0, unsaid: '' } as const;
  return wire.role === 'user'
    ? {
        type: 'heard',
        id,
        transcript: text,
        confidence: null,
        audioMs: 0,
        spokenMs: null,
        isNoise: false,
      }
    : { ...base, type: 'spoken', words: [{ text, startMs: 0, endMs: 0 }] };
}

/** What a response answers in place of the conversation; null: the conversation. Unknown references are passed over. */
export function inputItems(
  items: readonly Item[],
  { input }: ResponseParams,
  context: { readonly newId: (prefix: string) => string },
): readonly Item[] | null {
  if (input === undefined) return null;
  return input.flatMap((wire) =>
    wire.type === 'item_reference'
      ? items.filter(({ id }) => id === wire.id)
      : [fromWire(wire, wire.id ?? context.newId('item'))],
  );
}

/** The item in front of `id`; null for the first. */
export function previousId(state: SessionState, id: string): string | null {
  const index = state.items.findIndex((item) => item.id === id);
  return index > 0 ? (state.items[index - 1]?.id ?? null) : null;
}

/** Adds an item at its place (`root`: first; undefined: last). The place must exist. */
export function insertItem(state: SessionState, item: Item, after?: string): SessionState {
  const index =
    after === undefined
      ? state.items.length
      : after === 'root'
        ? 0
        : state.items.findIndex((other) => other.id === after) + 1;
  const items = [...state.items.slice(0, index), item, ...state.items.slice(index)];
  return { ...state, items: items.slice(-maxItems) };
}

/** Replaces the item of the same id. */
export function replaceItem(state: SessionState, item: Item): SessionState {
  return { ...state, items: state.items.map((old) => (old.id === item.id ? item : old)) };
}

/**
 * Keeps the words that were heard: those of which at least half was played. The rest is unsaid, for
 * the mind as well.
 */
export function truncateSpoken(
  item: Extract<Item, { readonly type: 'spoken' }>,
  audioEndMs: number,
): Item {
  const words = item.words.filter((word) => (word.startMs + word.endMs) / 2 <= audioEndMs);
  const lost = item.words.slice(words.length);
  const status = lost.length > 0 ? 'incomplete' : item.status;
  const unsaid = `${lost.map(({ text }) => text).join('')}${item.unsaid}`;
  return { ...item, status, words, unsaid, audioMs: Math.min(audioEndMs, item.audioMs) };
}

/**
 * The conversation as a mind sees it. What was never heard is told as such; spoken turns with nothing
 * heard between them are one turn, because the caller went on before hearing an answer.
 */
export function mindItems(items: readonly Item[]): readonly MindItem[] {
  const seen: MindItem[] = [];
  let lastWasHeard = false;
  for (const item of items) {
    if (item.type === 'heard') {
      if (item.isNoise) continue;
      const text = item.transcript ?? '';
      const last = seen.at(-1);
      // Who spoke for long, understood or not, made more than a sound: what they cut off is let go.
      if (text === '' && last?.type === 'message' && !isShort(item.spokenMs)) {
        const { unsaid: _dropped, ...said } = last;
        seen[seen.length - 1] = said;
      }
      if (lastWasHeard && last?.type === 'message') {
        seen[seen.length - 1] = joined(last, text, item.confidence);
      } else {
        seen.push({ type: 'message', role: 'user', text, ...confidenceOf(item.confidence) });
      }
      lastWasHeard = true;
      continue;
    }
    // What they said before goes on, because they had not heard any answer to it.
    if (lastWasHeard && item.type === 'spoken' && textOf(item.words) === '') continue;
    const next = mindItem(item);
    if (!next) continue;
    seen.push(next);
    lastWasHeard = false;
  }
  return seen;
}

/** Longer sounds of a caller are somebody speaking, understood or not. */
export const longestSoundMs = 900;
const isShort = (spokenMs: number | null): boolean =>
  spokenMs !== null && spokenMs <= longestSoundMs;

type MindMessage = Extract<MindItem, { readonly type: 'message' }>;

const confidenceOf = (confidence: number | null) => (confidence === null ? {} : { confidence });

function joined(first: MindMessage, text: string, confidence: number | null): MindMessage {
  if (text === '') return first;
  if (first.text === '') {
    return { type: 'message', role: 'user', text, ...confidenceOf(confidence) };
  }
  const lower = Math.min(first.confidence ?? 1, confidence ?? 1);
  return { type: 'message', role: 'user', text: `${first.text} ${text}`, confidence: lower };
}

function mindItem(item: Exclude<Item, { readonly type: 'heard' }>): MindItem | null {
  switch (item.type) {
    case 'text':
      return { type: 'message', role: item.role, text: item.parts.join('\n') };
    case 'spoken': {
      const text = textOf(item.words);
      const unsaid = item.unsaid.trim();
      if (text === '' && unsaid === '') return null;
      const said = { type: 'message', role: 'assistant', text } as const;
      return unsaid === '' ? said : { ...said, unsaid };
    }
    case 'call':
      return {
        type: 'function_call',
        name: item.name,
        callId: item.callId,
        arguments: item.arguments,
      };
    case 'output':
      return { type: 'function_call_output', callId: item.callId, output: item.output };
  }
}
