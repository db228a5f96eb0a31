import type { ResponseParams, ResponseView, StatusDetails } from '../../protocol/index.ts';
import type { MindInput } from '../mind/port.ts';
import { responseHead, turnRules, wholeFormat } from './config.ts';
import { inputItems, mindItems } from './conversation.ts';
import { andThen, send, type Speech, type Step, type StepContext } from './events.ts';
import { closeMessage } from './response-items.ts';
import type { ResponseFailure, ResponseHead, SessionState } from './state.ts';
import { inputTokens, usageOf } from './usage.ts';

/** A waiting response begins anyway once no audio has come in for this long. */
const giveUpQuietMs = 1_000;
/** Or once it has waited this long for the caller to stop speaking. */
const giveUpWaitMs = 8_000;

const apology = "I'm sorry, something went wrong on my side. Could you say that again?";

/** Announces a response; it begins as soon as the caller has finished and is understood. */
export function announceResponse(
  state: SessionState,
  about: { readonly params?: ResponseParams; readonly forItemId?: string },
  context: StepContext,
): Step {
  const { params = {}, forItemId = null } = about;
  const head = {
    ...responseHead(state.session, params, context.newId('resp')),
    input: inputItems(state.items, params, context),
  };
  const announced: Step = {
    state: { ...state, owesResponse: false, response: { phase: 'waiting', head, forItemId } },
    effects: send(
      { type: 'response.created', response: view(state, head, { status: 'in_progress' }) },
      // Required by the order of events; nothing is limited here.
      { type: 'rate_limits.updated', rate_limits: [] },
    ),
  };
  const begun = andThen(announced, beginWhenReady);
  if (begun.state.response.phase !== 'waiting') return begun;
  return { ...begun, effects: [...begun.effects, { type: 'check_wait', responseId: head.id }] };
}

/** Lets a waiting response begin, unless the caller is speaking or not yet understood. */
export function beginWhenReady(state: SessionState): Step {
  const speaking = state.turn.phase === 'speaking' && turnRules(state.session).interrupts;
  return speaking || state.transcribing.length > 0 ? { state, effects: [] } : begin(state);
}

/** Nobody has to answer the turn: the response that was announced for it ends with nothing in it. */
export function leaveUnanswered(state: SessionState, itemId: string, context: StepContext): Step {
  const { response } = state;
  const isOurs = response.phase === 'waiting' && response.forItemId === itemId;
  if (!isOurs || state.transcribing.length > 0) return beginWhenReady(state);
  return endCompleted(state, context);
}

/** A waiting response does not wait for ever: a muted microphone never ends its turn. */
export function onWaitChecked(
  state: SessionState,
  check: { readonly responseId: string; readonly waitedMs: number; readonly quietMs: number },
): Step {
  const { response } = state;
  if (response.phase !== 'waiting' || response.head.id !== check.responseId) {
    return { state, effects: [] };
  }
  const givesUp = check.quietMs >= giveUpQuietMs || check.waitedMs >= giveUpWaitMs;
  if (givesUp && state.transcribing.length === 0) return begin(state);
  return { state, effects: [{ type: 'check_wait', responseId: check.responseId }] };
}

function begin(state: SessionState): Step {
  const { response } = state;
  if (response.phase !== 'waiting') return { state, effects: [] };
  const { head } = response;
  const { toolChoice } = head;
  const input: MindInput = {
    instructions: head.instructions,
    tools: head.tools,
    toolChoice: typeof toolChoice === 'string' ? toolChoice : { name: toolChoice.name },
    items: mindItems(head.input ?? state.items),
  };
  return {
    state: {
      ...state,
      response: {
        phase: 'running',
        head,
        output: [],
        openItemId: null,
        detached: [],
        inputTokens: inputTokens(head, head.input ?? state.items),
        failure: null,
      },
    },
    effects: [{ type: 'respond', responseId: head.id, input, speech: speechOf(head) }],
  };
}

const speechOf = (head: ResponseHead): Speech | null =>
  head.modality === 'audio' ? { voice: head.voice, speed: head.speed } : null;

/** Ends the active response early; does nothing when there is none. */
export function cancelResponse(
  state: SessionState,
  reason: 'turn_detected' | 'client_cancelled',
): Step {
  const { response } = state;
  if (response.phase === 'idle') return { state, effects: [] };
  const stopped: Step = {
    state,
    effects: [{ type: 'stop_responding', responseId: response.head.id }],
  };
  const closed = andThen(stopped, (now) => closeMessage(now, 'incomplete'));
  return andThen(closed, (now) => end(now, 'cancelled', { type: 'cancelled', reason }));
}

/** The mind has no more to do. */
export function onResponseEnded(state: SessionState, context: StepContext): Step {
  const { response } = state;
  if (response.phase !== 'running') return { state, effects: [] };
  return response.failure
    ? endFailed(state, response.failure, context)
    : endCompleted(state, context);
}

/** Ends the active response as planned, and begins the one that is owed, if any. */
export function endCompleted(state: SessionState, context: StepContext): Step {
  return andThen(end(state, 'completed'), (now) => payOwed(now, context));
}

/** A part failed: the caller hears a sentence when there is still a voice, and the session goes on. */
export function onResponseFailed(
  state: SessionState,
  failed: { readonly part: 'mind' | 'mouth'; readonly message: string },
  context: StepContext,
): Step {
  const { response } = state;
  if (response.phase !== 'running') return { state, effects: [] };
  const closed = closeMessage(state, 'incomplete');
  const code = failed.part === 'mind' ? 'mind_failed' : 'speech_failed';
  const failure = response.failure ?? { code, message: failed.message };
  if (failed.part === 'mouth' || response.failure) {
    return andThen(closed, (now) => endFailed(now, failure, context));
  }
  return andThen(closed, (now) => ({
    state:
      now.response.phase === 'running' ? { ...now, response: { ...now.response, failure } } : now,
    effects: [
      {
        type: 'apologise',
        responseId: response.head.id,
        text: apology,
        speech: speechOf(response.head),
      },
    ],
  }));
}

function endFailed(state: SessionState, failure: ResponseFailure, context: StepContext): Step {
  const error = { type: 'server_error', ...failure };
  const ended = andThen(end(state, 'failed', { type: 'failed', error }), (now) => ({
    state: now,
    effects: send({
      type: 'error',
      error: { ...failure, type: 'server_error', param: null, event_id: null },
    }),
  }));
  return andThen(ended, (now) => payOwed(now, context));
}

function payOwed(state: SessionState, context: StepContext): Step {
  return state.owesResponse ? announceResponse(state, {}, context) : { state, effects: [] };
}

function end(
  state: SessionState,
  status: 'completed' | 'cancelled' | 'failed',
  details?: StatusDetails,
): Step {
  const { response } = state;
  if (response.phase === 'idle') return { state, effects: [] };
  const output = response.phase === 'running' ? response.output : [];
  const detached = response.phase === 'running' ? response.detached : [];
  const input = response.phase === 'running' ? response.inputTokens : { text: 0, audio: 0 };
  return {
    state: { ...state, response: { phase: 'idle' } },
    effects: [
      ...send({
        type: 'response.done',
        response: view(state, response.head, {
          status,
          output: [...output],
          usage: usageOf(input, output, [...state.items, ...detached]),
          ...(details ? { status_details: details } : {}),
        }),
      }),
      { type: 'end_response', responseId: response.head.id },
    ],
  };
}

function view(
  state: SessionState,
  head: ResponseHead,
  rest: Pick<ResponseView, 'status'> & Partial<ResponseView>,
): ResponseView {
  return {
    id: head.id,
    object: 'realtime.response',
    output: [],
    ...(head.joinsConversation ? { conversation_id: state.conversationId } : {}),
    output_modalities: [head.modality],
    max_output_tokens: head.maxOutputTokens,
    metadata: head.metadata && { ...head.metadata },
    audio: { output: { format: wholeFormat({ type: head.format }), voice: head.voice } },
    ...rest,
  };
}
