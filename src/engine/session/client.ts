import type { ClientEvent, ClientEventOf } from '../../protocol/index.ts';
import { heardLine, listeningOf, mergeSession, recognizerContext, voiceName } from './config.ts';
import {
  fromWire,
  insertItem,
  previousId,
  replaceItem,
  toWire,
  truncateSpoken,
} from './conversation.ts';
import { andThen, refuse, send, type Effect, type Step, type StepContext } from './events.ts';
import { announceResponse, beginWhenReady, cancelResponse } from './response.ts';
import type { SessionState } from './state.ts';

/** What a client asks for. */
export function onReceived(state: SessionState, event: ClientEvent, context: StepContext): Step {
  const eventId = event.event_id ?? null;
  switch (event.type) {
    case 'session.update':
      return updateSession(state, event);
    case 'input_audio_buffer.append':
      return state.player === 'client'
        ? { state, effects: [{ type: 'hear', audio: event.audio, eventId }] }
        : refuse(state, { ...soundHasItsLine, param: 'type', eventId });
    case 'input_audio_buffer.commit':
      return { state, effects: [{ type: 'commit_audio', eventId }] };
    case 'input_audio_buffer.clear': {
      const cleared: Step = {
        state: { ...state, turn: { phase: 'silent' } },
        effects: [{ type: 'clear_audio' }, ...send({ type: 'input_audio_buffer.cleared' })],
      };
      return andThen(cleared, beginWhenReady);
    }
    case 'output_audio_buffer.clear':
      return state.player === 'engine'
        ? clearOutput(state)
        : refuse(state, { ...clientPlays, param: 'type', eventId });
    case 'conversation.item.create':
      return createItem(state, event, context);
    case 'conversation.item.retrieve': {
      const item = state.items.find((one) => one.id === event.item_id);
      if (!item) return unknownItem(state, 'retrieve', event);
      return { state, effects: send({ type: 'conversation.item.retrieved', item: toWire(item) }) };
    }
    case 'conversation.item.delete': {
      if (!state.items.some((one) => one.id === event.item_id)) {
        return unknownItem(state, 'delete', event);
      }
      return {
        state: { ...state, items: state.items.filter((one) => one.id !== event.item_id) },
        effects: send({ type: 'conversation.item.deleted', item_id: event.item_id }),
      };
    }
    case 'conversation.item.truncate':
      return truncateItem(state, event);
    case 'response.create':
      return createResponse(state, event, context);
    case 'response.cancel':
      return cancel(state, event);
  }
}

function updateSession(state: SessionState, event: ClientEventOf<'session.update'>): Step {
  const eventId = event.event_id ?? null;
  const session = mergeSession(state.session, event.session);
  const old = state.session;
  if (state.hasSpoken && session.audio.output.voice !== old.audio.output.voice) {
    return refuse(state, { ...voiceFixed, param: 'session.audio.output.voice', eventId });
  }
  const effects: Effect[] = [...send({ type: 'session.updated', session })];
  if (heardLine(session) !== heardLine(old)) {
    effects.push({ type: 'hear_through', line: heardLine(session) });
  }
  const listening = listeningOf(session);
  const wasListening = listeningOf(old);
  if (JSON.stringify(listening) !== JSON.stringify(wasListening)) {
    effects.push({ type: 'listen', listening });
  }
  const adapts =
    session.instructions !== old.instructions ||
    JSON.stringify(session.tools) !== JSON.stringify(old.tools);
  if (adapts) effects.push({ type: 'adapt_ears', context: recognizerContext(session) });
  // Whoever ends turns from now on, an open one was begun under the other rule.
  const turn =
    (listening === null) === (wasListening === null) ? state.turn : { phase: 'silent' as const };
  return andThen({ state: { ...state, session, turn }, effects }, beginWhenReady);
}

const soundHasItsLine = {
  code: 'unsupported_event',
  message:
    "'input_audio_buffer.append' is for WebSocket: the sound of this call comes by its track.",
};
const clientPlays = {
  code: 'unsupported_event',
  message:
    "'output_audio_buffer.clear' is for WebRTC: on a WebSocket the client holds the audio and drops it itself.",
};
const voiceFixed = {
  code: 'cannot_update_voice',
  message: "Cannot update a conversation's voice if assistant audio is present.",
};

function createItem(
  state: SessionState,
  event: ClientEventOf<'conversation.item.create'>,
  context: StepContext,
): Step {
  const { item: wire } = event;
  const eventId = event.event_id ?? null;
  const after = event.previous_item_id ?? undefined;
  if (wire.id !== undefined && state.items.some((one) => one.id === wire.id)) {
    const message = `Error adding item: an item with id '${wire.id}' already exists.`;
    return refuse(state, { code: 'item_already_exists', message, param: 'item.id', eventId });
  }
  if (after !== undefined && after !== 'root' && !state.items.some((one) => one.id === after)) {
    const message = `Error adding item: the previous item with id '${after}' does not exist.`;
    return refuse(state, { code: 'item_not_found', message, param: 'previous_item_id', eventId });
  }
  if (
    wire.type === 'function_call_output' &&
    !state.items.some((one) => one.type === 'call' && one.callId === wire.call_id)
  ) {
    const message = `Tool call ID '${wire.call_id}' not found in conversation.`;
    return refuse(state, { code: 'item_not_found', message, param: 'item.call_id', eventId });
  }
  const item = fromWire(wire, wire.id ?? context.newId('item'));
  const next = insertItem(state, item, after);
  const added = { previous_item_id: previousId(next, item.id), item: toWire(item) };
  return {
    state: next,
    effects: send(
      { type: 'conversation.item.added', ...added },
      { type: 'conversation.item.done', ...added },
    ),
  };
}

function truncateItem(
  state: SessionState,
  event: ClientEventOf<'conversation.item.truncate'>,
): Step {
  const { item_id, content_index, audio_end_ms } = event;
  const eventId = event.event_id ?? null;
  const item = state.items.find((one) => one.id === item_id);
  if (!item) return unknownItem(state, 'truncate', event);
  if (item.type !== 'spoken' || item.status === 'in_progress' || content_index !== 0) {
    const message = 'Only the audio of a finished assistant message can be truncated.';
    return refuse(state, { code: 'invalid_value', message, param: 'item_id', eventId });
  }
  if (audio_end_ms > Math.ceil(item.audioMs)) {
    const message = `Audio content of ${Math.floor(item.audioMs)}ms is already shorter than ${audio_end_ms}ms`;
    return refuse(state, { code: 'invalid_value', message, param: 'audio_end_ms', eventId });
  }
  return {
    state: replaceItem(state, truncateSpoken(item, audio_end_ms)),
    effects: [
      ...send({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms }),
      // Who cuts an item plays no more of it, nor of what was to follow.
      { type: 'silence_agent' },
    ],
  };
}

/** What is being said goes no further, and what was not heard of it yet never will be. */
function clearOutput(state: SessionState): Step {
  const cancelled: Step =
    state.response.phase === 'running'
      ? cancelResponse({ ...state, owesResponse: false }, 'client_cancelled')
      : { state, effects: [] };
  return { ...cancelled, effects: [...cancelled.effects, { type: 'silence_agent' }] };
}

function createResponse(
  state: SessionState,
  event: ClientEventOf<'response.create'>,
  context: StepContext,
): Step {
  const eventId = event.event_id ?? null;
  const { response: params = {} } = event;
  if (state.response.phase !== 'idle') {
    const { id } = state.response.head;
    return refuse(state, {
      code: 'conversation_already_has_active_response',
      message: `Conversation already has an active response in progress: ${id}. Wait until the response is finished before creating a new one.`,
      eventId,
    });
  }
  const voice = params.audio?.output?.voice;
  const changesVoice = voice !== undefined && voiceName(voice) !== state.session.audio.output.voice;
  if (state.hasSpoken && changesVoice) {
    return refuse(state, { ...voiceFixed, param: 'response.audio.output.voice', eventId });
  }
  return announceResponse(state, { params }, context);
}

function cancel(state: SessionState, event: ClientEventOf<'response.cancel'>): Step {
  const { response } = state;
  const wanted = event.response_id;
  if (response.phase === 'idle' || (wanted !== undefined && wanted !== response.head.id)) {
    return refuse(state, {
      code: 'response_cancel_not_active',
      message: 'Cancellation failed: no active response found',
      eventId: event.event_id ?? null,
    });
  }
  return cancelResponse({ ...state, owesResponse: false }, 'client_cancelled');
}

function unknownItem(
  state: SessionState,
  action: 'retrieve' | 'delete' | 'truncate',
  event: { readonly item_id: string; readonly event_id?: string },
): Step {
  return refuse(state, {
    code: `item_${action}_invalid_item_id`,
    message: `Error: the item with id '${event.item_id}' does not exist.`,
    param: 'item_id',
    eventId: event.event_id ?? null,
  });
}
