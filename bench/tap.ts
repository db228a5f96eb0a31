import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** One server event of the engine as it passed by. */
export interface TappedEvent {
  /** `performance.now()` of this process. */
  readonly atMs: number;
  readonly type: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** A relay between the line and its engine that notes when which event passed. */
export interface Tap extends AsyncDisposable {
  /** For `OPENAI_BASE_URL`. */
  readonly baseUrl: string;
  readonly events: TappedEvent[];
}

/** @param engineUrl WebSocket address of the real engine, without the model. */
export async function openTap(engineUrl: string): Promise<Tap> {
  const events: TappedEvent[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((resolve) => server.on('listening', resolve));
  server.on('connection', (near, request) => {
    const query = new URL(request.url ?? '/', 'http://tap').search;
    const far = new WebSocket(`${engineUrl}${query}`, {
      perMessageDeflate: false,
      headers: { authorization: request.headers.authorization ?? '' },
    });
    const waiting: Buffer[] = [];
    near.on('message', (data: Buffer) => {
      if (far.readyState === WebSocket.OPEN) far.send(data.toString());
      else waiting.push(data);
    });
    far.on('open', () => {
      for (const data of waiting) far.send(data.toString());
    });
    far.on('message', (data: Buffer) => {
      const atMs = performance.now();
      const text = data.toString();
      near.send(text);
      // The engine is ours: every frame is a JSON object with a type.
      const event = JSON.parse(text) as { type: string } & Record<string, unknown>;
      events.push({ atMs, type: event.type, event });
    });
    near.on('close', () => far.close());
    far.on('close', () => near.close());
    far.on('error', () => near.close());
  });
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    events,
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
