import type { CreateResampler } from '../../audio/index.ts';
import { messageOf, supervised, type Clock, type Log, type NewId } from '../../lib/index.ts';
import {
  decodeClientFrame,
  type ServerEventBody,
  type SessionPatch,
  type SessionView,
} from '../../protocol/index.ts';
import type { Ears } from '../ears/port.ts';
import type { Mind } from '../mind/port.ts';
import { mouthRateHz, type Mouth } from '../mouth/port.ts';
import type { Effect, SessionEvent } from './events.ts';
import { createFrameOutput } from './frame-output.ts';
import { createHearing } from './hearing.ts';
import { createLineOutput } from './line-output.ts';
import { createResponder } from './responder.ts';
import { readAppended } from './sound-in.ts';
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

/** Whoever takes part in a session: a socket, a data channel. */
export interface SessionClient {
  /** Takes a text frame. */
  send(frame: string): void;
  /** Closes the way to a client that talks nonsense. */
  sendAway(reason: string): void;
}

/** A client's place in a session. */
export interface Seat {
  /** A text frame from the client. Never throws. */
  receive(frame: string): void;
  /** It gets no more frames. Idempotent. */
  leave(): void;
}

/** One Realtime session, whatever carries its frames and its sound. */
export interface Session extends AsyncDisposable {
  /**
   * Another client takes part: it is greeted with `session.created`, gets every event from here on, and
   * may say what any other may. An error that answers a frame goes to its sender alone.
   */
  join(client: SessionClient): Seat;
  /** The caller's sound where it comes by a line of its own: PCM 24 kHz, any length. */
  hear(samples: Int16Array): void;
  /** The line carries sound from now on; what was said before is played now. */
  lineOpened(): void;
}

/** What a session is opened with. */
export interface SessionOptions {
  readonly model: string;
  /** What it is set to before any client says anything, one on top of the other. @default nothing */
  readonly configs?: readonly SessionPatch[];
  /**
   * Plays 20 ms of speech at once, 480 samples at 24 kHz: sound then has a line of its own, and none of
   * it is in events. @default sound goes in events, both ways
   */
  readonly play?: (frame: Int16Array) => void;
}

/** Frames in a row that make no sense before the client is sent away. */
export const maxGarbage = 20;
const sessionLifeSeconds = 3_600;
const waitCheckMs = 250;

/** Opens a session that nobody takes part in yet. */
export function openSession(parts: SessionParts, options: SessionOptions): Session {
  const { clock, newId, log, createResampler } = parts;
  const { model, configs = [], play } = options;
  const spawn = supervised(log);
  const expiresAtSeconds = Math.floor(clock.nowMs() / 1_000) + sessionLifeSeconds;
  const player = play ? 'engine' : 'client';
  let state = initialState({ model, expiresAtSeconds, newId, player, configs });
  let clients: readonly SessionClient[] = [];
  /** Whose frame is being taken. */
  let asking: SessionClient | null = null;
  let eventCount = 0;
  let lastAudioMs = clock.monotonicMs();
  let wait: { readonly responseId: string; readonly sinceMs: number } | null = null;
  let cancelWaitTimer: () => void = () => undefined;
  let hasFailedToHear = false;
  let closed = false;

  const line = play ? createLineOutput({ clock, spawn, play, report: dispatch }) : null;
  const output = line ?? createFrameOutput({ clock, createResampler, send });
  const hearing = parts.ears
    ? createHearing({
        ears: parts.ears,
        createResampler,
        spawn,
        isAgentHeard: () => output.unheardMs() > 0,
        report: (heard) =>
          dispatch(
            heard.type === 'voice_started' ? { ...heard, unheardMs: output.unheardMs() } : heard,
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
    state = next.state;
    for (const effect of next.effects) run(effect);
  }

  function stamped(event: ServerEventBody): string {
    eventCount += 1;
    return JSON.stringify({ event_id: `event_${eventCount}`, ...event });
  }

  function send(event: ServerEventBody): void {
    const frame = stamped(event);
    const to = event.type === 'error' && asking ? [asking] : clients;
    for (const client of to) client.send(frame);
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'send':
        return send(effect.event);
      case 'say':
        return output.say(effect);
      case 'end_sound':
        return output.endItem(effect);
      case 'end_response':
        return output.endResponse(effect.responseId);
      case 'hear': {
        hear(effect.audio, effect.eventId);
        return;
      }
      case 'hear_through':
        return hearing?.hearThrough(effect.line);
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
        return silence();
      case 'stop_responding': {
        responder.stop(effect.responseId);
        return;
      }
    }
  }

  function silence(): void {
    const cut = output.cut();
    if (cut) dispatch({ type: 'output_cut', ...cut });
  }

  function hear(base64: string, eventId: string | null): void {
    const appended = readAppended(base64, state.session.audio.input.format.type);
    if (appended.ok) listenTo(appended.samples, appended.rateHz);
    else refuse(appended.code, appended.message, eventId);
  }

  function listenTo(samples: Int16Array, rateHz: number): void {
    lastAudioMs = clock.monotonicMs();
    try {
      hearing?.push(samples, rateHz);
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

  function join(client: SessionClient): Seat {
    let garbage = 0;
    let hasLeft = false;

    function receive(frame: string): void {
      if (closed || hasLeft) return;
      asking = client;
      try {
        take(frame);
      } catch (thrown) {
        // A fault of ours on this frame is this client's trouble, not that of all the others.
        log.error('a frame could not be taken', { error: messageOf(thrown) });
        client.sendAway('a fault here');
      } finally {
        asking = null;
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
      if (garbage >= maxGarbage) client.sendAway('too many frames in a row made no sense');
    }

    clients = [...clients, client];
    client.send(stamped({ type: 'session.created', session: state.session }));
    return {
      receive,
      leave() {
        hasLeft = true;
        clients = clients.filter((other) => other !== client);
      },
    };
  }

  dispatch({ type: 'opened' });

  return {
    join,
    hear: (samples) => listenTo(samples, mouthRateHz),
    lineOpened: () => line?.open(),
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      clients = [];
      cancelWaitTimer();
      if (state.response.phase !== 'idle') responder.stop(state.response.head.id);
      output[Symbol.dispose]();
      await hearing?.[Symbol.asyncDispose]();
    },
  };
}

/** @returns the session that such configs make, as a client of it would see it. */
export function previewSession(
  { clock, newId }: Pick<SessionParts, 'clock' | 'newId'>,
  configs: readonly SessionPatch[],
): SessionView {
  const expiresAtSeconds = Math.floor(clock.nowMs() / 1_000) + sessionLifeSeconds;
  return initialState({ model: 'offline', expiresAtSeconds, newId, configs }).session;
}
