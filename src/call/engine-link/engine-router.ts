import type { Log } from '../../lib/index.ts';
import { readEngineEvent, type EngineEvent } from './engine-event.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { FloorEvent } from '../conversation/floor.ts';
import type { HandoffEvent } from '../handoff/handoff.ts';
import type { EnginePlaybackEvent, Turns } from '../conversation/turns.ts';
import type { FunctionCall } from './transport/index.ts';

/** An `error` event of the engine. */
export type EngineError = Extract<EngineEvent, { readonly type: 'error' }>['error'];

/** How a response ended. */
export interface EndedResponse {
  readonly responseId: string;
  readonly cancelled: boolean;
  /** Null: it did not fail. */
  readonly failure: string | null;
}

/** Where the engine's events go. */
export interface EngineRoutes {
  readonly turns: Turns;
  readonly conversation: Pick<Conversation, 'added' | 'deleted' | 'words'>;
  readonly log: Log;
  floor(event: FloorEvent): void;
  handoff(event: Extract<HandoffEvent, { type: 'session_updated' | 'engine_error' }>): void;
  functionCall(call: FunctionCall): void;
  responseBegan(responseId: string, metadata: Readonly<Record<string, unknown>> | null): void;
  responseEnded(response: EndedResponse): void;
  callerSpeaks(speaking: boolean): void;
  /** The caller pressed a key of their telephone. */
  keyed(key: string): void;
  playback(event: EnginePlaybackEvent): void;
  sessionUpdated(instructions: string | null): void;
  failed(error: EngineError): void;
  nowMs(): number;
}

/**
 * What the SDK draws nothing from that a call uses: pieces of words, and where parts begin and end. It
 * would parse each twice and clone it; there are more of these than of all others together.
 */
const notForSdk: ReadonlySet<string> = new Set([
  'conversation.item.input_audio_transcription.delta',
  'rate_limits.updated',
  'response.content_part.added',
  'response.content_part.done',
  'response.function_call_arguments.delta',
  'response.function_call_arguments.done',
  'response.output_audio.done',
  'response.output_audio_transcript.delta',
  'response.output_audio_transcript.done',
  'response.output_text.delta',
  'response.output_text.done',
]);

/**
 * @returns a function that takes each frame that is not audio, and says whether the SDK is to have it
 * as well. Never throws for what is in it.
 */
export function createEngineRouter(routes: EngineRoutes): (frame: string) => boolean {
  const said = new Set<string>(); // an engine that is out of order is so many times a second
  return (frame) => {
    const read = readEngineEvent(frame);
    if (read.kind === 'malformed') {
      const level = said.has(read.type) ? 'debug' : 'warn';
      said.add(read.type);
      routes.log[level]('engine event dropped', { event: read.type });
      return true;
    }
    if (read.kind === 'ignored') return !notForSdk.has(read.type);
    const call = functionCallIn(read.event);
    route(read.event, routes);
    if (call) routes.functionCall(call);
    return !call && !notForSdk.has(read.event.type);
  };
}

/** The function call that this finishes, if it does. */
function functionCallIn(event: EngineEvent): FunctionCall | null {
  if (event.type !== 'response.output_item.done') return null;
  const { item, response_id: responseId } = event;
  if (item.type !== 'function_call' || item.status !== 'completed') return null;
  const { id: itemId, call_id: callId = '', name = '', arguments: text = '' } = item;
  return { itemId, callId, name, arguments: text, responseId };
}

function route(event: EngineEvent, routes: EngineRoutes): void {
  const { turns } = routes;
  switch (event.type) {
    case 'session.updated': {
      const instructions = event.session.instructions ?? null;
      routes.sessionUpdated(instructions);
      return routes.handoff({ type: 'session_updated', instructions, nowMs: routes.nowMs() });
    }
    case 'error':
      routes.handoff({ type: 'engine_error', eventId: event.error.event_id ?? null });
      return routes.failed(event.error);
    case 'input_audio_buffer.speech_started':
      return routes.callerSpeaks(true);
    case 'input_audio_buffer.speech_stopped':
      return routes.callerSpeaks(false);
    case 'input_audio_buffer.dtmf_event_received':
      return routes.keyed(event.event);
    case 'input_audio_buffer.committed':
      turns.callerCommitted(event.item_id);
      return routes.floor({ type: 'caller_finished' });
    case 'conversation.item.input_audio_transcription.delta':
      return turns.callerWords(event.item_id, event.delta);
    case 'conversation.item.input_audio_transcription.completed':
      routes.conversation.words(event.item_id, event.transcript);
      return turns.callerTranscript(event.item_id, event.transcript);
    case 'conversation.item.input_audio_transcription.failed':
      return turns.callerTranscript(event.item_id, null);
    case 'conversation.item.added':
    case 'conversation.item.done': {
      const { id, type, role, name, call_id: callId, arguments: args, output } = event.item;
      const text = transcriptOf(event.item);
      const item = { id, type, role, name, callId, arguments: args, output, text };
      return routes.conversation.added(item, event.previous_item_id);
    }
    case 'conversation.item.deleted':
      return routes.conversation.deleted(event.item_id);
    case 'conversation.item.retrieved':
      return turns.itemRetrieved(event.item.id, transcriptOf(event.item));
    case 'response.created':
      routes.responseBegan(event.response.id, event.response.metadata ?? null);
      return routes.floor({ type: 'created', responseId: event.response.id });
    case 'response.done': {
      const { id, status, status_details: details } = event.response;
      turns.responseEnded(id, { early: status !== 'completed' });
      routes.floor({ type: 'done', responseId: id });
      const failure = status === 'failed' ? (details?.error?.code ?? 'response_failed') : null;
      return routes.responseEnded({ responseId: id, cancelled: status === 'cancelled', failure });
    }
    case 'output_audio_buffer.started':
      return routes.playback({ type: 'started', responseId: event.response_id });
    case 'output_audio_buffer.stopped':
      return routes.playback({ type: 'stopped', responseId: event.response_id });
    case 'output_audio_buffer.cleared':
      return routes.playback({ type: 'cleared', responseId: event.response_id });
    case 'conversation.item.truncated': {
      const { item_id: itemId, audio_end_ms: audioEndMs } = event;
      return routes.playback({ type: 'truncated', itemId, audioEndMs });
    }
    case 'response.output_audio_transcript.delta': {
      const { item_id: itemId, response_id: responseId, delta: text } = event;
      return turns.agentWords({ itemId, responseId, text });
    }
    case 'response.output_audio_transcript.done':
      return turns.agentTranscript(event.item_id, event.transcript);
    case 'response.output_item.done':
      return turns.itemEnded(event.item.id, { early: event.item.status === 'incomplete' });
  }
}

function transcriptOf(item: {
  readonly content?:
    | readonly {
        readonly transcript?: string | null | undefined;
        readonly text?: string | null | undefined;
      }[]
    | undefined;
}): string | null {
  const parts = item.content ?? [];
  const text = parts
    .map((part) => part.transcript ?? part.text ?? '')
    .join(' ')
    .trim();
  return text === '' ? null : text;
}
