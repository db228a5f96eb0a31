import { lastAsked } from './asked.ts';
import { listeningOf, turnRules } from './config.ts';
import { insertItem, replaceItem, toWire } from './conversation.ts';
import { andThen, refuse, send, type Effect, type Step, type StepContext } from './events.ts';
import { isIgnorable } from './noise.ts';
import { announceResponse, beginWhenReady, cancelResponse, leaveUnanswered } from './response.ts';
import type { Item, SessionState, Transcribing, TurnAbout } from './state.ts';

/** Shortest audio a client may commit by itself. */
const minCommitMs = 100;

/** The caller begins to speak: what is being said is cut, where the session has it so. */
export function onVoiceStarted(
  state: SessionState,
  voice: { readonly atMs: number; readonly unheardMs: number },
  context: StepContext,
): Step {
  const { atMs, unheardMs } = voice;
  const itemId = context.newId('item');
  const fromMs = Math.max(0, Math.round(atMs - (listeningOf(state.session)?.prefixMs ?? 0)));
  const asked = lastAsked(state.items, unheardMs);
  const overAgent = unheardMs > 0;
  const about: TurnAbout = { asked, overAgent, spokenMs: null };
  const started: Step = {
    state: { ...state, turn: { phase: 'speaking', itemId, about, words: [], told: [] } },
    effects: [
      ...send({
        type: 'input_audio_buffer.speech_started',
        item_id: itemId,
        audio_start_ms: fromMs,
      }),
      { type: 'begin_utterance', fromMs, asked, overAgent },
    ],
  };
  if (!turnRules(state.session).interrupts) return started;
  return andThen(
    andThen(started, (now) => cancelResponse(now, 'turn_detected')),
    (now) => ({ state: now, effects: [{ type: 'silence_agent' }] }),
  );
}

/**
 * The words so far. Clients only add to what they were told, so they are told the words that did not
 * change between two accounts; `completed` tells them what was really said.
 */
export function onWordsHeard(state: SessionState, text: string): Step {
  const { turn } = state;
  if (turn.phase !== 'speaking') return { state, effects: [] };
  const words = text.split(' ').filter((word) => word !== '');
  const changed = words.findIndex((word, index) => word !== turn.words[index]);
  const stable = changed < 0 ? words : words.slice(0, changed);
  const isMore =
    stable.length > turn.told.length && turn.told.every((word, index) => word === stable[index]);
  const told = isMore && state.session.audio.input.transcription ? stable : turn.told;
  const next: SessionState = { ...state, turn: { ...turn, words, told } };
  if (told === turn.told) return { state: next, effects: [] };
  const delta = `${turn.told.length > 0 ? ' ' : ''}${told.slice(turn.told.length).join(' ')}`;
  return {
    state: next,
    effects: send({
      type: 'conversation.item.input_audio_transcription.delta',
      item_id: turn.itemId,
      content_index: 0,
      delta,
    }),
  };
}

/** The caller has finished: the turn joins the conversation and is answered. */
export function onVoiceStopped(
  state: SessionState,
  voice: { readonly atMs: number; readonly spokenMs: number },
  context: StepContext,
): Step {
  const { turn } = state;
  if (turn.phase !== 'speaking') return { state, effects: [] };
  const { itemId } = turn;
  const stopped: Step = {
    state: { ...state, turn: { phase: 'silent' } },
    effects: send({
      type: 'input_audio_buffer.speech_stopped',
      item_id: itemId,
      audio_end_ms: Math.round(voice.atMs),
    }),
  };
  const about = { ...turn.about, spokenMs: voice.spokenMs };
  const transcribing = { itemId, about, told: turn.told.join(' ') };
  return andThen(
    andThen(stopped, (now) => commit(now, transcribing)),
    (now) => answer(now, itemId, context),
  );
}

function answer(state: SessionState, itemId: string, context: StepContext): Step {
  if (!turnRules(state.session).creates) return { state, effects: [] };
  switch (state.response.phase) {
    case 'idle':
      return announceResponse(state, { forItemId: itemId }, context);
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
  const { turn } = state;
  const [itemId, about, told] =
    turn.phase === 'speaking'
      ? [turn.itemId, turn.about, turn.told]
      : [context.newId('item'), unknownTurn, []];
  const silent = { ...state, turn: { phase: 'silent' as const } };
  return commit(silent, { itemId, about, told: told.join(' ') });
}

const unknownTurn: TurnAbout = { asked: '', overAgent: false, spokenMs: null };

function commit(state: SessionState, turn: Transcribing): Step {
  const { itemId } = turn;
  const item: Item = { ...blankHeard, id: itemId };
  const previous = { previous_item_id: state.items.at(-1)?.id ?? null };
  const wire = toWire(item);
  return {
    state: { ...insertItem(state, item), transcribing: [...state.transcribing, turn] },
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

const blankHeard = {
  type: 'heard',
  transcript: null,
  confidence: null,
  audioMs: 0,
  spokenMs: null,
  isNoise: false,
} as const;

/** The words are known. An empty text is a turn too: the mind asks again, unless it was but a sound. */
export function onTranscribed(
  state: SessionState,
  heard: {
    readonly itemId: string;
    readonly text: string;
    readonly confidence: number;
    readonly durationMs: number;
  },
  context: StepContext,
): Step {
  const { itemId, text, confidence, durationMs } = heard;
  const turn = state.transcribing.find((one) => one.itemId === itemId);
  const before = state.items.slice(
    0,
    Math.max(
      0,
      state.items.findIndex(({ id }) => id === itemId),
    ),
  );
  const isNoise =
    turn !== undefined && isIgnorable({ text, confidence, about: turn.about }, before);
  const known: Item = {
    ...{ type: 'heard', id: itemId, transcript: text, confidence, audioMs: durationMs, isNoise },
    spokenMs: turn?.about.spokenMs ?? null,
  };
  const settled = settle(state, known);
  const told: Step = { state: settled, effects: transcript(state, heard, turn?.told ?? '') };
  return andThen(told, (now) =>
    isNoise ? leaveUnanswered(now, itemId, context) : beginWhenReady(now),
  );
}

function transcript(
  state: SessionState,
  heard: { readonly itemId: string; readonly text: string; readonly durationMs: number },
  told: string,
): readonly Effect[] {
  if (!state.session.audio.input.transcription) return [];
  const { itemId, text, durationMs } = heard;
  const at = { item_id: itemId, content_index: 0 };
  const delta = told === '' ? text : text.startsWith(`${told} `) ? text.slice(told.length) : null;
  return send(
    ...(delta === null
      ? []
      : [{ type: 'conversation.item.input_audio_transcription.delta' as const, ...at, delta }]),
    {
      type: 'conversation.item.input_audio_transcription.completed',
      ...at,
      transcript: text,
      usage: { type: 'duration', seconds: durationMs / 1_000 },
    },
  );
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
    spokenMs: null,
    isNoise: false,
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
  const transcribing = state.transcribing.filter(({ itemId }) => itemId !== item.id);
  return { ...replaceItem(state, item), transcribing };
}
