import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server by TCP that can be cut, as when a network changes. */
export interface CuttableWay extends AsyncDisposable {
  readonly url: string;
  /** Breaks every connection, and lets no new one through for so long. */
  cut(forMs: number): void;
}

/** Opens a way of its own, on a free port of this machine. */
export async function openCuttableWay(serverUrl: string): Promise<CuttableWay> {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let closedUntilMs = 0;
  const server = createServer((near) => {
    if (performance.now() < closedUntilMs) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut(forMs) {
      closedUntilMs = performance.now() + forMs;
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
