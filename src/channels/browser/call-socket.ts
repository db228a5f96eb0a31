import type { WebSocket } from 'ws';
import { AudioPiece } from '../../audio/index.ts';
import type { LiveCall, TakeCall } from '../../call/ports.ts';
import type { Clock, Log, Spawn } from '../../lib/index.ts';
import { messageOf, supervised } from '../../lib/index.ts';
import { callSocketRateHz, type CallServerMessage } from '../../protocol/index.ts';
import { createAllowance } from './allowance.ts';
import { parseFrame, type CallerFrame } from './frames.ts';
import { createBrowserLeg } from './leg.ts';

/** Bounds of one call socket. */
export interface CallSocketLimits {
  /** Time to the first frame, which must be `start`. @default 10000 */
  readonly startWithinMs: number;
  /** Frames that make no sense before the socket is closed. @default 20 */
  readonly malformedFrames: number;
  /** Bytes that may wait for a page that does not read. @default 524288 (about ten seconds) */
  readonly bufferedBytes: number;
  /** A page that answers no ping for this long is gone. @default 20000 */
  readonly silentForMs: number;
}

const defaultLimits: CallSocketLimits = {
  startWithinMs: 10_000,
  malformedFrames: 20,
  bufferedBytes: 512 * 1024,
  silentForMs: 20_000,
};

/** What one call socket works with. */
export interface CallSocketOptions {
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every frame that was dropped, with a fixed set of reasons. */
  readonly onDropped?: (reason: string) => void;
  readonly limits?: Partial<CallSocketLimits>;
}

/** Close codes: 1000 normal, 1008 the client broke the rules, 1013 try again later (RFC 6455, IANA). */
const closing = { done: 1000, violation: 1008, later: 1013 } as const;

type State =
  | { readonly name: 'waiting' }
  | { readonly name: 'starting'; readonly controller: AbortController }
  | { readonly name: 'live'; readonly call: LiveCall }
  | { readonly name: 'closed' };

/**
 * Holds one call over one socket, from the first frame to the last.
 *
 * The page sends `start`, then audio and messages; see `src/protocol/api.ts`. Nothing that comes in
 * can throw: a frame that makes no sense is dropped and counted, and too many of them end the call.
 * A socket that goes away without `hang_up` ends the call as `caller_lost`.
 */
export function serveCallSocket(socket: WebSocket, options: CallSocketOptions): void {
  const { take, clock, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const spawn: Spawn = supervised(log);
  const audioAllowed = createAllowance({
    clock,
    perSecond: callSocketRateHz * 1.25,
    burst: callSocketRateHz * 2,
  });
  // Well over what any microphone sends, even ten times too fast: more frames are work, not sound.
  const frameAllowed = createAllowance({ clock, perSecond: 600, burst: 2_000 });
  const textAllowed = createAllowance({ clock, perSecond: 2, burst: 20 });
  let state: State = { name: 'waiting' };
  let malformed = 0;
  let heldBack: CallServerMessage[] | undefined = []; // until `started` has gone out first
  let heardFromAtMs = clock.monotonicMs();

  const leg = createBrowserLeg({
    clock,
    send: {
      audio: (pcm) => write(pcm),
      message(message) {
        if (heldBack) heldBack.push(message);
        else sendMessage(message);
      },
    },
  });
  const cancelStartTimer = clock.setTimer(limits.startWithinMs, () => {
    if (state.name === 'waiting') refuse('not_ready', 'No `start` came in time.');
  });
  let cancelPing = clock.setTimer(limits.silentForMs / 2, ping);

  function write(data: Uint8Array | string): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.bufferedBytes) {
      log.warn('caller does not read, connection dropped', {
        bufferedBytes: socket.bufferedAmount,
      });
      socket.terminate();
      return;
    }
    socket.send(data, { binary: typeof data !== 'string' });
  }

  function sendMessage(message: CallServerMessage): void {
    write(JSON.stringify(message));
  }

  function ping(): void {
    if (clock.monotonicMs() - heardFromAtMs >= limits.silentForMs) {
      socket.terminate();
      return;
    }
    if (socket.readyState === socket.OPEN) socket.ping();
    cancelPing = clock.setTimer(limits.silentForMs / 2, ping);
  }

  function refuse(code: string, message: string): void {
    heldBack = undefined;
    sendMessage({ type: 'refused', code, message });
    socket.close(closing.later);
  }

  function drop(reason: string): void {
    options.onDropped?.(reason);
    malformed += 1;
    if (malformed === limits.malformedFrames) {
      log.warn('caller sends nonsense, connection closed', { reason });
      socket.close(closing.violation);
      gone();
    }
  }

  async function start(desk: string | undefined): Promise<void> {
    const controller = new AbortController();
    state = { name: 'starting', controller };
    const result = await take({ desk, leg, signal: controller.signal });
    if (!result.ok) {
      refuse(result.code, result.message);
      return;
    }
    const { call } = result;
    if (controller.signal.aborted) call.hangUp('caller_lost');
    else state = { name: 'live', call };
    sendMessage({ type: 'started', callId: call.id, ...result.opening });
    for (const message of heldBack ?? []) sendMessage(message);
    heldBack = undefined;
    const { reason, detail } = await call.ended;
    sendMessage({ type: 'ended', reason, ...(detail === undefined ? {} : { detail }) });
    socket.close(closing.done);
  }

  function hear(frame: CallerFrame): void {
    if (frame.kind === 'malformed') {
      drop(frame.reason);
      return;
    }
    if (frame.kind === 'audio') {
      if (state.name !== 'live') return; // nobody is there yet to hear it
      if (audioAllowed(frame.samples.length))
        state.call.hearCaller(AudioPiece.ofSamples(frame.samples));
      else options.onDropped?.('audio_too_fast');
      return;
    }
    const { message } = frame;
    if (!textAllowed(1)) {
      drop('text_too_fast');
      return;
    }
    if (message.type === 'start') {
      if (state.name !== 'waiting') {
        drop('started_twice');
        return;
      }
      spawn('take call', async () => {
        try {
          await start(message.desk);
        } catch (thrown) {
          if (state.name === 'closed') return; // the caller left while the call was being set up
          log.error('call could not be taken', { error: messageOf(thrown) });
          refuse('failed', 'The call could not be taken because of a fault here.');
        }
      });
      return;
    }
    if (message.type === 'hang_up') {
      if (state.name === 'live') {
        state.call.hangUp('caller_hung_up');
        return;
      }
      gone();
      socket.close(closing.done);
      return;
    }
    if (state.name === 'live') state.call.type(message.text);
    else drop('said_before_start');
  }

  /** The far end is lost or unwanted: whatever was going on ends. Idempotent. */
  function gone(): void {
    const before = state;
    state = { name: 'closed' };
    if (before.name === 'starting') before.controller.abort(new Error('The caller is gone.'));
    if (before.name === 'live') before.call.hangUp('caller_lost');
  }

  socket.on('message', (data, isBinary) => {
    heardFromAtMs = clock.monotonicMs();
    if (!frameAllowed(1)) {
      drop('frames_too_fast');
      return;
    }
    // `ws` gives one Buffer a message unless told otherwise, and we do not tell it otherwise.
    hear(parseFrame(data as Buffer, isBinary));
  });
  socket.on('ping', () => {
    if (!frameAllowed(1)) drop('frames_too_fast');
  });
  socket.on('pong', () => {
    heardFromAtMs = clock.monotonicMs();
  });
  socket.on('error', (error) => log.debug('call socket failed', { error: error.message }));
  socket.on('close', () => {
    cancelStartTimer();
    cancelPing();
    gone();
    leg[Symbol.dispose]();
  });
}
