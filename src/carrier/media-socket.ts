import type { WebSocket } from 'ws';
import type { AudioPiece } from '../audio/index.ts';
import type { LegCarrier } from '../call/legs/index.ts';
import { createBudget, type Clock, type Log } from '../lib/index.ts';
import { callerAudioDefaults, createCallerAudio, type CallerAudioLimits } from './caller-audio.ts';
import { createMarkedPlayout } from './marked-playout.ts';
import type { MediaDialect, MediaFrame, StreamStart } from './media-dialect.ts';

/** Bounds of one carrier's media socket. */
export interface MediaSocketLimits extends CallerAudioLimits {
  /** Time to the frame that says which call it is. @default 5000 */
  readonly startWithinMs: number;
  /** Frames that make no sense before the socket is closed. @default 20 */
  readonly malformedFrames: number;
  /** Bytes that may wait for a carrier that does not read. @default 524288 (half a minute of G.711) */
  readonly bufferedBytes: number;
  /** A carrier sends audio all the time; one that sends nothing for this long is gone. @default 5000 */
  readonly silentForMs: number;
  /** Frames a second in the long run, ten times what a line sends. @default 600 */
  readonly framesPerSecond: number;
  /** How late a mark may be before the clock is believed. @default 3000 */
  readonly markOverdueMs: number;
}

/** Defaults of {@link MediaSocketLimits}. */
export const mediaSocketDefaults: MediaSocketLimits = {
  ...callerAudioDefaults,
  startWithinMs: 5_000,
  malformedFrames: 20,
  bufferedBytes: 512 * 1024,
  silentForMs: 5_000,
  framesPerSecond: 600,
  markOverdueMs: 3_000,
};

/** The carrier's connection, for whoever owns the call. */
export interface MediaConnection {
  /** The way to the caller's ear. */
  readonly carrier: LegCarrier;
  /** Gives the caller's audio, what came early first. */
  listen(listener: (audio: AudioPiece) => void): void;
  /** Monotonic time of the last frame. */
  aliveMs(): number;
  /** Ends the stream; the carrier goes on with what it was told to do afterwards. */
  close(): void;
}

/** How a stream ended. `stopped`: the carrier said so. `lost`: it went away without a word. */
export type StreamEnd = 'stopped' | 'lost';

/** Who has the call of an admitted stream. */
export interface StreamOwner {
  /** The stream is connected. */
  attached(connection: MediaConnection): void;
  press(keys: string): void;
  /** Once, unless the owner closed the connection. The connection's counts still hold. */
  ended(how: StreamEnd): void;
}

/** Whether a stream may be connected. `why` goes into the log. */
export type Admission =
  { readonly ok: true; readonly owner: StreamOwner } | { readonly ok: false; readonly why: string };

/** What one media socket works with. */
export interface MediaSocketOptions {
  readonly dialect: MediaDialect;
  /** Judges a stream before anything is opened for it. */
  readonly admit: (start: StreamStart) => Admission;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every frame that was dropped, with a fixed set of reasons. */
  readonly onDropped?: (reason: string) => void;
  readonly limits?: Partial<MediaSocketLimits>;
}

/** Close codes of RFC 6455: 1000 normal, 1008 the far end broke the rules. */
const closing = { done: 1000, violation: 1008 } as const;
/** How many frames may come at once, in seconds of the allowed rate. */
const frameBurstSeconds = 3;

type State =
  | { readonly name: 'waiting' }
  | { readonly name: 'open'; readonly owner: StreamOwner }
  /** Nothing that comes is of interest any more. */
  | { readonly name: 'over' };

/**
 * Speaks with a carrier over one media socket, from the first frame to the last.
 *
 * Nothing that comes in can throw: what makes no sense is dropped and counted, and too much of it ends
 * the stream. A stream that was not admitted costs a closed socket and nothing else.
 */
export function serveMediaSocket(socket: WebSocket, options: MediaSocketOptions): void {
  const { dialect, clock, log } = options;
  const limits = { ...mediaSocketDefaults, ...options.limits };
  const { framesPerSecond } = limits;
  const frames = createBudget({
    clock,
    perSecond: framesPerSecond,
    burst: framesPerSecond * frameBurstSeconds,
  });
  let state: State = { name: 'waiting' };
  let streamId = '';
  let malformed = 0;
  let aliveMs = clock.monotonicMs();

  const audio = createCallerAudio({
    clock,
    limits,
    format: dialect.format,
    dropped: (reason) => options.onDropped?.(reason),
  });
  const playout = createMarkedPlayout({
    clock,
    log,
    overdueMs: limits.markOverdueMs,
    send: {
      audio(piece) {
        for (const message of [dialect.audio(streamId, piece)].flat()) write(message);
      },
      mark: (name) => write(dialect.mark(streamId, name)),
      clear: () => write(dialect.clear(streamId)),
    },
  });
  const connection: MediaConnection = {
    carrier: {
      play: playout.play,
      clear: playout.clear,
      heardMs: playout.heardMs,
      isPlaying: playout.isPlaying,
      drained: playout.drained,
      notify: () => undefined, // a telephone shows nothing
    },
    listen: audio.listen,
    aliveMs: () => aliveMs,
    close() {
      state = { name: 'over' };
      socket.close(closing.done);
    },
  };
  const cancelStart = clock.setTimer(limits.startWithinMs, () => {
    if (state.name === 'waiting') violated('no stream was started in time');
  });
  let cancelWatch = clock.setTimer(limits.silentForMs, watch);

  function write(data: Uint8Array | string): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.bufferedBytes) {
      log.warn('carrier does not read, connection dropped', {
        bufferedBytes: socket.bufferedAmount,
      });
      socket.terminate();
      return;
    }
    socket.send(data);
  }

  function watch(): void {
    const quietMs = clock.monotonicMs() - aliveMs;
    if (quietMs >= limits.silentForMs) {
      log.warn('carrier sends nothing, connection dropped', { quietMs });
      socket.terminate();
      return;
    }
    cancelWatch = clock.setTimer(limits.silentForMs - quietMs, watch);
  }

  function violated(why: string): void {
    log.warn('media stream closed', { why });
    socket.close(closing.violation);
    over('lost');
  }

  function over(how: StreamEnd): void {
    const before = state;
    state = { name: 'over' };
    if (before.name === 'open') before.owner.ended(how);
  }

  function drop(reason: string): void {
    options.onDropped?.(reason);
    malformed += 1;
    if (malformed === limits.malformedFrames) violated(`nonsense: ${reason}`);
  }

  function started(start: StreamStart): void {
    if (state.name !== 'waiting') {
      violated('a second stream was started on one socket');
      return;
    }
    const admission = options.admit(start);
    if (!admission.ok) {
      violated(admission.why);
      return;
    }
    streamId = start.streamId;
    state = { name: 'open', owner: admission.owner };
    admission.owner.attached(connection);
  }

  function hear(frame: MediaFrame): void {
    switch (frame.kind) {
      case 'audio':
        return audio.take(frame.audio, frame.atMs);
      case 'mark':
        return playout.marked(frame.name);
      case 'started':
        return started(frame.start);
      case 'key':
        return state.name === 'open' ? state.owner.press(frame.key) : drop('key_before_start');
      case 'stopped':
        return over('stopped');
      case 'malformed':
        return drop(frame.reason);
      case 'other':
        return undefined;
    }
  }

  socket.on('message', (data, isBinary) => {
    if (state.name === 'over') return;
    aliveMs = clock.monotonicMs();
    if (!frames.spend(1)) {
      options.onDropped?.('frames_too_fast');
      violated('frames come too fast');
      return;
    }
    // `ws` gives one Buffer a message unless told otherwise, and we do not tell it otherwise.
    hear(dialect.read(data as Buffer, isBinary));
  });
  socket.on('ping', () => {
    if (state.name === 'over' || frames.spend(1)) return;
    options.onDropped?.('frames_too_fast');
    violated('pings come too fast');
  });
  socket.on('error', (error) => log.debug('media socket failed', { error: error.message }));
  socket.on('close', () => {
    cancelStart();
    cancelWatch();
    over('lost');
    playout[Symbol.dispose]();
  });
}
