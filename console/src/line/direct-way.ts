import type { Carriage, CarriageEvents, CarriageRequest } from './carriage.ts';
import { openPeer } from './peer.ts';
import { readError, socketUrl } from './server-answers.ts';

/** What is final when an offer is answered with it; anything else is tried another way. */
const final: readonly string[] = ['busy', 'not_ready', 'origin_refused'];

/** How long the server may take to say that a call is over whose media is. */
const endedWithinMs = 3_000;

/**
 * Opens a call whose sound goes straight to the engine; a socket beside it carries our messages only.
 * The offer goes through our server, so that the engine's key stays there.
 */
export function openDirectWay(request: CarriageRequest, events: CarriageEvents): Carriage {
  const { server, desk, sound } = request;
  let control: WebSocket | null = null;
  let address: URL | null = null;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const peer = openPeer({
    channel: 'oai-events', // what engines of the Realtime interface look for
    sound,
    async exchange(sdp, signal) {
      const url = new URL('/call/direct', server);
      if (desk !== undefined) url.searchParams.set('desk', desk);
      const headers = { 'content-type': 'application/sdp' };
      const response = await fetch(url, { method: 'POST', headers, body: sdp, signal });
      if (!response.ok) {
        const { code, message } = readError(await response.json());
        if (!final.includes(code)) throw new Error(code);
        events.refused(code, message);
        return null;
      }
      const ticket = response.headers.get('location')?.split('/').at(-1) ?? '';
      address = socketUrl(server, '/call/direct');
      address.searchParams.set('ticket', ticket);
      return response.text();
    },
    events: {
      opened: connectControl,
      message: () => undefined, // the engine's events: the server has them by its own socket
      failed: () => over(events.failed),
      lost: mediaLost,
    },
  });

  /** At the end of a call the engine hangs up first; why it ended is then still on its way. */
  function mediaLost(): void {
    timer = setTimeout(() => over(events.lost), endedWithinMs);
  }

  function connectControl(): void {
    if (!address) return;
    const socket = (control = new WebSocket(address));
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'connected' })));
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isClosed && typeof data === 'string') events.message(data);
    });
    socket.addEventListener('close', () => over(events.lost));
  }

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    peer.close();
    control?.close();
  }

  function over(tell: () => void): void {
    if (isClosed) return;
    close();
    tell();
  }

  return {
    way: 'direct',
    send(message) {
      if (control?.readyState === WebSocket.OPEN) control.send(JSON.stringify(message));
    },
    clear: () => undefined, // the engine stops sending by itself
    close,
  };
}
