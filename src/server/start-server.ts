import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import {
  messageOf,
  randomId,
  SwitchboardError,
  systemClock,
  withDeadline,
  type Log,
} from '../lib/index.ts';
import type { Desk, DeskRegistry } from '../desk/index.ts';
import type { DesksResponse } from '../protocol/index.ts';
import { createApologies } from './apology.ts';
import type { EngineNow } from './hearing.ts';
import { openCarriers } from './channels/carriers.ts';
import { createLine, type OpenLine } from './line.ts';
import type { Hearing, OpenStore, Parts } from './parts.ts';
import { lookAt } from './look.ts';
import { bringUp, readinessOf, type Part, type PartState, type Readiness } from './readiness.ts';
import { realParts } from './real-parts.ts';
import { projectRoot, type Settings } from './settings.ts';
import { openTextModel } from './text-model.ts';

/** Time that live calls get to end when the server stops. */
const callsEndWithinMs = 4_000;
/** Time each part gets to close; one that is still starting has to come up first. */
const partClosesWithinMs = 5_000;

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  /** Where it is reached, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Resolves when calls can be taken. Rejects with the SwitchboardError of the part that cannot
   * start; the server then listens on until disposed of, and `/readyz` says why.
   */
  readonly ready: Promise<ReadyLine>;
}

/** What a server that takes calls can tell about itself. */
export interface ReadyLine {
  readonly desk: { readonly name: string; readonly title: string };
  readonly engine: { readonly kind: string; readonly model: string };
  readonly hearing: Hearing;
}

/** What to start. */
export interface StartServerOptions {
  readonly settings: Settings;
  readonly log: Log;
  /** Replaces parts in tests. @default the real ones */
  readonly parts?: Partial<Parts>;
  /** @default the built console of this copy */
  readonly pageDir?: string;
}

/**
 * Starts the server: the one place that wires everything.
 *
 * It listens before anything slow, so that the page and `/healthz` are there at once, and brings up
 * engine, database and desks side by side behind it. Disposing of it ends live calls as
 * `server_stopped`, closes everything within 14 seconds, and leaves no child behind.
 *
 * @throws SwitchboardError port_in_use, config_invalid; nothing is left running then.
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { settings, log } = options;
  const parts: Parts = { ...realParts, ...options.parts };
  const stopping = new AbortController();
  const { signal } = stopping;
  const { cacheDir } = settings;
  // A process of its own, and what takes longest: it runs while this one loads the rest of itself.
  const engine = bringUp(
    'engine',
    () =>
      parts.startEngine({
        remote: settings.remoteEngine,
        choices: settings.engine,
        cacheDir,
        log,
        signal,
      }),
    log,
  );
  const [
    { buildHttp },
    { createMetrics },
    { openBrowserChannel },
    { openDirectChannel },
    { openDialling },
  ] = await Promise.all([
    import('./http.ts'),
    import('../telemetry/index.ts'),
    import('./channels/browser.ts'),
    import('./channels/direct.ts'),
    import('./channels/dialling.ts'),
  ]);
  let brought: Brought | null = null; // until listening

  const open = (): OpenLine | null => (brought ? openLine(brought) : null);
  /** Who is up, and what is known of how they work without asking them. */
  const upToNow = () =>
    readinessOf(
      {
        'the database': brought ? storeState(brought.store) : starting,
        'the engine': brought ? engineState(brought.engine) : starting,
        'the desks': brought?.desks.state() ?? starting,
      },
      line.isStopping(),
    );
  const notReady = (): SwitchboardError =>
    new SwitchboardError('not_ready', upToNow().reasons.join(' '));
  const looks = {
    'the database': lookAt({
      clock: systemClock,
      check: async () => open()?.store.check(),
      timeoutMs: 2_000,
      freshMs: 1_000,
    }),
    'the engine': lookAt({
      clock: systemClock,
      check: async (within) => open()?.engine.check(within),
      timeoutMs: 5_000,
      freshMs: 15_000, // a remote engine counts sessions
    }),
  };
  /** Whether a call would be taken now: asks the database and the engine instead of believing them. */
  const readiness = async (): Promise<Readiness> => {
    const known = upToNow();
    if (!known.ready) return known;
    const seen = await Promise.all(
      Object.entries(looks).map(async ([name, look]) => ({ name, reason: await look.see() })),
    );
    const reasons = seen.flatMap(({ name, reason }) =>
      reason === null ? [] : [`Not available: ${name}. ${reason}`],
    );
    if (!line.hasRoom()) reasons.push('All lines are taken.');
    return { ready: reasons.length === 0, reasons };
  };

  const metrics = createMetrics({ activeCalls: () => line.activeCalls() });
  const line = createLine({
    open,
    missing: () => upToNow().reasons.join(' '),
    maxCalls: settings.maxCalls,
    apologies: createApologies({ speak: parts.speak, clock: systemClock, log }),
    textModel: settings.textModel && openTextModel(settings.textModel),
    clock: systemClock,
    newId: randomId,
    log,
    onEvent: metrics.observe,
    onRefused(code) {
      metrics.refused(code);
      for (const look of Object.values(looks)) look.forget();
    },
  });
  /** @throws SwitchboardError not_ready */
  const trail = (): OpenStore['trail'] => {
    const store = brought?.store.state() ?? starting;
    if (store.state !== 'ready') throw notReady();
    return store.value.trail;
  };
  const browser = openBrowserChannel({
    take: line.take,
    refusal: line.refusal,
    readTrail: async (callId, afterSeq) => trail().read(callId, { afterSeq }),
    settings: settings.browser,
    limits: settings.limits,
    listenHost: settings.host,
    newToken: () => randomId('return'),
    clock: systemClock,
    log,
    onDropped: metrics.frameDropped,
  });
  const direct = openDirectChannel({
    take: line.take,
    async isDirect(name) {
      const now = open();
      if (!now) throw notReady();
      return (await now.desks.current(name ?? now.defaultDesk())).media === 'direct';
    },
    clock: systemClock,
    newTicket: () => randomId('direct'),
    limits: settings.limits.direct,
    log,
  });
  const dialling = openDialling({
    carrier: settings.twilio,
    policy: settings.dial,
    open() {
      const now = open();
      if (now) return now;
      throw notReady();
    },
    isLineFree: () => line.hasRoom() && !line.isStopping() && open()?.engine.state().ok === true,
    clock: systemClock,
    log,
  });
  const carriers = await openCarriers({
    settings,
    take: line.take,
    open,
    outbound: dialling.outbound,
    clock: systemClock,
    newId: randomId,
    log,
    onDropped: metrics.frameDropped,
  });
  const http = await buildHttp({
    log,
    metrics,
    listenHost: settings.host,
    publicHosts: settings.publicHosts,
    allowedOrigins: settings.browser.allowedOrigins,
    carrierHosts: settings.carrierHosts,
    headersWithinMs: settings.headersWithinMs,
    channels: [direct, dialling, ...carriers],
    pageDir: options.pageDir ?? join(projectRoot, 'console/dist'),
    readiness,
    async desks() {
      const desks = brought?.desks.state() ?? starting;
      if (desks.state !== 'ready') throw notReady();
      const engine = brought?.engine.state();
      const now = engine?.state === 'ready' ? engine.value.state() : undefined;
      return desks.value.summary({ now, remote: settings.remoteEngine });
    },
    trail,
    liveCall: line.find,
    abilities: line.abilities,
    onCallSocket: browser.serveSocket,
    answerOffer: browser.answerOffer,
  });
  const url = await listen(http, settings).catch(async (thrown: unknown) => {
    stopping.abort(thrown);
    await closePart('engine', engine, log);
    throw thrown;
  });
  log.info('listening', { url });

  const { dataDir, databaseUrl } = settings;
  const store = bringUp(
    'store',
    () => parts.openStore({ dataDir, cacheDir, databaseUrl, log, signal }),
    log,
  );
  const desks = bringUp(
    'desks',
    async () => {
      const summaries = import('./desk-summary.ts'); // brings the Agents SDK along
      /** A desk's tables are there before its first call, and before a changed version's first. */
      const prepare = async (desk: Desk): Promise<void> => {
        const { migrateDesk } = await store.started;
        await migrateDesk(desk);
        const { deskEdges } = await summaries;
        metrics.declareDesk({ name: desk.name, edges: deskEdges(desk) });
      };
      const [registry, startCall, { chooseDefaultDesk, deskSummary }] = await Promise.all([
        parts.openDesks(settings.desksDir, { log, prepare }),
        parts.loadStartCall(),
        summaries,
      ]);
      const defaultDesk = () => chooseDefaultDesk(registry, settings.defaultDesk);
      return {
        desks: registry,
        startCall,
        defaultDesk,
        async summary(engine: EngineNow) {
          const desks = await registry.list();
          return deskSummary({ desks, defaultDesk: defaultDesk() }, engine);
        },
      };
    },
    log,
  );
  brought = { engine, store, desks };
  const ready = whenReady(brought);
  // Why it is not ready is told to whoever waits for it.
  void ready.then(browser.start, () => undefined);
  void ready.then(dialling.start, () => undefined);

  return {
    url,
    ready,
    [Symbol.asyncDispose]: once(async () => {
      await line.stop(callsEndWithinMs);
      stopping.abort(new SwitchboardError('not_ready', 'The server is stopping.'));
      await closeInTime('http', () => http.close(), log);
      await closeInTime('calls to be placed', async () => dialling[Symbol.asyncDispose](), log);
      await closeInTime('browser', async () => browser[Symbol.asyncDispose](), log);
      await Promise.all([closePart('engine', engine, log), closePart('store', store, log)]);
      log.info('stopped');
    }),
  };
}

interface Brought {
  readonly engine: Part<OpenLine['engine']>;
  readonly store: Part<OpenLine['store']>;
  readonly desks: Part<
    Pick<OpenLine, 'defaultDesk' | 'startCall'> & {
      readonly desks: DeskRegistry;
      readonly summary: (engine: EngineNow) => Promise<DesksResponse>;
    }
  >;
}

const starting = { state: 'starting' } as const;

function openLine({ engine, store, desks }: Brought): OpenLine | null {
  const states = { engine: engine.state(), store: store.state(), desks: desks.state() };
  if (states.engine.state !== 'ready' || states.store.state !== 'ready') return null;
  if (states.desks.state !== 'ready') return null;
  return { ...states.desks.value, engine: states.engine.value, store: states.store.value };
}

/** An engine that was started may be away for a moment, and calls cannot be taken then. */
function engineState(engine: Brought['engine']): PartState<unknown> {
  const state = engine.state();
  if (state.state !== 'ready') return state;
  const now = state.value.state();
  return now.ok ? state : { state: 'failed', message: now.message };
}

/** The embedded database is started again when it dies, and a call could not be kept meanwhile. */
function storeState(store: Brought['store']): PartState<unknown> {
  const state = store.state();
  if (state.state !== 'ready' || state.value.isUp()) return state;
  return { state: 'failed', message: 'It is being started again.' };
}

async function whenReady({ engine, store, desks }: Brought): Promise<ReadyLine> {
  const [running, , line] = await Promise.all([engine.started, store.started, desks.started]);
  const now = running.state();
  if (!now.ok) throw new SwitchboardError('engine_unavailable', now.message);
  const { name, title } = line.desks.get(line.defaultDesk());
  const { kind, model } = now.endpoint;
  return { desk: { name, title }, engine: { kind, model }, hearing: now.hearing };
}

async function listen(http: FastifyInstance, settings: Settings): Promise<string> {
  const { host, port } = settings;
  try {
    await http.listen({ host, port });
  } catch (thrown) {
    await http.close();
    throw listenError(thrown, settings);
  }
  // A TCP server that listens has this form of address.
  const address = http.server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

function listenError(cause: unknown, { host, port }: Settings): SwitchboardError {
  const code = (cause as NodeJS.ErrnoException).code; // what a listener fails with
  if (code === 'EADDRINUSE') {
    const other = port === 65_535 ? 8081 : port + 1;
    return new SwitchboardError(
      'port_in_use',
      `Port ${port} on ${host} is in use. Choose another one: PORT=${other} npm start`,
      { cause },
    );
  }
  if (code === 'EACCES') {
    const message = `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=8080 npm start`;
    return new SwitchboardError('config_invalid', message, { cause });
  }
  const message = `Cannot listen on HOST=${host} PORT=${port}: ${messageOf(cause)}`;
  return new SwitchboardError('config_invalid', message, { cause });
}

/** Closes a part, also one that only comes up while the server stops. */
function closePart(name: string, part: Part<AsyncDisposable>, log: Log): Promise<void> {
  const close = async (): Promise<void> => {
    const value = await part.started.catch(() => null); // never came up: it cleaned up itself
    await value?.[Symbol.asyncDispose]();
  };
  return closeInTime(name, close, log);
}

async function closeInTime(name: string, close: () => Promise<unknown>, log: Log): Promise<void> {
  try {
    await withDeadline(close, {
      timeoutMs: partClosesWithinMs,
      onTimeout: () => new Error(`not closed within ${partClosesWithinMs} ms`),
    });
  } catch (thrown) {
    log.error('part did not close', { part: name, error: messageOf(thrown) });
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
