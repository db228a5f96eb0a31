import { tmpdir } from 'node:os';
import { silentLog } from '../../lib/index.ts';
import { startEngineProcess } from '../process.ts';

/** A server that dies without a word as soon as its engine is ready; first tells the engine's pid. */
const engine = startEngineProcess({ cacheDir: tmpdir(), log: silentLog });
await engine.ready();
process.send?.(engine.pid(), undefined, undefined, () => process.kill(process.pid, 'SIGKILL'));
