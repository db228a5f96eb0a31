import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock, type Clock } from '../../lib/index.ts';
import { download, type Downloaded, type DownloadProgress } from './download.ts';
import { serveFile, type FileServer } from '../../testing/models/file-server.ts';

const content = randomBytes(300_000);
const sha256 = createHash('sha256').update(content).digest('hex');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-download-'));
  file = join(folder, 'archive.part');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Time that passes as soon as somebody waits, so that retries cost none; a stall is never reached. */
const hurried: Clock = {
  ...manualClock(),
  setTimer(delayMs, task) {
    if (delayMs >= 30_000) return () => undefined;
    const now = setImmediate(task);
    return () => clearImmediate(now);
  },
};

/** Breaks the connection whenever so much has arrived. */
const cutAt =
  (server: FileServer, ...bytes: readonly number[]) =>
  ({ receivedBytes }: DownloadProgress): void => {
    if (bytes.includes(receivedBytes)) server.cut();
  };

const fetchFrom = (
  server: FileServer,
  options: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: DownloadProgress) => void;
    readonly maxBytes?: number;
    readonly clock?: Clock;
  } = {},
): Promise<Downloaded> =>
  download({
    url: server.url,
    file,
    maxBytes: 1_000_000,
    signal: new AbortController().signal,
    clock: hurried,
    ...options,
  });

describe('download', () => {
  it('fetches a file, tells how far it is, and computes its sum', async () => {
    await using server = await serveFile(() => ({ content }));
    const seen: DownloadProgress[] = [];
    const got = await fetchFrom(server, { onProgress: (progress) => seen.push(progress) });
    expect(got).toEqual({ bytes: content.length, sha256, resumed: false });
    expect(readFileSync(file)).toEqual(content);
    expect(seen.at(-1)).toEqual({ receivedBytes: content.length, totalBytes: content.length });
    expect(server.asked).toEqual([null]);
  });

  it('goes on where a cut connection stopped', async () => {
    await using server = await serveFile((request) => ({
      content,
      ...(request === 0 ? { stopAt: 100_000 } : request === 1 ? { stopAt: 200_000 } : {}),
    }));
    const onProgress = cutAt(server, 100_000, 200_000);
    expect(await fetchFrom(server, { onProgress })).toMatchObject({ sha256 });
    expect(server.asked).toEqual([null, 'bytes=100000-', 'bytes=200000-']);
    expect(readFileSync(file)).toEqual(content);
  });

  it('goes on in a later run with what an earlier one left', async () => {
    await using server = await serveFile((request) => ({
      content,
      ...(request === 0 ? { stopAt: 100_000 } : {}),
    }));
    const interrupt = new AbortController();
    const first = fetchFrom(server, {
      signal: interrupt.signal,
      onProgress: ({ receivedBytes }) => {
        if (receivedBytes >= 100_000) interrupt.abort(new Error('stopped'));
      },
    });
    await expect(first).rejects.toThrow('stopped');
    const got = await fetchFrom(server);
    expect(got).toEqual({ bytes: content.length, sha256, resumed: true });
    expect(server.asked[1]).toBe('bytes=100000-');
  });

  it('asks for nothing when all of it is there', async () => {
    await using server = await serveFile(() => ({ content }));
    await fetchFrom(server);
    expect(await fetchFrom(server)).toMatchObject({ sha256, resumed: true });
    expect(server.asked).toHaveLength(1);
  });

  it('begins anew when the file has changed', async () => {
    const changed = randomBytes(250_000);
    await using server = await serveFile((request) =>
      request === 0 ? { content, stopAt: 100_000 } : { content: changed, etag: '"two"' },
    );
    const got = await fetchFrom(server, { onProgress: cutAt(server, 100_000) });
    expect(got.bytes).toBe(250_000);
    expect(server.asked).toEqual([null, 'bytes=100000-']);
    expect(readFileSync(file)).toEqual(changed);
  });

  it('begins anew where the server cannot continue', async () => {
    await using server = await serveFile((request) => ({
      content,
      ranges: false,
      ...(request === 0 ? { stopAt: 100_000 } : {}),
    }));
    const onProgress = cutAt(server, 100_000);
    expect(await fetchFrom(server, { onProgress })).toMatchObject({ sha256 });
    expect(readFileSync(file)).toEqual(content);
    expect(server.asked).toEqual([null, 'bytes=100000-']);
  });

  it('begins anew without an ETag that names exactly this file', async () => {
    await using server = await serveFile((request) => ({
      content,
      etag: 'W/"weak"',
      ...(request === 0 ? { stopAt: 100_000 } : {}),
    }));
    const onProgress = cutAt(server, 100_000);
    expect(await fetchFrom(server, { onProgress })).toMatchObject({ sha256 });
    expect(server.asked).toEqual([null, null]);
  });

  it('takes a file whose length nobody says', async () => {
    await using server = await serveFile(() => ({ content, chunked: true }));
    const seen: DownloadProgress[] = [];
    await fetchFrom(server, { onProgress: (progress) => seen.push(progress) });
    expect(readFileSync(file)).toEqual(content);
    expect(seen.at(-1)?.totalBytes).toBeNull();
  });

  it('tries again when the server has trouble, and gives up after five times', async () => {
    await using recovers = await serveFile((request) => ({
      content,
      status: request < 3 ? 503 : 200,
    }));
    expect(await fetchFrom(recovers)).toMatchObject({ sha256 });
    rmSync(file);
    await using broken = await serveFile(() => ({ content, status: 500 }));
    await expect(fetchFrom(broken)).rejects.toMatchObject({ code: 'download_failed' });
    expect(broken.asked).toHaveLength(5);
  });

  it('says at once that there is no such file', async () => {
    await using server = await serveFile(() => ({ content, status: 404 }));
    await expect(fetchFrom(server)).rejects.toMatchObject({
      code: 'download_refused',
      message: expect.stringContaining('404') as string,
    });
    expect(server.asked).toHaveLength(1);
  });

  it('says that nobody answers', async () => {
    const server = await serveFile(() => ({ content }));
    await server[Symbol.asyncDispose]();
    await expect(fetchFrom(server)).rejects.toMatchObject({
      code: 'download_failed',
      retryable: true,
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('refuses what is too large, said or not', async () => {
    await using said = await serveFile(() => ({ content }));
    await expect(fetchFrom(said, { maxBytes: 100_000 })).rejects.toMatchObject({
      code: 'model_invalid',
    });
    expect(existsSync(file)).toBe(false);
    await using unsaid = await serveFile(() => ({ content, chunked: true }));
    await expect(fetchFrom(unsaid, { maxBytes: 100_000 })).rejects.toMatchObject({
      code: 'model_invalid',
    });
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    symlinkSync('/dev/full', file);
    await using server = await serveFile(() => ({ content }));
    await expect(fetchFrom(server)).rejects.toMatchObject({ code: 'disk_full', retryable: true });
    expect(server.asked).toHaveLength(1);
  });

  it('gives up a connection that brings nothing, and takes another', async () => {
    const clock = manualClock();
    await using server = await serveFile((request) => ({
      content,
      ...(request === 0 ? { stopAt: 100_000 } : {}),
    }));
    const running = fetchFrom(server, {
      clock,
      onProgress: ({ receivedBytes }) => {
        // After this chunk's own timer was set.
        if (receivedBytes === 100_000) queueMicrotask(() => clock.advance(30_000));
        else if (receivedBytes < 100_000) return;
      },
    });
    const turning = setInterval(() => clock.advance(1_000), 5);
    try {
      expect(await running).toMatchObject({ sha256 });
    } finally {
      clearInterval(turning);
    }
    expect(server.asked).toEqual([null, 'bytes=100000-']);
  });
});
