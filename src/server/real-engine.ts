import type { EngineProcess, EngineProcessOptions } from '../engine/index.ts';
import type { EngineEndpoint } from '../call/index.ts';
import { readAssets, SwitchboardError, withDeadline } from '../lib/index.ts';
import type { Parts, RunningEngine } from './parts.ts';

/** A child that dies this often before it was ever ready will not come up. */
const startAttempts = 3;
const startWithinMs = 60_000;

/**
 * The engine that answers calls: a remote one that gave a session just now, or the embedded one as a
 * child process, ready when this resolves.
 *
 * @throws SwitchboardError engine_refused when a remote engine does not accept the key or the model,
 *   asset_missing when hearing is installed but does not work,
 *   engine_unavailable when the remote engine is not reached, or the child does not come up.
 */
export const startRealEngine: Parts['startEngine'] = async (options) => {
  const { remote } = options;
  return remote ? openRemoteEngine(remote, options.signal) : startEmbeddedEngine(options);
};

async function openRemoteEngine(
  remote: EngineEndpoint,
  signal: AbortSignal,
): Promise<RunningEngine> {
  const { probeEngine } = await import('../call/index.ts');
  await probeEngine(remote, { signal });
  return {
    state: () => ({ ok: true, endpoint: remote, hearing: { available: true } }),
    check: (within) => probeEngine(remote, { signal: within }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * The embedded engine as a child process, ready when this resolves.
 *
 * @param options.serve where to serve and the key to ask for. @default a free local port, random key
 * @throws SwitchboardError port_in_use, asset_missing, engine_unavailable
 */
export async function startEmbeddedEngine(
  options: Pick<EngineProcessOptions, 'cacheDir' | 'log' | 'serve' | 'choices'> & {
    readonly signal: AbortSignal;
  },
): Promise<RunningEngine> {
  const { cacheDir, signal } = options;
  const { startEngineProcess } = await import('../engine/index.ts');
  const engine = startEngineProcess(options);
  try {
    await withDeadline((within) => Promise.race([engine.ready(within), neverUp(engine)]), {
      timeoutMs: startWithinMs,
      signal,
      onTimeout: () =>
        new SwitchboardError('engine_unavailable', 'The embedded engine does not come up.'),
    });
    // Parts that are not to be had here leave a call to be typed; parts that are there but broken
    // are for whoever installed them to repair.
    const { vadModel, pocketsphinx } = readAssets(cacheDir);
    const hearing = engine.hearing();
    if (vadModel && pocketsphinx && !hearing.available) {
      throw new SwitchboardError('asset_missing', hearing.note ?? 'Hearing does not work.');
    }
  } catch (thrown) {
    await engine[Symbol.asyncDispose]();
    throw thrown;
  }
  return {
    state() {
      const endpoint = engine.endpoint();
      return endpoint
        ? { ok: true, endpoint, hearing: engine.hearing() }
        : {
            ok: false,
            message: 'The embedded engine is being started again; try in a few seconds.',
          };
    },
    check: () => Promise.resolve(), // a child of ours: its state is known without asking it
    [Symbol.asyncDispose]: async () => engine[Symbol.asyncDispose](),
  };
}

/** Rejects when the child cannot come up, or has died too often; settles in no other way. */
function neverUp(engine: EngineProcess): Promise<never> {
  return new Promise((_resolve, reject) => {
    let left = startAttempts;
    const forget = engine.onExit(() => {
      const failure = engine.failure();
      const isHopeless = failure && (!failure.retryable || failure.code === 'port_in_use');
      left -= 1;
      if (left > 0 && !isHopeless) return;
      forget();
      const why = failure?.message ?? 'it ended without a reason';
      reject(
        isHopeless
          ? failure
          : new SwitchboardError(
              'engine_unavailable',
              `The embedded engine does not start: ${why}`,
            ),
      );
    });
  });
}
