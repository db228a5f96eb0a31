import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SwitchboardError, messageOf } from '../../lib/index.ts';
import { ensureCluster, openCluster } from './cluster.ts';
import { serveDatabase } from './database-server.ts';
import { lockFolder } from './folder-lock.ts';
import type { DatabaseProcessMessage, DatabaseProcessOptions } from './messages.ts';

// The database process: owns the data folder, runs PGlite, and ends with its parent.

const tell = (message: DatabaseProcessMessage): void => {
  process.send?.(message, undefined, undefined, () => undefined); // a parent that is gone needs no word
};

async function main(options: DatabaseProcessOptions): Promise<void> {
  const parentGone = new Promise<void>((resolve) => {
    process.once('disconnect', resolve); // the parent let go, or is gone
  });
  // Ctrl-C and a service manager's stop reach every process at once. The parent still has calls to
  // end and their trails to write, so only its own end is this one's.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => undefined);
  const lock = await lockFolder(options.dataDir);
  try {
    const folder = join(options.dataDir, 'postgres');
    await ensureCluster(folder, options.templateFolder);
    const database = await openCluster(folder);
    const password = randomBytes(32).toString('base64url');
    const server = await serveDatabase(database, {
      password,
      onFatal: () => process.exit(70), // the parent starts another, which recovers from the log
    });
    tell({ type: 'ready', port: server.port, password });
    await parentGone;
    await server[Symbol.asyncDispose]();
    await database.close();
  } finally {
    lock[Symbol.dispose]();
  }
}

try {
  // Written by our own parent, in exactly this shape.
  await main(JSON.parse(process.argv[2] ?? '') as DatabaseProcessOptions);
} catch (thrown) {
  const code = thrown instanceof SwitchboardError ? thrown.code : 'store_unavailable';
  tell({ type: 'failed', code, message: messageOf(thrown) });
  process.exitCode = 1;
} finally {
  if (process.connected) process.disconnect();
}
