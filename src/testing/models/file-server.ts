import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with one request. */
export interface Serving {
  readonly content: Uint8Array;
  /** @default '"one"' */
  readonly etag?: string | null;
  /** Sends so much of the file, counted from its start, and then nothing more. */
  readonly stopAt?: number;
  /** Whether parts are served. @default true */
  readonly ranges?: boolean;
  /** @default 200 */
  readonly status?: number;
  /** Leaves the length out. */
  readonly chunked?: boolean;
}

/** A local HTTP server of one file. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** Range headers of the requests so far; null for none. */
  readonly asked: readonly (string | null)[];
  /** Breaks all connections. */
  cut(): void;
}

/** Serves what `answer` says for each request in turn, from number 0. */
export async function serveFile(answer: (request: number) => Serving): Promise<FileServer> {
  const asked: (string | null)[] = [];
  const server = createServer((request, response) => {
    const serving = answer(asked.length);
    asked.push(request.headers.range ?? null);
    reply(serving, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}/model.tar.gz`,
    asked,
    cut: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function reply(serving: Serving, request: IncomingMessage, response: ServerResponse): void {
  const { content, etag = '"one"', stopAt, ranges = true, status = 200 } = serving;
  if (status !== 200) {
    response.writeHead(status).end('no');
    return;
  }
  const match = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const holds = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const from = match && ranges && holds ? Number(match[1]) : 0;
  if (etag !== null) response.setHeader('etag', etag);
  if (from > 0 && from >= content.length) {
    response.setHeader('content-range', `bytes */${content.length}`);
    response.writeHead(416).end();
    return;
  }
  if (from > 0) {
    response.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`);
  }
  if (!serving.chunked) response.setHeader('content-length', content.length - from);
  response.writeHead(from > 0 ? 206 : 200);
  const upTo = content.subarray(from, stopAt);
  if (stopAt === undefined || stopAt >= content.length) response.end(upTo);
  else response.write(upTo);
}
