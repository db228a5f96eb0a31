import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { SwitchboardError, atEndOfTurn } from '../../../lib/index.ts';

const handshakeTimeoutMs = 10_000;
const maxEventBytes = 16 * 1024 * 1024;

/** A socket that is being opened, and why it was turned away, should it be. */
export interface Dialled {
  readonly socket: WebSocket;
  /** The engine's refusal, once it has answered the upgrade with anything but 101. */
  refusal(): SwitchboardError | null;
  /** What it was closed with; null while it is open. 1000: as it should be. */
  closeCode(): number | null;
  /** What is sent until the present turn of the event loop ends leaves together, in one write. */
  gather(): void;
}

/**
 * Opens the WebSocket to an engine with the key as bearer. Does not wait for it to be open.
 *
 * An answer other than 101 is kept as a {@link SwitchboardError}: 401 and 403 as `engine_refused`,
 * anything else as `engine_unavailable`.
 */
export function dialEngine(options: {
  readonly url: string;
  readonly apiKey: string;
  readonly headers: Readonly<Record<string, string>>;
}): Dialled {
  let refusal: SwitchboardError | null = null;
  const socket = new WebSocket(options.url, {
    headers: { ...options.headers, Authorization: `Bearer ${options.apiKey}` },
    perMessageDeflate: false,
    maxPayload: maxEventBytes,
    handshakeTimeout: handshakeTimeoutMs,
  });
  socket.on('unexpected-response', (_request, response) => {
    const status = response.statusCode ?? 0;
    refusal =
      status === 401 || status === 403
        ? new SwitchboardError(
            'engine_refused',
            `The engine at ${hostOf(options.url)} refused the key (${status}). Check OPENAI_API_KEY.`,
          )
        : new SwitchboardError(
            'engine_unavailable',
            `The engine at ${hostOf(options.url)} answered ${status} instead of opening a session.`,
          );
    response.resume();
    socket.terminate();
  });
  let closeCode: number | null = null;
  socket.on('close', (code) => void (closeCode = code));
  let wire: Socket | null = null;
  let isGathering = false;
  socket.on('upgrade', (response) => void (wire = response.socket));
  return {
    socket,
    refusal: () => refusal,
    closeCode: () => closeCode,
    gather() {
      if (isGathering || !wire) return;
      isGathering = true;
      wire.cork();
      atEndOfTurn(() => {
        isGathering = false;
        wire?.uncork();
      });
    },
  };
}

/** Host and port of an address, for messages; never its query, which may carry secrets. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return 'an address that is no URL';
  }
}
