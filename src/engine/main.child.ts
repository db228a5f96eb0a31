import { availableParallelism } from 'node:os';
import { messageOf, readAssets, SwitchboardError } from '../lib/index.ts';
import { jsonLog } from '../lib/json-log.ts';
import { readChoices } from './choices.ts';
import { openParts } from './parts.ts';
import type { EngineMessage } from './process.ts';

/**
 * The engine as a process of its own: forked with IPC, told what it needs through the environment,
 * says once when it is ready, and goes when its parent goes.
 */

const started = performance.now();
const environment = process.env;
const log = jsonLog(levelOf(environment['SWITCHBOARD_ENGINE_LOG']));
const closing = new AsyncDisposableStack();
/** Less than the parent waits before it kills. */
const stopWithinMs = 1_500;

process.on('disconnect', stop);
process.on('SIGTERM', stop);
// A terminal's Ctrl-C reaches the parent too, which decides what becomes of its calls.
process.on('SIGINT', () => undefined);

try {
  const choices = readChoices(environment['SWITCHBOARD_ENGINE_CHOICES']);
  const opening = openParts({
    assets: readAssets(environment['SWITCHBOARD_ENGINE_CACHE'] ?? ''),
    choices,
    mouthWorkers: Math.max(1, Math.min(4, availableParallelism() - 1)),
    log,
  });
  // The server is loaded while the parts open. A failure of theirs is reported below, not here.
  opening.catch(() => undefined);
  const { startEngineServer } = await import('./server/index.ts');
  const { ears, mind, mouth, hearing } = await opening;
  if (ears) closing.use(ears);
  closing.use(mind);
  closing.use(mouth);
  const server = await startEngineServer({
    host: environment['SWITCHBOARD_ENGINE_HOST'] ?? '127.0.0.1',
    port: Number(environment['SWITCHBOARD_ENGINE_PORT'] ?? 0),
    apiKey: environment['SWITCHBOARD_ENGINE_KEY'] ?? '',
    ears,
    mind,
    mouth,
    maxSessions: choices.maxSessions,
    webrtc: choices.webrtc,
    log,
  });
  closing.defer(() => server.close());
  const startMs = Math.round(performance.now() - started);
  tell({ type: 'ready', url: server.url, hearing, startMs });
} catch (thrown) {
  log.info('the engine cannot start', { error: messageOf(thrown) }); // the parent says it aloud
  const code = thrown instanceof SwitchboardError ? thrown.code : 'engine_unavailable';
  tell({ type: 'failed', code, message: messageOf(thrown) }, () => process.exit(1));
}

function stop(): void {
  setTimeout(() => process.exit(0), stopWithinMs);
  const done = (): never => process.exit(0);
  closing.disposeAsync().then(done, done);
}

function tell(message: EngineMessage, then?: () => void): void {
  process.send?.(message, undefined, undefined, then);
}

function levelOf(text: string | undefined): 'debug' | 'info' | 'warn' | 'error' {
  return text === 'debug' || text === 'info' || text === 'error' ? text : 'warn';
}
