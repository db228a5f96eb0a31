import { closeSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What Emscripten's NODEFS hands to a stream operation. */
interface NodeStream {
  /** The operating system's descriptor, when the file is open there. */
  readonly nfd?: number;
  readonly node: unknown;
}

interface NodeFileSystem {
  readonly stream_ops: { fsync?: (stream: NodeStream) => number };
  realPath(node: unknown): string;
}

interface NodeFileSystems {
  readonly FS: { readonly filesystems: { readonly NODEFS: NodeFileSystem } };
}

type Init = NodeFS['init'];

/**
 * PGlite's folder on disk, with the part of it that is missing: an `fsync` that reaches the disk.
 *
 * Emscripten's NODEFS has no `fsync` operation, so Postgres's own calls are dropped in silence and
 * a commit survives the end of the process but not a power cut. Together with {@link durableStart}
 * every commit is on disk before it is acknowledged.
 */
export class DurableNodeFs extends NodeFS {
  /** How often Postgres asked for a flush and got it. */
  syncCount = 0;

  override async init(...[postgres, options]: Parameters<Init>): ReturnType<Init> {
    const result = await super.init(postgres, options);
    result.emscriptenOpts.preRun?.push((module) => {
      // PGlite types this through `@types/emscripten`, which is not there at run time either.
      const { NODEFS } = (module as unknown as NodeFileSystems).FS.filesystems;
      NODEFS.stream_ops.fsync = (stream) => {
        this.syncCount += 1;
        if (stream.nfd !== undefined) fsyncSync(stream.nfd);
        else syncPath(NODEFS.realPath(stream.node));
        return 0;
      };
    });
    return result;
  }
}

/** Flushes a file, or a folder's list of names. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** PGlite's own start parameters, without its `-F` (no fsync) and with a flush on commit. */
export const durableStart = [
  '--single',
  '-O',
  '-j',
  ...[
    'search_path=public',
    'exit_on_error=false',
    'log_checkpoints=false',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'io_method=sync',
    'shared_buffers=16MB',
    'fsync=on',
    'synchronous_commit=on',
    'wal_sync_method=fsync',
  ].flatMap((setting) => ['-c', setting]),
];
