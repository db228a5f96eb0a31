import { join } from 'node:path';
import { randomId, SwitchboardError, systemClock, type Log } from '../lib/index.ts';
import { createApologies } from './apology.ts';
import {
  openLine,
  partStates,
  starting,
  whenReady,
  type Brought,
  type ReadyLine,
} from './brought.ts';
import { openCarriers } from './channels/carriers.ts';
import { closeInTime, closePart, once } from './closing.ts';
import { createLineReadiness } from './line-readiness.ts';
import { createLine, type OpenLine } from './line.ts';
import { listen } from './listen.ts';
import { openDesksPart } from './open-desks.ts';
import type { OpenStore, Parts } from './parts.ts';
import { bringUp } from './readiness.ts';
import { realParts } from './real-parts.ts';
import { projectRoot, type Settings } from './settings.ts';
import { openTextModel } from './text-model.ts';

/** Time that live calls get to end when the server stops. */
const callsEndWithinMs = 4_000;

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
  const readiness = createLineReadiness({
    states: () => partStates(brought),
    open,
    line: () => line,
    clock: systemClock,
  });

  const metrics = createMetrics({ activeCalls: () => line.activeCalls() });
  const line = createLine({
    open,
    missing: () => readiness.upToNow().reasons.join(' '),
    maxCalls: settings.maxCalls,
    apologies: createApologies({ speak: parts.speak, clock: systemClock, log }),
    textModel: settings.textModel && openTextModel(settings.textModel),
    clock: systemClock,
    newId: randomId,
    log,
    onEvent: metrics.observe,
    onRefused(code) {
      metrics.refused(code);
      readiness.forget();
    },
  });
  /** @throws SwitchboardError not_ready */
  const trail = (): OpenStore['trail'] => {
    const store = brought?.store.state() ?? starting;
    if (store.state !== 'ready') throw readiness.notReady();
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
      if (!now) throw readiness.notReady();
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
      throw readiness.notReady();
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
    readiness: readiness.look,
    async desks() {
      const desks = brought?.desks.state() ?? starting;
      if (desks.state !== 'ready') throw readiness.notReady();
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
    () => openDesksPart({ parts, settings, store: store.started, metrics, log }),
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
