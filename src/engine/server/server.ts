import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { loadResampler } from '../../audio/index.ts';
import {
  SwitchboardError,
  randomId,
  supervised,
  systemClock,
  type Clock,
  type Log,
  type NewId,
} from '../../lib/index.ts';
import type { Ears } from '../ears/port.ts';
import type { Mind } from '../mind/port.ts';
import type { Mouth } from '../mouth/port.ts';
import { openSession, type SessionParts } from '../session/index.ts';

/** Where the Realtime protocol is spoken. */
export const realtimePath = '/v1/realtime';
/** Largest frame taken; a larger one ends the socket (1009). */
const maxPayloadBytes = 4 * 1024 * 1024;
/** Unsent bytes to one client before it is taken for dead. */
const maxUnsentBytes = 16 * 1024 * 1024;

export interface EngineServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** What clients must present as `Authorization: Bearer`. */
  readonly apiKey: string;
  /** Null when this machine cannot hear. */
  readonly ears: Ears | null;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly log: Log;
  /** Sessions at a time; one more is refused with 503. @default 64 */
  readonly maxSessions?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** @default random ids */
  readonly newId?: NewId;
}

/** A running engine. */
export interface EngineServer {
  /** Without the model, e.g. `ws://127.0.0.1:4242/v1/realtime`. */
  readonly url: string;
  readonly port: number;
  /** Ends all sessions (1001) and stops listening. The parts stay the caller's. Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves the OpenAI Realtime protocol over WebSocket at {@link realtimePath}.
 *
 * @throws SwitchboardError port_in_use
 */
export async function startEngineServer(options: EngineServerOptions): Promise<EngineServer> {
  const { log, maxSessions = 64, clock = systemClock, newId = randomId } = options;
  const { ears, mind, mouth } = options;
  const createResampler = await loadResampler();
  const parts: SessionParts = { ears, mind, mouth, createResampler, clock, newId, log };
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxPayloadBytes,
  });
  const isKey = keyCheck(options.apiKey);

  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const url = URL.parse(request.url ?? '/', 'http://engine'); // null: what came is no address
    if (url?.pathname !== realtimePath) {
      reject(stream, '404 Not Found', 'not_found');
      return;
    }
    if (!isKey(request.headers.authorization)) {
      reject(stream, '401 Unauthorized', 'invalid_api_key');
      return;
    }
    if (sockets.clients.size >= maxSessions) {
      reject(stream, '503 Service Unavailable', 'too_many_sessions');
      return;
    }
    const model = url.searchParams.get('model') ?? 'offline';
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, model, parts));
  });

  const port = await listen(http, options);
  let closing: Promise<void> | null = null;
  return {
    url: `ws://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}${realtimePath}`,
    port,
    close() {
      closing ??= new Promise((resolve) => {
        for (const socket of sockets.clients) socket.close(1001, 'the engine is stopping');
        const giveUp = setTimeout(() => sockets.clients.forEach((one) => one.terminate()), 500);
        http.close(() => {
          clearTimeout(giveUp);
          resolve();
        });
      });
      return closing;
    },
  };
}

function serve(socket: WebSocket, model: string, parts: SessionParts): void {
  const { log } = parts;
  const session = openSession(parts, { model });
  const seat = session.join({
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
    supervised(log)('close a session', async () => session[Symbol.asyncDispose]());
  });
}

/** Compares in constant time, whatever the lengths are. */
function keyCheck(apiKey: string): (header: string | undefined) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${apiKey}`);
  return (header) => timingSafeEqual(digest(header ?? ''), expected);
}

function reject(stream: Duplex, status: string, code: string): void {
  const body = JSON.stringify({ error: { type: 'invalid_request_error', code, message: status } });
  stream.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function listen(
  http: Server,
  at: { readonly host: string; readonly port: number },
): Promise<number> {
  return new Promise((resolve, rejectListen) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      rejectListen(
        error.code === 'EADDRINUSE'
          ? new SwitchboardError(
              'port_in_use',
              `Port ${at.port} on ${at.host} is in use. Choose another one with PORT.`,
              { cause: error },
            )
          : error,
      );
    });
    http.listen(at.port, at.host, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : at.port);
    });
  });
}
