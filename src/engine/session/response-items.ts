import type { ServerEventBody } from '../../protocol/index.ts';
import type { SpokenChunk } from '../mouth/port.ts';
import { insertItem, previousId, replaceItem, textOf, toWire } from './conversation.ts';
import { send, type Effect, type Step, type StepContext } from './events.ts';
import type { SoundPlace } from './output.ts';
import { speechDeltas } from './speech-deltas.ts';
import type { Item, ItemStatus, PlacedWord, ResponseState, SessionState } from './state.ts';

type Running = Extract<ResponseState, { readonly phase: 'running' }>;
type Open = Extract<Item, { readonly type: 'spoken' | 'text' }>;

const nothing = (state: SessionState): Step => ({ state, effects: [] });

/** A message begins that is to say all of `text`, or the open one goes on with it. */
export function openMessage(state: SessionState, text: string, context: StepContext): Step {
  const { response } = state;
  if (response.phase !== 'running') return nothing(state);
  const open = openItem(state);
  if (open?.type === 'spoken') return nothing(putItem(state, { ...open, unsaid: text }));
  if (open) return nothing(state);
  const id = context.newId('item');
  const item: Open =
    response.head.modality === 'audio'
      ? { type: 'spoken', id, status: 'in_progress', words: [], audioMs: 0, unsaid: text }
      : { type: 'text', id, role: 'assistant', status: 'in_progress', parts: [] };
  const next = addItem({ ...state, response: { ...response, openItemId: id } }, item);
  const wire = toWire(item);
  return {
    state: next,
    effects: send(
      { type: 'response.output_item.added', ...inResponse(response), item: wire },
      ...inConversation(response, {
        type: 'conversation.item.added',
        previous_item_id: previousId(next, id),
        item: wire,
      }),
      { type: 'response.content_part.added', ...inPart(response, id), part: partOf(item) },
    ),
  };
}

/** A piece of the open message has been spoken: out it goes. */
export function addSpeech(state: SessionState, chunk: SpokenChunk): Step {
  const { response } = state;
  const item = openItem(state);
  if (response.phase !== 'running' || item?.type !== 'spoken') return nothing(state);
  const { deltas, words, endMs } = speechDeltas(afterWords(item.words, chunk), item.audioMs);
  const at = inPart(response, item.id);
  const { format } = response.head;
  const effects: Effect[] = [];
  for (const { text, samples } of deltas) {
    if (text) {
      effects.push(...send({ type: 'response.output_audio_transcript.delta', ...at, delta: text }));
    }
    effects.push({ type: 'say', at, samples, format });
  }
  const unsaid = item.unsaid.startsWith(chunk.text) ? item.unsaid.slice(chunk.text.length) : '';
  const grown = { ...item, words: [...item.words, ...words], audioMs: endMs, unsaid };
  return {
    state: { ...putItem(state, grown), hasSpoken: state.hasSpoken || deltas.length > 0 },
    effects,
  };
}

/** Words of the next sentence stand apart from those of the one before. */
function afterWords(said: readonly PlacedWord[], chunk: SpokenChunk): SpokenChunk {
  const last = said.at(-1)?.text;
  if (last === undefined || /\s$/.test(last) || /^\s/.test(chunk.text)) return chunk;
  const [first, ...others] = chunk.words ?? [];
  return {
    ...chunk,
    text: ` ${chunk.text}`,
    ...(first ? { words: [{ ...first, text: ` ${first.text}` }, ...others] } : {}),
  };
}

/** A piece of the open message in a response that is text only. */
export function addText(state: SessionState, text: string): Step {
  const { response } = state;
  const item = openItem(state);
  if (response.phase !== 'running' || item?.type !== 'text') return nothing(state);
  const before = item.parts.join('');
  const delta = before === '' || /\s$/.test(before) ? text : ` ${text}`;
  return {
    state: putItem(state, { ...item, parts: [before + delta] }),
    effects: send({ type: 'response.output_text.delta', ...inPart(response, item.id), delta }),
  };
}

/** The open message is over; does nothing when none is open. */
export function closeMessage(state: SessionState, status: ItemStatus): Step {
  const { response } = state;
  const open = openItem(state);
  if (response.phase !== 'running' || response.openItemId === null) return nothing(state);
  // A client may have deleted the item while it was being spoken.
  if (!open) return nothing({ ...state, response: { ...response, openItemId: null } });
  const item: Open =
    open.type === 'spoken' && status === 'completed'
      ? { ...open, status, unsaid: '' }
      : { ...open, status };
  const wire = toWire(item);
  const at = inPart(response, item.id);
  const ends: ServerEventBody[] =
    item.type === 'spoken'
      ? [
          { type: 'response.output_audio.done', ...at },
          {
            type: 'response.output_audio_transcript.done',
            ...at,
            transcript: textOf(item.words),
          },
        ]
      : [{ type: 'response.output_text.done', ...at, text: item.parts.join('') }];
  const closed = putItem(state, item);
  return {
    state: {
      ...closed,
      response: {
        ...(closed.response.phase === 'running' ? closed.response : response),
        openItemId: null,
        output: [...response.output, wire],
      },
    },
    effects: [
      ...(item.type === 'spoken' ? [endSound(response, at, status)] : []),
      ...send(
        ...ends,
        { type: 'response.content_part.done', ...at, part: partOf(item) },
        ...inConversation(response, {
          type: 'conversation.item.done',
          previous_item_id: previousId(state, item.id),
          item: wire,
        }),
        { type: 'response.output_item.done', ...inResponse(response), item: wire },
      ),
    ],
  };
}

const endSound = (response: Running, at: SoundPlace, status: ItemStatus): Effect => ({
  ...{ type: 'end_sound', at, format: response.head.format },
  isWhole: status === 'completed',
});

/** A function call, whole at once: arguments are never half sent. */
export function addCall(
  state: SessionState,
  call: { readonly name: string; readonly arguments: string },
  context: StepContext,
): Step {
  const { response } = state;
  if (response.phase !== 'running') return nothing(state);
  const item: Item = {
    type: 'call',
    id: context.newId('item'),
    callId: context.newId('call'),
    status: 'completed',
    name: call.name,
    arguments: call.arguments,
  };
  const wire = toWire(item);
  // Clients run a call when they see it completed, so it must not be so yet.
  const begun = toWire({ ...item, status: 'in_progress', arguments: '' });
  const at = inResponse(response);
  const inItem = { ...at, item_id: item.id, call_id: item.callId };
  const next = response.head.joinsConversation ? insertItem(state, item) : state;
  const previous = { previous_item_id: previousId(next, item.id) };
  return {
    state: { ...next, response: { ...response, output: [...response.output, wire] } },
    effects: send(
      { type: 'response.output_item.added', ...at, item: begun },
      ...inConversation(response, { type: 'conversation.item.added', ...previous, item: begun }),
      { type: 'response.function_call_arguments.delta', ...inItem, delta: item.arguments },
      {
        type: 'response.function_call_arguments.done',
        ...inItem,
        name: item.name,
        arguments: item.arguments,
      },
      ...inConversation(response, { type: 'conversation.item.done', ...previous, item: wire }),
      { type: 'response.output_item.done', ...at, item: wire },
    ),
  };
}

function openItem(state: SessionState): Open | null {
  const { response } = state;
  if (response.phase !== 'running' || response.openItemId === null) return null;
  const items = response.head.joinsConversation ? state.items : response.detached;
  const item = items.find((one) => one.id === response.openItemId);
  return item?.type === 'spoken' || item?.type === 'text' ? item : null;
}

/** Adds an item where the response's items belong. */
function addItem(state: SessionState, item: Item): SessionState {
  const { response } = state;
  if (response.phase !== 'running' || response.head.joinsConversation) {
    return insertItem(state, item);
  }
  return { ...state, response: { ...response, detached: [...response.detached, item] } };
}

/** Replaces the item of the same id, where the response's items belong. */
function putItem(state: SessionState, item: Item): SessionState {
  const { response } = state;
  if (response.phase !== 'running' || response.head.joinsConversation) {
    return replaceItem(state, item);
  }
  const detached = response.detached.map((old) => (old.id === item.id ? item : old));
  return { ...state, response: { ...response, detached } };
}

/** Only items of the conversation are announced as such. */
const inConversation = (response: Running, event: ServerEventBody): readonly ServerEventBody[] =>
  response.head.joinsConversation ? [event] : [];

const inResponse = (response: Running) => ({
  response_id: response.head.id,
  output_index: response.output.length,
});

const inPart = (response: Running, itemId: string) => ({
  ...inResponse(response),
  item_id: itemId,
  content_index: 0,
});

const partOf = (item: Open) =>
  item.type === 'spoken'
    ? { type: 'audio' as const, transcript: textOf(item.words) }
    : { type: 'text' as const, text: item.parts.join('') };
