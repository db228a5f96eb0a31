import type { ServerEventBody, SessionPatch } from '../../protocol/index.ts';
import { heardLine, listeningOf, mergeSession, newSession, recognizerContext } from './config.ts';
import { onReceived } from './client.ts';
import { andThen, send, type SessionEvent, type Step, type StepContext } from './events.ts';
import { onOutputCut } from './output-cut.ts';
import { addCall, addSpeech, addText, closeMessage, openMessage } from './response-items.ts';
import { endCompleted, onResponseEnded, onResponseFailed, onWaitChecked } from './response.ts';
import type { Player, SessionState } from './state.ts';
import {
  onAudioCommitted,
  onTranscribed,
  onTranscriptionFailed,
  onVoiceStarted,
  onVoiceStopped,
  onWordsHeard,
} from './turn.ts';

/**
 * A session nobody has spoken to yet.
 *
 * @param options.player @default client
 * @param options.configs what it is set to before any client says anything, one on top of the other
 */
export function initialState(options: {
  readonly model: string;
  readonly expiresAtSeconds: number;
  readonly newId: (prefix: string) => string;
  readonly player?: Player;
  readonly configs?: readonly SessionPatch[];
}): SessionState {
  const { expiresAtSeconds, newId, player = 'client', configs = [] } = options;
  const model = configs.findLast((config) => config.model !== undefined)?.model ?? options.model;
  const conversationId = newId('conv');
  const session = newSession({ id: newId('sess'), model, expiresAtSeconds });
  return {
    conversationId,
    player,
    session: configs.reduce(mergeSession, session),
    items: [],
    turn: { phase: 'silent' },
    transcribing: [],
    response: { phase: 'idle' },
    owesResponse: false,
    hasSpoken: false,
  };
}

/**
 * What a session does next. Pure but for the ids it asks for.
 *
 * Source: OpenAI's Realtime protocol, in the order of events its clients rely on.
 */
export function step(state: SessionState, event: SessionEvent, context: StepContext): Step {
  switch (event.type) {
    case 'opened':
      return open(state);
    case 'received':
      return onReceived(state, event.event, context);
    case 'refused':
      return {
        state,
        effects: send({ type: 'error', error: { type: 'invalid_request_error', ...event.error } }),
      };
    case 'voice_started':
      return onVoiceStarted(state, event, context);
    case 'voice_stopped':
      return onVoiceStopped(state, event, context);
    case 'words_heard':
      return onWordsHeard(state, event.text);
    case 'audio_committed':
      return onAudioCommitted(state, event, context);
    case 'transcribed':
      return onTranscribed(state, event, context);
    case 'transcription_failed':
      return onTranscriptionFailed(state, event);
    case 'wait_checked':
      return onWaitChecked(state, event);
    case 'output_started':
      return tell(state, { type: 'output_audio_buffer.started', response_id: event.responseId });
    case 'output_stopped':
      return tell(state, { type: 'output_audio_buffer.stopped', response_id: event.responseId });
    case 'output_cut':
      return onOutputCut(state, event);
    default:
      return isCurrent(state, event.responseId)
        ? respond(state, event, context)
        : { state, effects: [] }; // news of a response that has been cancelled meanwhile
  }
}

function open(state: SessionState): Step {
  const { session } = state;
  const isSet = session.instructions !== '' || session.tools.length > 0;
  return {
    state,
    effects: [
      { type: 'hear_through', line: heardLine(session) },
      { type: 'listen', listening: listeningOf(session) },
      ...(isSet ? [{ type: 'adapt_ears' as const, context: recognizerContext(session) }] : []),
    ],
  };
}

const tell = (state: SessionState, event: ServerEventBody): Step => ({
  state,
  effects: send(event),
});

function isCurrent(state: SessionState, responseId: string): boolean {
  return state.response.phase === 'running' && state.response.head.id === responseId;
}

type ResponseEvent = Exclude<
  Extract<SessionEvent, { readonly responseId: string }>,
  { readonly type: 'wait_checked' | 'output_started' | 'output_stopped' }
>;

function respond(state: SessionState, event: ResponseEvent, context: StepContext): Step {
  switch (event.type) {
    case 'say_started':
      return openMessage(state, event.text, context);
    case 'speech_made':
      return addSpeech(state, event.chunk);
    case 'text_made':
      return addText(state, event.text);
    case 'say_ended':
      return closeMessage(state, 'completed');
    case 'call_made':
      return call(state, event, context);
    case 'response_ended':
      return onResponseEnded(state, context);
    case 'response_failed':
      return onResponseFailed(state, event, context);
  }
}

function call(
  state: SessionState,
  event: Extract<SessionEvent, { readonly type: 'call_made' }>,
  context: StepContext,
): Step {
  if (state.response.phase !== 'running') return { state, effects: [] };
  const { head } = state.response;
  const stop = { type: 'stop_responding', responseId: head.id } as const;
  // Clients answer a call they cannot make with silence, so it never reaches them.
  if (!head.tools.some((tool) => tool.name === event.name) || !isJsonObject(event.arguments)) {
    const message = `The mind called '${event.name}' in a way that no tool of the session allows.`;
    const failed = onResponseFailed(state, { part: 'mind', message }, context);
    return { state: failed.state, effects: [stop, ...failed.effects] };
  }
  const called = addCall(state, event, context);
  if (head.parallelToolCalls) return called;
  const stopped: Step = { state: called.state, effects: [...called.effects, stop] };
  return andThen(stopped, (now) => endCompleted(now, context));
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
