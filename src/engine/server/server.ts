import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
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
import type { SessionPatch } from '../../protocol/index.ts';
import type { Ears } from '../ears/port.ts';
import type { Mind } from '../mind/port.ts';
import type { Mouth } from '../mouth/port.ts';
import type { Peers, PeersOptions } from '../../webrtc/index.ts';
import { openSession, previewSession, type SessionParts } from '../session/index.ts';
import { answerRequest, type CallRoutes } from './call-routes.ts';
import { createCalls } from './calls.ts';
import { seatSocket } from './client-socket.ts';
import { refusalBody, type Refusal } from './http-answer.ts';
import { createKeys, presentedKey } from './keys.ts';

/** Where the Realtime protocol is spoken. */
export const realtimePath = '/v1/realtime';
/** Largest frame taken; a larger one ends the socket (1009). */
const maxPayloadBytes = 4 * 1024 * 1024;
/** How long a request may take to arrive. */
const requestTimeoutMs = 15_000;
const headersTimeoutMs = 10_000;

export interface EngineServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** What clients must present as `Authorization: Bearer`; it also makes client secrets. */
  readonly apiKey: string;
  /** Null when this machine cannot hear. */
  readonly ears: Ears | null;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly log: Log;
  /** UDP for calls over WebRTC, opened when the first comes. @default any free port, the machine's own addresses */
  readonly webrtc?: Pick<PeersOptions, 'port' | 'bindAddress' | 'announce'>;
  /** @default the real ones */
  readonly openPeers?: (options: PeersOptions) => Promise<Peers>;
  /** Sessions at a time, calls included; one more is refused with 503. @default 64 */
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
 * Serves the OpenAI Realtime protocol over WebSocket at {@link realtimePath}, and over WebRTC by offers
 * to `/v1/realtime/calls`.
 *
 * @throws SwitchboardError port_in_use
 */
export async function startEngineServer(options: EngineServerOptions): Promise<EngineServer> {
  const { log, maxSessions = 64, clock = systemClock, newId = randomId } = options;
  const { ears, mind, mouth, webrtc = { port: 0 }, openPeers = openRealPeers } = options;
  const createResampler = await loadResampler();
  const parts: SessionParts = { ears, mind, mouth, createResampler, clock, newId, log };
  const spawn = supervised(log);
  const keys = createKeys(options.apiKey, clock);
  const calls = createCalls(parts, () => openPeers({ ...webrtc, log, clock }));
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxPayloadBytes,
    // Browsers offer their key beside it, and need to be answered with one that they offered.
    handleProtocols: (offered) => (offered.has('realtime') ? 'realtime' : false),
  });
  let sessions = 0;
  const hasRoom = (): boolean => sessions + calls.size < maxSessions;
  const preview: CallRoutes['preview'] = (configs) => previewSession(parts, configs);
  const routes: CallRoutes = { keys, calls, hasRoom, preview, log };

  const http = createServer((request, response) => {
    spawn('answer a request', async () => answerRequest(request, response, routes));
  });
  http.requestTimeout = requestTimeoutMs;
  http.headersTimeout = headersTimeoutMs;

  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const admitted = admit(request);
    if (!admitted.ok) reject(stream, admitted);
    else sockets.handleUpgrade(request, stream, head, admitted.serve);
  });

  type Admission =
    | { readonly ok: true; readonly serve: (socket: WebSocket) => void }
    | ({ readonly ok: false } & Refusal);

  function admit(request: IncomingMessage): Admission {
    const url = URL.parse(request.url ?? '/', 'http://engine'); // null: what came is no address
    if (url?.pathname !== realtimePath) return { ok: false, ...notFound };
    const holder = keys.holderOf(presentedKey(request.headers));
    const callId = url.searchParams.get('call_id');
    // A client's secret opens a session of its own; another's call is not for it.
    if (!holder || (callId !== null && holder.kind !== 'owner')) return { ok: false, ...wrongKey };
    if (callId !== null) return joinCall(callId);
    if (!hasRoom()) return { ok: false, ...full };
    const model = url.searchParams.get('model') ?? 'offline';
    const configs = holder.kind === 'client' && holder.config ? [holder.config] : [];
    return { ok: true, serve: (socket) => serveSession(socket, { model, configs }) };
  }

  function serveSession(
    socket: WebSocket,
    opening: { readonly model: string; readonly configs: readonly SessionPatch[] },
  ): void {
    const session = openSession(parts, opening);
    sessions += 1;
    seatSocket(socket, {
      log,
      join: session.join,
      left() {
        sessions -= 1;
        spawn('close a session', async () => session[Symbol.asyncDispose]());
      },
    });
  }

  function joinCall(callId: string): Admission {
    const call = calls.find(callId);
    if (!call) return { ok: false, ...noCall };
    if (!call.hasPlace()) return { ok: false, ...full };
    const serve = (socket: WebSocket): void =>
      seatSocket(socket, {
        log,
        join: (client) =>
          call.join({ ...client, ended: () => socket.close(1000, 'the call has ended') }),
        left: () => undefined,
      });
    return { ok: true, serve };
  }

  const port = await listen(http, options);
  let closing: Promise<void> | null = null;
  return {
    url: `ws://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}${realtimePath}`,
    port,
    close() {
      closing ??= end();
      return closing;
    },
  };

  async function end(): Promise<void> {
    for (const socket of sockets.clients) socket.close(1001, 'the engine is stopping');
    await calls[Symbol.asyncDispose]();
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => {
        sockets.clients.forEach((one) => one.terminate());
        http.closeAllConnections();
      }, 500);
      http.close(() => {
        clearTimeout(giveUp);
        resolve();
      });
    });
  }
}

/** Loaded with the first call: it takes a native library, and most engines serve none. */
async function openRealPeers(options: PeersOptions): Promise<Peers> {
  const { openPeers } = await import('../../webrtc/index.ts');
  return openPeers(options);
}

const notFound: Refusal = { status: 404, code: 'not_found', message: 'There is nothing here.' };
const wrongKey: Refusal = {
  ...{ status: 401, code: 'invalid_api_key' },
  message: 'The key is missing, wrong or has expired.',
};
const noCall: Refusal = {
  ...{ status: 404, code: 'call_not_found' },
  message: 'No live call has this id.',
};
const full: Refusal = {
  ...{ status: 503, code: 'too_many_sessions' },
  message: 'As many sessions are open as may be.',
};

function reject(stream: Duplex, refusal: Refusal): void {
  const body = refusalBody(refusal);
  stream.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
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
