import type { WebSocket } from 'ws';
import type { Log } from '../../lib/index.ts';
import type { Seat, SessionClient } from '../session/index.ts';

/** Unsent bytes to one client before it is taken for dead. */
const maxUnsentBytes = 16 * 1024 * 1024;

/**
 * Lets a WebSocket take part in a session.
 *
 * @param join gives it a place
 * @param left told once, when the socket is gone
 */
export function seatSocket(
  socket: WebSocket,
  {
    log,
    join,
    left,
  }: {
    readonly log: Log;
    readonly join: (client: SessionClient) => Seat;
    readonly left: () => void;
  },
): void {
  const seat = join({
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxUnsentBytes) {
        log.warn('a client does not take its frames');
        socket.terminate();
        return;
      }
      socket.send(frame);
    },
    sendAway: (reason) => socket.close(1008, reason),
  });
  socket.on('message', (data, isBinary) => {
    // A binary frame is no event; the decoder says so to the client.
    seat.receive(isBinary || !Buffer.isBuffer(data) ? '' : data.toString());
  });
  socket.on('error', (error) => log.debug('a client socket failed', { error: error.message }));
  socket.on('close', () => {
    seat.leave();
    left();
  });
}
