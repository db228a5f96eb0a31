import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { messageOf, SwitchboardError, systemClock, type Clock } from '../../lib/index.ts';

/** How far a download is. */
export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Null when the server does not say. */
  readonly totalBytes: number | null;
}

/** What {@link download} is to fetch, and where to. */
export interface DownloadRequest {
  readonly url: string;
  /** Where it is gathered; `<file>.json` beside it remembers what it is a part of. */
  readonly file: string;
  /** Larger ones are refused. */
  readonly maxBytes: number;
  /** Stops it; what is there stays for the next time. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Told why it will be tried again, and after how long. */
  readonly onTrouble?: (trouble: DownloadTrouble) => void;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Something that may be different after a wait. */
export interface DownloadTrouble {
  readonly reason: string;
  readonly waitMs: number;
}

/** A file that was fetched whole. */
export interface Downloaded {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Some of it was there from an earlier time. */
  readonly resumed: boolean;
}

const waitsMs = [1_000, 2_000, 4_000, 8_000];
/** A connection that brings nothing for so long is given up. */
const stalledMs = 30_000;

const partState = z.object({
  url: z.string(),
  /** A strong ETag, without which a part cannot be continued safely. */
  etag: z.string().nullable(),
  totalBytes: z.number().nullable(),
});
type PartState = z.infer<typeof partState>;

/** Something that may be different in a moment. */
class Passing extends Error {}

/**
 * Fetches a file over HTTP(S), computing its sum on the way.
 *
 * A connection that breaks is taken up where it stopped (Range with If-Range,
 * https://www.rfc-editor.org/rfc/rfc9110#name-if-range), in this run or in a later one; a file that
 * changed meanwhile, or a server that cannot continue, begins anew. Server errors are tried again
 * four times in a row at most.
 *
 * @throws SwitchboardError download_failed, download_refused, disk_full, model_invalid (too large);
 *   the signal's reason
 */
export async function download(request: DownloadRequest): Promise<Downloaded> {
  const { file, signal, clock = systemClock } = request;
  await mkdir(dirname(file), { recursive: true });
  const before = await partSize(file);
  let failures = 0;
  let resumed = before > 0;
  for (;;) {
    const from = await partSize(file);
    try {
      const finished = await attempt(request, clock);
      resumed &&= !finished.startedOver;
      return { bytes: finished.bytes, sha256: finished.sha256, resumed };
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof Passing)) throw asFailure(thrown, request.url);
      failures = (await partSize(file)) > from ? 1 : failures + 1;
      const waitMs = waitsMs[failures - 1];
      if (waitMs === undefined) throw asFailure(thrown, request.url);
      request.onTrouble?.({ reason: thrown.message, waitMs });
      await pause(waitMs, { clock, signal });
    }
  }
}

async function attempt(
  request: DownloadRequest,
  clock: Clock,
): Promise<{ bytes: number; sha256: string; startedOver: boolean }> {
  const { url, file, maxBytes, signal } = request;
  const known = await readState(file, url);
  let have = known ? await partSize(file) : 0;
  if (known && known.totalBytes !== null && have === known.totalBytes) {
    return { bytes: have, sha256: await sumOf(file), startedOver: false };
  }
  if (!known?.etag) have = 0;

  const watch = watchdog(clock, signal);
  try {
    const response = await ask(url, {
      from: have,
      etag: known?.etag ?? null,
      signal: watch.signal,
    });
    const continues = response.status === 206 && startOf(response) === have;
    if (response.status === 416 || (response.status === 206 && !continues)) {
      await response.body?.cancel();
      await rm(file, { force: true });
      throw new Passing('the server cannot continue the download');
    }
    const startedOver = have > 0 && !continues;
    if (!continues) have = 0;
    const totalBytes = lengthOf(response, have);
    if ((totalBytes ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
    await writeState(file, { url, etag: strongEtag(response), totalBytes });

    const hash = createHash('sha256');
    if (have > 0) await feed(hash, file);
    const handle = await open(file, have > 0 ? 'r+' : 'w');
    try {
      // Node's own type of a body; the DOM's, which `fetch` declares, cannot be iterated.
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        watch.alive();
        if (have + chunk.length > maxBytes) throw tooLarge(url, maxBytes);
        await handle.write(chunk, 0, chunk.length, have);
        hash.update(chunk);
        have += chunk.length;
        request.onProgress?.({ receivedBytes: have, totalBytes });
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (totalBytes !== null && have < totalBytes) throw new Passing('the connection was cut');
    return { bytes: have, sha256: hash.digest('hex'), startedOver };
  } catch (thrown) {
    if (thrown instanceof SwitchboardError || isDiskError(thrown)) throw thrown;
    throw new Passing(watch.isStalled() ? 'nothing came any more' : reasonOf(thrown), {
      cause: thrown,
    });
  } finally {
    watch.stop();
  }
}

async function ask(
  url: string,
  options: { readonly from: number; readonly etag: string | null; readonly signal: AbortSignal },
): Promise<Response> {
  const { from, etag, signal } = options;
  const headers = new Headers({ 'accept-encoding': 'identity', 'user-agent': 'switchboard' });
  if (from > 0 && etag) {
    headers.set('range', `bytes=${from}-`);
    headers.set('if-range', etag);
  }
  const response = await fetch(url, { headers, signal });
  if (url.startsWith('https:') && !response.url.startsWith('https:')) {
    throw new SwitchboardError('download_refused', `${url} leads to an address without TLS.`);
  }
  const { status } = response;
  if (response.ok || status === 416) return response;
  await response.body?.cancel();
  if (status >= 500 || status === 429 || status === 408) {
    throw new Passing(`the server answered ${status}`);
  }
  throw new SwitchboardError(
    'download_refused',
    `${url} cannot be had: the server answered ${status}.`,
  );
}

/** Aborts when nothing came for a while, or with the signal it follows. */
function watchdog(clock: Clock, parent: AbortSignal) {
  const stall = new AbortController();
  let cancel = (): void => undefined;
  const alive = (): void => {
    cancel();
    cancel = clock.setTimer(stalledMs, () => stall.abort());
  };
  alive();
  return {
    signal: AbortSignal.any([stall.signal, parent]),
    alive,
    isStalled: () => stall.signal.aborted,
    stop: () => cancel(),
  };
}

function startOf(response: Response): number | null {
  const match = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return match ? Number(match[1]) : null;
}

function lengthOf(response: Response, have: number): number | null {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) && length >= 0 ? have + length : null;
}

function strongEtag(response: Response): string | null {
  const etag = response.headers.get('etag');
  return etag?.startsWith('"') ? etag : null;
}

async function readState(file: string, url: string): Promise<PartState | null> {
  try {
    const state = partState.parse(JSON.parse(await readFile(`${file}.json`, 'utf8')));
    return state.url === url ? state : null;
  } catch {
    return null; // absent or half written: the download begins anew
  }
}

async function writeState(file: string, state: PartState): Promise<void> {
  await writeFile(`${file}.json`, JSON.stringify(state));
}

const partSize = async (file: string): Promise<number> =>
  (await stat(file).catch(() => null))?.size ?? 0;

async function feed(hash: Hash, file: string): Promise<void> {
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer); // no encoding is set
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await feed(hash, file);
  return hash.digest('hex');
}

function pause(
  waitMs: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      cancel();
      reject(signal.reason as Error); // an abort reason is typed `any` by the platform
    };
    const cancel = clock.setTimer(waitMs, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}

function tooLarge(url: string, maxBytes: number): SwitchboardError {
  return new SwitchboardError('model_invalid', `${url} is larger than ${maxBytes} bytes.`);
}

/** What Node's file functions throw carries a code. */
const codeOf = (thrown: unknown): string | undefined => (thrown as NodeJS.ErrnoException).code;

const isDiskError = (thrown: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO'].includes(codeOf(thrown) ?? '');

/** `fetch` says "fetch failed" and keeps the reason. */
function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const words = cause === undefined ? messageOf(thrown) : messageOf(cause);
  // An error of several addresses has no message of its own.
  return words === '' ? (codeOf(cause) ?? 'the network failed') : words;
}

function asFailure(thrown: unknown, url: string): unknown {
  if (thrown instanceof Passing) {
    const message = `${url} could not be fetched: ${thrown.message}. Try again: it goes on where it stopped.`;
    return new SwitchboardError('download_failed', message, { cause: thrown });
  }
  if (['ENOSPC', 'EDQUOT'].includes(codeOf(thrown) ?? '')) {
    return new SwitchboardError('disk_full', 'The disk is full. Make room and pull again.', {
      cause: thrown,
    });
  }
  return thrown;
}
