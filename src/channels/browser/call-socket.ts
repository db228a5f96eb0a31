import type { WebSocket } from 'ws';
import { pcmToBytes } from '../../audio/index.ts';
import type { PageConnection } from './page-connection.ts';
import { parseAudio } from './frames.ts';
import { createVisit, type VisitOptions } from './visit.ts';

/** Close codes: 1000 normal, 1008 the client broke the rules, 1013 try again later (RFC 6455, IANA). */
const closing = { done: 1000, violation: 1008, later: 1013 } as const;

/** What the page can buffer against jitter of the network: how far ahead audio is sent. */
const leadMs = 60;

/**
 * Holds one call over one WebSocket: the fallback where UDP does not pass, and what programs use.
 *
 * A page that says nothing for a while is asked; one that does not answer is gone.
 */
export function serveCallSocket(socket: WebSocket, options: VisitOptions): void {
  const { clock, log, limits } = options;
  const visit = createVisit(connectionOver(socket), options);
  let cancelPing = clock.setTimer(limits.silentForMs / 2, ping);

  function ping(): void {
    if (clock.monotonicMs() - visit.aliveMs() >= limits.silentForMs) {
      socket.terminate();
      return;
    }
    if (socket.readyState === socket.OPEN) socket.ping();
    cancelPing = clock.setTimer(limits.silentForMs / 2, ping);
  }

  socket.on('message', (data, isBinary) => {
    // `ws` gives one Buffer a message unless told otherwise, and we do not tell it otherwise.
    const bytes = data as Buffer;
    if (!isBinary) {
      visit.text(bytes.toString('utf8'));
      return;
    }
    const frame = parseAudio(bytes);
    if (frame.kind === 'audio') visit.audio(frame.samples);
    else visit.malformed(frame.reason);
  });
  socket.on('ping', () => visit.other());
  socket.on('pong', () => visit.alive());
  socket.on('error', (error) => log.debug('call socket failed', { error: error.message }));
  socket.on('close', () => {
    cancelPing();
    visit.closed();
  });
}

function connectionOver(socket: WebSocket): PageConnection {
  const write = (data: Uint8Array | string): void => {
    if (socket.readyState === socket.OPEN) socket.send(data, { binary: typeof data !== 'string' });
  };
  return {
    pacing: { leadMs },
    sendText: write,
    sendAudio: (frame) => write(pcmToBytes(frame)),
    bufferedBytes: () => socket.bufferedAmount,
    close: (why) => socket.close(closing[why]),
    drop: () => socket.terminate(),
  };
}
