import type { WebSocket } from 'ws';

/**
 * Resolves once the far end has answered a ping, and so has acted upon all that was sent before it; or
 * when it is gone.
 */
export function answeredPing(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    const done = (): void => {
      socket.off('pong', done).off('close', done);
      resolve();
    };
    socket.on('pong', done).on('close', done);
    socket.ping();
  });
}
