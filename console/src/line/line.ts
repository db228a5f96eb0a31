import type { CallServerMessage } from '../../../src/protocol/api.ts';
import type { DeviceKind } from '../audio/devices.ts';
import type { Worklets } from '../audio/frames.ts';
import { openSound, type Levels, type Sound, type SoundNews } from '../audio/sound.ts';
import type { Carriage, CarriageEvents, CarriageRequest } from './carriage.ts';
import { openDirectWay } from './direct-way.ts';
import { forgetCall, keepCall, type KeptCall } from './kept-call.ts';
import {
  stepLine,
  type LineEffect,
  type LineEvent,
  type LineState,
  type Way,
} from './line-step.ts';
import { hasWebRtc } from './peer.ts';
import { openSocketWay } from './socket-way.ts';
import { openWebRtcWay } from './webrtc-way.ts';

/** One call of this page, from the button to its end. */
export interface Line {
  say(text: string): void;
  /** Keys of a telephone. */
  press(keys: string): void;
  mute(muted: boolean): void;
  choose(kind: DeviceKind, deviceId: string): void;
  /** Plays after the browser kept the page silent; only from a click. */
  unblock(): void;
  hangUp(): void;
  levels(): Levels;
  /** Leaves without a word; a call that can be gone on with waits. Idempotent. */
  close(): void;
}

/** What a line tells. */
export interface LineEvents {
  /** Where the call stands on its way. */
  state(state: LineState): void;
  received(message: CallServerMessage): void;
  /** The sound of the call, and how it changed. */
  sound(news: SoundNews): void;
}

/** What {@link openLine} needs. */
export interface LineOptions {
  /** The server's address, e.g. `https://line.example`. */
  readonly server: string;
  readonly desk: string | undefined;
  /** The desk's sound goes straight to the engine. @default false */
  readonly isDirect?: boolean;
  readonly worklets: Worklets;
  /** A call that this tab had before it was loaded again. */
  readonly kept?: KeptCall | null;
  /** Reads a message of the server; null for one that is not known. */
  readonly parse: (text: string) => CallServerMessage | null;
  readonly events: LineEvents;
}

/** What a browser holds back of the sound that came last. */
const lastSoundMs = 400;

const silence: Levels = { caller: 0, agent: 0 };

/** Places a call, or goes on with one. Best after a click: some browsers give no sound else. */
export function openLine(options: LineOptions): Line {
  const { server, events, worklets, kept = null } = options;
  const desk = kept ? kept.desk : options.desk;
  const controller = new AbortController();
  const { signal } = controller;
  let state: LineState = { name: 'idle' };
  let sound: Sound | null = null;
  let carriage: Carriage | null = null;
  let isMuted = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let lastSeq = 0;

  function happen(event: LineEvent): void {
    if (signal.aborted) return;
    const before = state;
    const stepped = stepLine(state, event, performance.now());
    state = stepped.state;
    if (state !== before) events.state(state);
    for (const effect of stepped.effects) run(effect);
  }

  function run(effect: LineEffect): void {
    switch (effect.type) {
      case 'ask_for_microphone':
        void askForMicrophone();
        return;
      case 'open':
        carriage?.close();
        carriage = open(effect.way, effect.back?.token);
        return;
      case 'close_way':
        carriage?.close();
        return;
      case 'retry_in':
        clearTimeout(retry);
        retry = setTimeout(() => happen({ type: 'retry_due' }), effect.ms);
        return;
      case 'keep':
        if (effect.ticket) keepCall({ desk, ticket: effect.ticket });
        else forgetCall();
        return;
      case 'say_goodbye':
        carriage?.send({ type: 'hang_up' });
        return;
      case 'release':
        clearTimeout(retry);
        // The last syllable is still on its way through the browser when the server has ended.
        if (state.name === 'over' && state.reason === 'ended') setTimeout(close, lastSoundMs);
        else close();
    }
  }

  async function askForMicrophone(): Promise<void> {
    const opened = await openSound((news) => {
      if (!signal.aborted) events.sound(news);
    });
    if (signal.aborted) {
      opened.close();
      return;
    }
    sound = opened;
    opened.microphone.mute(isMuted);
    happen({ type: 'microphone_settled' });
  }

  function open(way: Way, token: string | undefined): Carriage | null {
    if (!sound) return null;
    const request: CarriageRequest = {
      server,
      desk,
      back: token === undefined ? null : { token, afterSeq: lastSeq },
      sound,
      worklets,
    };
    /** A way that was given up may still have something to say. */
    const ours = (event: () => void): void => {
      if (carriage === opened) event();
    };
    const wayEvents: CarriageEvents = {
      message: (text) => ours(() => receive(text)),
      refused: (code, message) => ours(() => hear({ type: 'refused', code, message })),
      failed: () => ours(() => happen({ type: 'way_failed' })),
      lost: () => ours(() => happen({ type: 'way_lost' })),
    };
    const opened = openers[way](request, wayEvents);
    return opened;
  }

  function receive(text: string): void {
    const message = options.parse(text);
    if (message) hear(message); // a newer server may say things this page does not know
  }

  function hear(message: CallServerMessage): void {
    switch (message.type) {
      case 'started':
      case 'resumed':
        events.received(message);
        happen({ type: 'accepted', ticket: message.resume ?? null });
        return;
      case 'trail':
        if (message.event.seq <= lastSeq) return; // known from before the way was lost
        lastSeq = message.event.seq;
        break;
      case 'clear':
        carriage?.clear();
        break;
      case 'refused': {
        happen({ type: 'refused', code: message.code });
        if (state.name !== 'over') return; // it may pass
        break;
      }
      case 'ended':
      case 'moved':
        happen({ type: message.type });
        break;
      default:
    }
    events.received(message);
  }

  function close(): void {
    if (signal.aborted) return;
    controller.abort();
    clearTimeout(retry);
    carriage?.close();
    sound?.close();
  }

  const listen = { signal };
  window.addEventListener('online', () => happen({ type: 'online' }), listen);
  window.addEventListener('offline', () => happen({ type: 'offline' }), listen);
  window.addEventListener(
    'pagehide',
    () => {
      if (state.name === 'live' && state.ticket) keepCall({ desk, ticket: state.ticket });
      close();
    },
    listen,
  );

  const way = hasWebRtc() ? (options.isDirect && !kept ? 'direct' : 'webrtc') : 'socket';
  happen({ type: 'called', way, back: kept?.ticket ?? null });
  return {
    say: (text) => carriage?.send({ type: 'say', text }),
    press: (keys) => carriage?.send({ type: 'press', keys }),
    mute(muted) {
      isMuted = muted;
      sound?.microphone.mute(muted);
    },
    choose: (kind, deviceId) => sound?.choose(kind, deviceId),
    unblock: () => sound?.speaker.unblock(),
    hangUp: () => happen({ type: 'hung_up' }),
    levels: () => sound?.levels() ?? silence,
    close,
  };
}

const openers: Readonly<
  Record<Way, (request: CarriageRequest, events: CarriageEvents) => Carriage>
> = { webrtc: openWebRtcWay, socket: openSocketWay, direct: openDirectWay };
