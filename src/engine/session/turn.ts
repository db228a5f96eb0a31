import { listeningOf, turnRules } from './config.ts';
import { insertItem, replaceItem, toWire } from './conversation.ts';
import { andThen, refuse, send, type Step, type StepContext } from './events.ts';
import { announceResponse, beginWhenReady, cancelResponse } from './response.ts';
import type { Item, SessionState } from './state.ts';

/** Shortest audio a client may commit by itself. */
const minCommitMs = 100;

/** The caller begins to speak: what is being said is cut, where the session has it so. */
export function onVoiceStarted(state: SessionState, atMs: number, context: StepContext): Step {
  const itemId = context.newId('item');
  const fromMs = Math.max(0, Math.round(atMs - (listeningOf(state.session)?.prefixMs ?? 0)));
  const started: Step = {
    state: { ...state, turn: { phase: 'speaking', itemId } },
    effects: [
      ...send({
        type: 'input_audio_buffer.speech_started',
        item_id: itemId,
        audio_start_ms: fromMs,
      }),
      { type: 'begin_utterance', fromMs },
    ],
  };
  if (!turnRules(state.session).interrupts) return started;
  return andThen(started, (now) => cancelResponse(now, 'turn_detected'));
}

/** The caller has finished: the turn joins the conversation and is answered. */
export function onVoiceStopped(state: SessionState, atMs: number, context: StepContext): Step {
  if (state.turn.phase !== 'speaking') return { state, effects: [] };
  const { itemId } = state.turn;
  const stopped: Step = {
    state: { ...state, turn: { phase: 'silent' } },
    effects: send({
      type: 'input_audio_buffer.speech_stopped',
      item_id: itemId,
      audio_end_ms: Math.round(atMs),
    }),
  };
  return andThen(
    andThen(stopped, (now) => commit(now, itemId)),
    (now) => answer(now, context),
  );
}

function answer(state: SessionState, context: StepContext): Step {
  if (!turnRules(state.session).creates) return { state, effects: [] };
  switch (state.response.phase) {
    case 'idle':
      return announceResponse(state, {}, context);
    case 'waiting': // that one has not begun, so it will see this turn too
      return { state, effects: [] };
    case 'running':
      return { state: { ...state, owesResponse: true }, effects: [] };
  }
}

/** The client ended the buffer itself. No response follows unless it asks for one. */
export function onAudioCommitted(
  state: SessionState,
  committed: { readonly durationMs: number; readonly eventId: string | null },
  context: StepContext,
): Step {
  if (committed.durationMs < minCommitMs) {
    return refuse(state, {
      code: 'input_audio_buffer_commit_empty',
      message: `Error committing input audio buffer: buffer too small. Expected at least ${minCommitMs}ms of audio, but buffer only has ${committed.durationMs.toFixed(2)}ms of audio.`,
      eventId: committed.eventId,
    });
  }
  const itemId = state.turn.phase === 'speaking' ? state.turn.itemId : context.newId('item');
  return commit({ ...state, turn: { phase: 'silent' } }, itemId);
}

function commit(state: SessionState, itemId: string): Step {
  const item: Item = { type: 'heard', id: itemId, transcript: null, confidence: null, audioMs: 0 };
  const previous = { previous_item_id: state.items.at(-1)?.id ?? null };
  const wire = toWire(item);
  return {
    state: { ...insertItem(state, item), transcribing: [...state.transcribing, itemId] },
    effects: [
      ...send(
        { type: 'input_audio_buffer.committed', ...previous, item_id: itemId },
        { type: 'conversation.item.added', ...previous, item: wire },
        { type: 'conversation.item.done', ...previous, item: wire },
      ),
      { type: 'finish_utterance', itemId },
    ],
  };
}

/** The words are known. An empty text is a turn too: the mind asks again. */
export function onTranscribed(
  state: SessionState,
  heard: {
    readonly itemId: string;
    readonly text: string;
    readonly confidence: number;
    readonly durationMs: number;
  },
): Step {
  const { itemId, text, confidence, durationMs } = heard;
  const at = { item_id: itemId, content_index: 0 };
  const words = settle(state, {
    type: 'heard',
    id: itemId,
    transcript: text,
    confidence,
    audioMs: durationMs,
  });
  const told: Step = {
    state: words,
    effects: state.session.audio.input.transcription
      ? send(
          { type: 'conversation.item.input_audio_transcription.delta', ...at, delta: text },
          {
            type: 'conversation.item.input_audio_transcription.completed',
            ...at,
            transcript: text,
            usage: { type: 'duration', seconds: durationMs / 1_000 },
          },
        )
      : [],
  };
  return andThen(told, beginWhenReady);
}

/** The recogniser failed on this turn; the mind gets it as one it did not understand. */
export function onTranscriptionFailed(
  state: SessionState,
  failed: { readonly itemId: string; readonly message: string; readonly durationMs: number },
): Step {
  const { itemId, message, durationMs } = failed;
  const silent = settle(state, {
    type: 'heard',
    id: itemId,
    transcript: '',
    confidence: 0,
    audioMs: durationMs,
  });
  const told: Step = {
    state: silent,
    effects: send({
      type: 'conversation.item.input_audio_transcription.failed',
      item_id: itemId,
      content_index: 0,
      error: { type: 'server_error', code: 'transcription_failed', message },
    }),
  };
  return andThen(told, beginWhenReady);
}

function settle(state: SessionState, item: Item): SessionState {
  const transcribing = state.transcribing.filter((id) => id !== item.id);
  return { ...replaceItem(state, item), transcribing };
}
