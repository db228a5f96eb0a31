import { bytesToPcm, type CreateResampler } from '../../audio/index.ts';
import { messageOf, supervised, type Clock, type Log, type NewId } from '../../lib/index.ts';
import { decodeClientFrame } from '../../protocol/index.ts';
import { earsRateHz, type Ears } from '../ears/port.ts';
import type { Mind } from '../mind/port.ts';
import { mouthRateHz, type Mouth } from '../mouth/port.ts';
import type { Effect, SessionEvent } from './events.ts';
import { createHearing } from './hearing.ts';
import { createPlayback } from './playback.ts';
import { createResponder } from './responder.ts';
import { initialState, step } from './step.ts';

/** What sessions are made of. The parts are shared by all of them. */
export interface SessionParts {
  /** Null when this machine cannot hear: audio is then taken and passed over. */
  readonly ears: Ears | null;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly createResampler: CreateResampler;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** One Realtime session, whatever carries its frames. */
export interface Session extends AsyncDisposable {
  /** A text frame from the client. Never throws. */
  receive(frame: string): void;
}

/** Longest audio in one `input_audio_buffer.append`. */
export const maxAppendMs = 15_000;
/** Frames in a row that make no sense before the client is sent away. */
export const maxGarbage = 20;
const sessionLifeSeconds = 3_600;
const waitCheckMs = 250;

/**
 * Opens a session and greets the client with `session.created`.
 *
 * @param options.send puts a text frame on the wire.
 * @param options.sendAway closes the wire on a client that talks nonsense.
 */
export function openSession(
  parts: SessionParts,
  options: {
    readonly model: string;
    readonly send: (frame: string) => void;
    readonly sendAway: (reason: string) => void;
  },
): Session {
  const { clock, newId, log } = parts;
  const spawn = supervised(log);
  const expiresAtSeconds = Math.floor(clock.nowMs() / 1_000) + sessionLifeSeconds;
  let state = initialState({ model: options.model, expiresAtSeconds, newId });
  let eventCount = 0;
  let garbage = 0;
  let lastAudioMs = clock.monotonicMs();
  let wait: { readonly responseId: string; readonly sinceMs: number } | null = null;
  let cancelWaitTimer: () => void = () => undefined;
  let hasFailedToHear = false;
  let closed = false;

  const playback = createPlayback(clock);
  const hearing = parts.ears
    ? createHearing({
        ears: parts.ears,
        resampler: parts.createResampler({ fromHz: mouthRateHz, toHz: earsRateHz }),
        spawn,
        isAgentHeard: () => playback.unheardMs() > 0,
        report: (heard) =>
          dispatch(
            heard.type === 'voice_started' ? { ...heard, unheardMs: playback.unheardMs() } : heard,
          ),
      })
    : null;
  const responder = createResponder({
    mind: parts.mind,
    mouth: parts.mouth,
    spawn,
    report: dispatch,
  });

  function dispatch(event: SessionEvent): void {
    if (closed) return;
    const next = step(state, event, { newId });
    if (event.type === 'speech_made' && next.state !== state) {
      playback.add(event.chunk.samples.length / (mouthRateHz / 1_000));
    }
    state = next.state;
    for (const effect of next.effects) run(effect);
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'send': {
        eventCount += 1;
        const stamped = { event_id: `event_${eventCount}`, ...effect.event };
        options.send(JSON.stringify(stamped));
        return;
      }
      case 'hear': {
        hear(effect.audio, effect.eventId);
        return;
      }
      case 'listen':
        return hearing?.listen(effect.listening);
      case 'adapt_ears':
        return hearing?.adapt(effect.context);
      case 'begin_utterance':
        return hearing?.begin(effect.fromMs, effect);
      case 'finish_utterance':
        return hearing?.finish(effect.itemId);
      case 'commit_audio': {
        const { eventId } = effect;
        const durationMs = hearing?.bufferedMs() ?? 0;
        dispatch({ type: 'audio_committed', durationMs, eventId });
        return;
      }
      case 'clear_audio':
        return hearing?.clear();
      case 'check_wait': {
        checkWaitLater(effect.responseId);
        return;
      }
      case 'respond':
      case 'apologise': {
        responder.start(effect);
        return;
      }
      case 'silence_agent':
        return playback.cut();
      case 'stop_responding': {
        responder.stop(effect.responseId);
        return;
      }
    }
  }

  function hear(base64: string, eventId: string | null): void {
    const bytes = Buffer.from(base64, 'base64');
    const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
    const isWhole = base64.length % 4 === 0 && bytes.length === (base64.length / 4) * 3 - padding;
    if (!isWhole || bytes.length % 2 !== 0) {
      const message =
        "Invalid 'audio'. Expected base64 of PCM 16 bit little endian mono at 24 kHz.";
      refuse('invalid_value', message, eventId);
      return;
    }
    if (bytes.length > (maxAppendMs * mouthRateHz * 2) / 1_000) {
      const message = `Invalid 'audio': at most ${maxAppendMs / 1_000} s at a time.`;
      refuse('input_audio_buffer_append_too_large', message, eventId);
      return;
    }
    lastAudioMs = clock.monotonicMs();
    try {
      hearing?.push(bytesToPcm(bytes));
    } catch (thrown) {
      // Audio comes 50 times a second: once is enough to know.
      if (!hasFailedToHear) log.error('hearing failed on audio', { error: messageOf(thrown) });
      hasFailedToHear = true;
    }
  }

  function refuse(code: string, message: string, eventId: string | null): void {
    dispatch({ type: 'refused', error: { code, message, param: 'audio', event_id: eventId } });
  }

  function checkWaitLater(responseId: string): void {
    const nowMs = clock.monotonicMs();
    if (wait?.responseId !== responseId) wait = { responseId, sinceMs: nowMs };
    const { sinceMs } = wait;
    cancelWaitTimer();
    cancelWaitTimer = clock.setTimer(waitCheckMs, () => {
      const atMs = clock.monotonicMs();
      const waitedMs = atMs - sinceMs;
      const quietMs = Math.min(waitedMs, atMs - lastAudioMs);
      dispatch({ type: 'wait_checked', responseId, waitedMs, quietMs });
    });
  }

  function receive(frame: string): void {
    if (closed) return;
    try {
      take(frame);
    } catch (thrown) {
      // A fault of ours on this frame is this client's trouble, not that of all the others.
      log.error('a frame could not be taken', { error: messageOf(thrown) });
      options.sendAway('a fault here');
    }
  }

  function take(frame: string): void {
    const decoded = decodeClientFrame(frame);
    if (decoded.ok) {
      garbage = 0;
      dispatch({ type: 'received', event: decoded.event });
      return;
    }
    const { code, message, param, eventId } = decoded.fault;
    dispatch({ type: 'refused', error: { code, message, param, event_id: eventId } });
    garbage += 1;
    if (garbage >= maxGarbage) options.sendAway('too many frames in a row made no sense');
  }

  dispatch({ type: 'opened' });

  return {
    receive,
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      cancelWaitTimer();
      if (state.response.phase !== 'idle') responder.stop(state.response.head.id);
      await hearing?.[Symbol.asyncDispose]();
    },
  };
}
