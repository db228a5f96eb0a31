import { silentLog } from '../../lib/index.ts';
import { readSettings } from '../settings.ts';
import { startServer, type RunningServer } from '../start-server.ts';
import { fakeParts } from './fake-parts.ts';

/** A real server on a free port with fake parts behind it, ready for calls. */
export async function startFakeServer(): Promise<RunningServer> {
  const server = await startServer({
    settings: readSettings({ PORT: '0' }),
    log: silentLog,
    parts: fakeParts().parts,
  });
  await server.ready;
  return server;
}
