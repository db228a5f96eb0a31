import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { LegAbilities, TrailStore } from '../call/ports.ts';
import { maxTextFrameBytes } from '../channels/browser/index.ts';
import { SwitchboardError, type Log } from '../lib/index.ts';
import {
  callsResponse,
  desksResponse,
  handOffRequest,
  handOffResponse,
  trailResponse,
  type DesksResponse,
} from '../protocol/index.ts';
import type { Metrics } from '../telemetry/index.ts';
import { answerPreflight, crossOriginHeaders, mayCrossOrigins } from './cross-origin.ts';
import type { HeldCall } from './parts.ts';
import type { Readiness } from './readiness.ts';
import { isOurHost, securityHeaders } from './request-guard.ts';
import { answerError, checked, notFound } from './request.ts';
import { addBrowserRoutes, type BrowserRoutesPorts } from './routes/browser.ts';

/** What a carrier's channel adds to the routes. */
export interface ChannelRoutes {
  /** Paths that it upgrades to WebSocket. It judges itself who may. */
  readonly sockets: readonly string[];
  register(app: FastifyInstance): void;
}

/** What the routes read from and hand over to. */
export interface HttpPorts extends BrowserRoutesPorts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly listenHost: string;
  readonly publicHosts: readonly string[];
  /** Names that carriers call this server by. @default none */
  readonly carrierHosts?: readonly string[];
  /** Channels of carriers. @default none */
  readonly channels?: readonly ChannelRoutes[];
  /** How long a client may take to say what it wants. @default 10000 */
  readonly headersWithinMs?: number;
  /** Origins besides our own whose pages may place calls. */
  readonly allowedOrigins: readonly string[];
  /** The built page; a note says how to build it while it is missing. */
  readonly pageDir: string;
  readiness(): Promise<Readiness>;
  /** @throws SwitchboardError not_ready */
  desks(): Promise<DesksResponse>;
  /** @throws SwitchboardError not_ready */
  trail(): Pick<TrailStore, 'read' | 'listCalls'>;
  /** A call that is going on here. */
  liveCall(callId: string): Pick<HeldCall, 'handOff'> | undefined;
  /** What can be done with its audio. @default nothing is known */
  abilities?(callId: string): LegAbilities | undefined;
  /** Takes over a socket opened at `/call`. */
  onCallSocket(socket: WebSocket): void;
}

/** What the database counts to. */
const maxSeq = 2_147_483_647;

const paths = { call: '/call' } as const;
const callParams = z.object({
  callId: z.string().regex(/^[\w-]{1,128}$/, 'is not the id of a call'),
});

/**
 * All routes of the server. Not listening yet.
 *
 * Answers to what is not fine are `{ "error": { "code", "message" } }` with one of our codes.
 */
export async function buildHttp(ports: HttpPorts): Promise<FastifyInstance> {
  const { channels = [] } = ports;
  const app = Fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    http: {
      headersTimeout: ports.headersWithinMs ?? 10_000,
      connectionsCheckingInterval: 1_000,
    },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 128 },
    // Addresses that the router gives up on come by no hook and no handler of ours.
    frameworkErrors: (thrown, _request, reply) => {
      reply.headers(securityHeaders);
      void answerError(reply, thrown, ports.log);
    },
  });
  await app.register(fastifyWebsocket, {
    options: { perMessageDeflate: false, maxPayload: 2 * maxTextFrameBytes },
    errorHandler(error, socket) {
      ports.log.warn('call socket failed', { error: error.message });
      socket.terminate();
    },
    // Calls are ended one by one before the server closes; what is left then has no business here.
    preClose(done) {
      for (const client of this.websocketServer.clients) client.terminate();
      this.websocketServer.close(() => done());
    },
  });

  // A form of any page may send text without asking first; JSON it may not.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...securityHeaders, ...crossOriginHeaders(request, ports.allowedOrigins) });
    const { host } = request.headers;
    const path = request.url.split('?', 1)[0];
    const isProbe = path === '/healthz' || path === '/readyz';
    const ofCarriers = { listenHost: 'localhost', publicHosts: ports.carrierHosts ?? [] };
    if (!isProbe && !isOurHost(host, ports) && !isOurHost(host, ofCarriers)) {
      throw new SwitchboardError(
        'host_refused',
        'This server does not go by that name. Add it to SWITCHBOARD_PUBLIC_HOSTS.',
      );
    }
    const isOurs = mayCrossOrigins(request, ports.allowedOrigins);
    if (request.method === 'OPTIONS' && isOurs) return answerPreflight(reply);
    // What changes something is refused to pages of another origin, like the calls themselves.
    if (request.method === 'POST' && !isOurs) {
      throw new SwitchboardError('origin_refused', 'Pages of another origin may not do this.');
    }
    if (request.headers.upgrade === undefined) return;
    if (channels.some(({ sockets }) => sockets.includes(path ?? ''))) return;
    if (path !== paths.call) throw notFound();
    if (!isOurs) {
      throw new SwitchboardError('origin_refused', 'Pages of another origin may not place calls.');
    }
  });
  app.setErrorHandler((thrown, _request, reply) => answerError(reply, thrown, ports.log));
  app.setNotFoundHandler((_request, reply) => answerError(reply, notFound(), ports.log));

  addBrowserRoutes(app, ports);
  for (const channel of channels) channel.register(app);
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = await ports.readiness();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await ports.metrics.read();
    return reply.type(contentType).send(text);
  });
  app.get('/api/desks', async () => desksResponse.parse(await ports.desks()));
  app.get('/api/calls', async (request) => {
    const { limit } = checked(
      z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
      request.query,
    );
    const calls = await ports.trail().listCalls({ limit });
    const shown = calls.map((call) => ({ ...call, can: ports.abilities?.(call.callId) }));
    return callsResponse.parse({ calls: shown });
  });
  app.get('/api/calls/:callId/trail', async (request) => {
    const { callId } = checked(callParams, request.params);
    const { afterSeq } = checked(
      z.object({ afterSeq: z.coerce.number().int().min(0).max(maxSeq).default(0) }),
      request.query,
    );
    const events = await ports.trail().read(callId, { afterSeq });
    if (events.length === 0 && afterSeq === 0) throw notFound('There is no call of that id.');
    return trailResponse.parse({ events });
  });
  app.post('/api/calls/:callId/handoff', async (request, reply) => {
    const { callId } = checked(callParams, request.params);
    const { to, packet } = checked(handOffRequest, request.body);
    const call = ports.liveCall(callId);
    if (!call) throw notFound('No call of that id is going on here.');
    const result = await call.handOff(to, packet);
    if (result.ok) return handOffResponse.parse(result);
    const { code, say: message } = result;
    return reply.code(409).send({ error: { code, message } });
  });
  app.get(paths.call, { websocket: true }, (socket) => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- one class, typed twice: for import and for require
    ports.onCallSocket(socket);
  });

  if (existsSync(join(ports.pageDir, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: ports.pageDir,
      setHeaders(reply, path) {
        // Files under assets/ carry a hash of their content in their name.
        const lasting = path.includes('/assets/');
        void reply.header(
          'cache-control',
          lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
      cacheControl: false,
    });
  } else {
    app.get('/', (_request, reply) =>
      reply
        .type('text/plain')
        .send('The page is not built. Run `npm start`, or `npm run build -w console`.\n'),
    );
  }
  return app;
}
