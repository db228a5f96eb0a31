import { WebSocket } from 'ws';
import { serverEvent, type ServerEvent, type ServerEventType } from '../../protocol/index.ts';

type EventOf<T extends ServerEventType> = Extract<ServerEvent, { readonly type: T }>;

/** A Realtime client for tests. Every frame it gets must be a server event as we define it. */
export interface TestClient {
  readonly events: readonly ServerEvent[];
  /** Types seen since the last call; of deltas only the first of its kind. */
  newTypes(): string[];
  send(event: object): void;
  sendRaw(frame: string | Buffer): void;
  /** The next event of a type that has not been waited for yet. */
  next<T extends ServerEventType>(type: T): Promise<EventOf<T>>;
  /** Real-looking speech or silence: 24 kHz, in 20 ms frames, sent at once. */
  speak(ms: number): void;
  silence(ms: number): void;
  readonly closed: Promise<number>;
  close(): void;
}

/** Connects; rejects with the HTTP status when the upgrade is refused. */
export async function connectClient(url: string, apiKey: string): Promise<TestClient> {
  const socket = new WebSocket(`${url}${url.includes('?') ? '&' : '?'}model=test`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const events: ServerEvent[] = [];
  const waiting = new Map<string, ((event: ServerEvent) => void)[]>();
  const taken = new Map<string, number>();
  let told = 0;
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer) => {
    const event = serverEvent.parse(JSON.parse(data.toString()));
    events.push(event);
    const waiter = waiting.get(event.type)?.shift();
    if (waiter) {
      taken.set(event.type, (taken.get(event.type) ?? 0) + 1);
      waiter(event);
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      reject(new Error(`refused with ${response.statusCode}`));
    });
    socket.on('error', reject);
  });

  function sendAudio(ms: number, level: number): void {
    const frame = Buffer.from(new Int16Array(480).fill(level).buffer).toString('base64');
    for (let at = 0; at < ms; at += 20) {
      client.send({ type: 'input_audio_buffer.append', audio: frame });
    }
  }

  const client: TestClient = {
    events,
    newTypes() {
      const types = events.slice(told).map((event) => event.type as string);
      told = events.length;
      return types.filter(
        (type, index) => !type.endsWith('.delta') || types.indexOf(type) === index,
      );
    },
    send: (event) => socket.send(JSON.stringify(event)),
    sendRaw: (frame) => socket.send(frame),
    next(type) {
      const seen = taken.get(type) ?? 0;
      const already = events.filter((event) => event.type === type)[seen];
      if (already) {
        taken.set(type, seen + 1);
        return Promise.resolve(already as EventOf<typeof type>); // found by its type
      }
      return new Promise((resolve) => {
        const queue = waiting.get(type) ?? [];
        queue.push(resolve as (event: ServerEvent) => void); // called with this type only
        waiting.set(type, queue);
      });
    },
    speak: (ms) => sendAudio(ms, 8_000),
    silence: (ms) => sendAudio(ms, 0),
    closed,
    close: () => socket.close(),
  };
  return client;
}
