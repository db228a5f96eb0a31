import type { WebSocket } from 'ws';
import type { Clock, Log } from '../../lib/index.ts';
import type { DirectLimits } from './limits.ts';
import { readClientMessage } from './messages.ts';
import type { Visit } from './visit.ts';

/** Close codes: 1000 normal, 1008 the client broke the rules, 1013 try again later (RFC 6455, IANA). */
const closing = { done: 1000, violation: 1008, later: 1013 } as const;

/** A page sends what a person does: more in this time is no person. */
const maxMessages = 100;
const countedMs = 10_000;

/**
 * Holds the control side of one call over one socket: what happens goes to the page, what is typed comes
 * back. A socket that goes away ends the call as `caller_lost`: the audio may go on without it, but
 * nobody could tell.
 */
export function serveControlSocket(
  socket: WebSocket,
  visit: Visit,
  options: { readonly clock: Clock; readonly log: Log; readonly limits: DirectLimits },
): void {
  const { clock, log, limits } = options;
  const isTaken = visit.link({
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > limits.bufferedBytes) {
        log.warn('page does not read, connection dropped');
        socket.terminate();
      } else socket.send(JSON.stringify(message));
    },
    close: (isDone) => socket.close(isDone ? closing.done : closing.later),
  });
  if (!isTaken) return socket.close(closing.violation);

  let malformed = 0;
  let counted = 0;
  let countedFromMs = clock.monotonicMs();
  let heardFromMs = clock.monotonicMs();
  const violate = (): void => {
    socket.close(closing.violation);
    visit.lost();
  };
  const ping = (): void => {
    if (clock.monotonicMs() - heardFromMs >= limits.silentForMs) return socket.terminate();
    if (socket.readyState === socket.OPEN) socket.ping();
    cancelPing = clock.setTimer(limits.silentForMs / 2, ping);
  };
  let cancelPing = clock.setTimer(limits.silentForMs / 2, ping);

  socket.on('message', (data, isBinary) => {
    const nowMs = clock.monotonicMs();
    heardFromMs = nowMs;
    if (nowMs - countedFromMs > countedMs) {
      counted = 0;
      countedFromMs = nowMs;
    }
    if (++counted > maxMessages) return violate();
    // `ws` gives one Buffer a message unless told otherwise, and we do not tell it otherwise.
    const message = readClientMessage(data as Buffer, isBinary);
    if (message) visit.hear(message);
    else if (++malformed >= limits.malformedFrames) violate();
  });
  socket.on('pong', () => {
    heardFromMs = clock.monotonicMs();
  });
  socket.on('error', (error) => log.debug('control socket failed', { error: error.message }));
  socket.on('close', () => {
    cancelPing();
    visit.lost();
  });
}
