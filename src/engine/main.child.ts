import { availableParallelism } from 'node:os';
import { jsonLog, messageOf, readAssets } from '../lib/index.ts';
import type { EngineMessage } from './process.ts';
import { openParts } from './parts.ts';

/**
 * The engine as a process of its own: forked with IPC, told what it needs through the environment,
 * says once when it is ready, and goes when its parent goes.
 */

const started = performance.now();
const environment = process.env;
const log = jsonLog(levelOf(environment['SWITCHBOARD_ENGINE_LOG']));
const tell = (message: EngineMessage, then?: () => void): void => {
  process.send?.(message, undefined, undefined, then);
};

process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.on('SIGINT', () => undefined); // a terminal's Ctrl-C reaches the parent, which decides

try {
  const opening = openParts({
    assets: readAssets(environment['SWITCHBOARD_ENGINE_CACHE'] ?? ''),
    mouthWorkers: Math.max(1, Math.min(4, availableParallelism() - 1)),
    log,
  });
  // Loaded while the parts open. A failure of theirs is reported below, not here.
  opening.catch(() => undefined);
  const { startEngineServer } = await import('./server/index.ts');
  const { ears, mind, mouth, hearing } = await opening;
  const server = await startEngineServer({
    host: environment['SWITCHBOARD_ENGINE_HOST'] ?? '127.0.0.1',
    port: Number(environment['SWITCHBOARD_ENGINE_PORT'] ?? 0),
    apiKey: environment['SWITCHBOARD_ENGINE_KEY'] ?? '',
    ears,
    mind,
    mouth,
    log,
  });
  const startMs = Math.round(performance.now() - started);
  tell({ type: 'ready', url: server.url, hearing, startMs });
} catch (thrown) {
  log.error('the engine cannot start', { error: messageOf(thrown) });
  tell({ type: 'failed', message: messageOf(thrown) }, () => process.exit(1));
}

function levelOf(text: string | undefined): 'debug' | 'info' | 'warn' | 'error' {
  return text === 'debug' || text === 'info' || text === 'error' ? text : 'warn';
}
