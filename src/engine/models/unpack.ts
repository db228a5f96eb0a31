import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, Readable, Writable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type TarHeader } from 'modern-tar';
import bunzip2 from 'unbzip2-stream';
import { messageOf, SwitchboardError } from '../../lib/index.ts';

/** Far beyond any model; what is larger is an attack or a mistake. */
const most = { bytes: 6 * 2 ** 30, entries: 20_000 };

/**
 * Unpacks the wanted files of a tar archive (bzip2, gzip or plain) into an empty folder.
 *
 * Nothing but files and folders inside the archive is accepted: a path that leads out of the folder,
 * a link or a device refuses the whole archive, and so does a second file of the same name.
 *
 * @param options.wants whether a file, by its path in the archive, is to be written
 * @returns the paths written
 * @throws SwitchboardError model_invalid, disk_full; the signal's reason
 */
export async function unpack(options: {
  readonly archive: string;
  readonly folder: string;
  readonly wants: (path: string) => boolean;
  readonly signal: AbortSignal;
  readonly onFile?: (path: string) => void;
  /** Leave bzip2 to the system's program, four times as fast. @default where there is one */
  readonly useProgram?: boolean;
}): Promise<readonly string[]> {
  const { archive, folder, wants, signal, onFile, useProgram = hasBzip2() } = options;
  const decoder = createTarDecoder({ strict: true });
  const source = createReadStream(archive);
  const into = Writable.fromWeb(decoder.writable);
  const plain = await decompressor(archive, useProgram);
  const reading =
    typeof plain === 'function'
      ? pipeline(source, plain, into, { signal })
      : pipeline(source, plain, into, { signal });
  reading.catch(() => undefined); // awaited below; a refused entry comes first
  const written: string[] = [];
  const seen = { bytes: 0, entries: 0 };
  try {
    for await (const { header, body } of decoder.readable) {
      seen.bytes += header.size;
      seen.entries += 1;
      if (seen.bytes > most.bytes || seen.entries > most.entries) {
        throw unsafe('it unpacks to more than a model can be');
      }
      const path = safePath(header);
      if (path === null || !wants(path)) {
        await body.cancel();
        continue;
      }
      onFile?.(path);
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      // Never over an existing file. Node's own type of a web stream stands for the DOM's.
      const content = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
      await pipeline(content, createWriteStream(file, { flags: 'wx', mode: 0o644 }), { signal });
      written.push(path);
    }
    await reading;
  } catch (thrown) {
    source.destroy();
    into.destroy();
    await reading.catch(() => undefined);
    signal.throwIfAborted();
    throw asRefusal(thrown);
  }
  return written;
}

/** By the first bytes, not by the name. */
async function decompressor(
  archive: string,
  useProgram: boolean,
): Promise<Duplex | typeof bzip2Program> {
  const handle = await open(archive);
  const magic = Buffer.alloc(3);
  try {
    await handle.read(magic, 0, 3, 0);
  } finally {
    await handle.close();
  }
  if (magic.toString('latin1') === 'BZh') return useProgram ? bzip2Program : bunzip2();
  if (magic[0] === 0x1f && magic[1] === 0x8b) return createGunzip();
  return new PassThrough();
}

function hasBzip2(): boolean {
  return spawnSync('bzip2', ['--help'], { stdio: 'ignore' }).status === 0;
}

/** @throws Error when the program does not like what it reads */
async function* bzip2Program(source: Readable): AsyncGenerator<Buffer> {
  const child = spawn('bzip2', ['-dc'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const closed = once(child, 'close');
  closed.catch(() => undefined); // a program that cannot be run has no output either
  const feeding = pipeline(source, child.stdin);
  feeding.catch(() => undefined); // seen in how the program ends
  try {
    // No encoding is set, so these are buffers.
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const [code] = (await closed) as [number | null]; // what a child closes with
    if (code !== 0) throw new Error('it is cut off or damaged');
  } finally {
    child.kill();
  }
}

/** @returns the path of a file, null for a folder. */
function safePath({ name, type = 'file' }: TarHeader): string | null {
  if (type !== 'file' && type !== 'directory') throw unsafe(`it holds a ${type} (${name})`);
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  const leadsOut = name.startsWith('/') || segments.includes('..');
  const isStrange = /[\\\0]|^[A-Za-z]:/.test(name) || segments.some((one) => one.length > 200);
  if (leadsOut || isStrange) throw unsafe(`it holds a path that leads out of it (${name})`);
  return type === 'directory' ? null : segments.join('/');
}

function unsafe(reason: string): SwitchboardError {
  return new SwitchboardError('model_invalid', `The archive is refused: ${reason}.`);
}

function asRefusal(thrown: unknown): unknown {
  if (thrown instanceof SwitchboardError) return thrown;
  // What Node's file functions throw carries a code.
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SwitchboardError('disk_full', 'The disk is full. Make room and pull again.', {
      cause: thrown,
    });
  }
  if (code === 'EEXIST') return unsafe('it holds two files of the same name');
  return new SwitchboardError(
    'model_invalid',
    `The archive cannot be read: ${messageOf(thrown)}.`,
    {
      cause: thrown,
    },
  );
}
