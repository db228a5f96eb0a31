import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EngineEndpoint } from '../ports.ts';

/** Where a played engine listens. */
export interface SessionServer extends AsyncDisposable {
  readonly endpoint: EngineEndpoint;
}

/** Takes connections as a Realtime server does, on a free port of this machine. */
export async function openSessionServer(options: {
  readonly model: string;
  connected(socket: WebSocket, request: IncomingMessage): void;
  /** Answers upgrades with this status. @default they are taken */
  readonly refuseStatus?: number | undefined;
  /** Answers requests that are no upgrades. @default none does */
  readonly requests?: RequestListener | undefined;
}): Promise<SessionServer> {
  const http = createServer(options.requests);
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  http.on('upgrade', (request, socket, head) => {
    if (options.refuseStatus) {
      socket.end(`HTTP/1.1 ${options.refuseStatus} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) =>
      options.connected(accepted, request),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo; // it listens on a port, so it is one
  return {
    endpoint: {
      kind: 'embedded',
      url: `ws://127.0.0.1:${port}/v1/realtime`,
      apiKey: 'secret',
      model: options.model,
    },
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
