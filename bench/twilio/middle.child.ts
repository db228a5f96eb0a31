import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/*
 * What stands between carrier and engine in the bench of telephone calls, in a process of its own:
 * `relay`, the least that works; `sdk`, the Agents SDK's transport as shipped; `ours`, the whole server.
 */

/** What is measured of it. */
export interface MiddleFigures {
  /** Processor time so far, all threads. */
  readonly cpuMs: number;
  readonly residentBytes: number;
}

/** From the process. */
export type MiddleTold =
  | { readonly type: 'listening'; readonly url: string }
  | ({ readonly type: 'figures' } & MiddleFigures);

const [kind = 'relay', engineUrl = ''] = process.argv.slice(2);
const tell = (told: MiddleTold): void => void process.send?.(told);

process.on('disconnect', () => process.exit(0));
process.on('message', () => {
  const { user, system } = process.cpuUsage(); // before the collection, which only makes the memory comparable
  globalThis.gc?.();
  tell({
    type: 'figures',
    cpuMs: (user + system) / 1_000,
    residentBytes: process.memoryUsage.rss(),
  });
});

if (kind === 'ours') await serveOurs();
else await serveSockets(kind === 'sdk' ? await sdkCall() : relayCall);

async function serveOurs(): Promise<void> {
  const { readSettings, startServer } = await import('../../src/server/index.ts');
  const { silentLog } = await import('../../src/lib/index.ts');
  const server = await startServer({ settings: readSettings(), log: silentLog });
  await server.ready;
  tell({ type: 'listening', url: server.url });
}

async function serveSockets(hold: (carrier: WebSocket) => void): Promise<void> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((resolve) => server.on('listening', resolve));
  server.on('connection', hold);
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  tell({ type: 'listening', url: `ws://127.0.0.1:${port}` });
}

/** Parses each frame and writes it in the other's words: less cannot be done by anything correct. */
function relayCall(carrier: WebSocket): void {
  const engine = new WebSocket(`${engineUrl}?model=bench`, { perMessageDeflate: false });
  let streamSid = '';
  carrier.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as {
      readonly event: string;
      readonly streamSid?: string;
      readonly media?: { readonly payload: string };
    }; // made by the bench
    if (frame.event === 'start') streamSid = frame.streamSid ?? '';
    if (frame.event !== 'media' || engine.readyState !== WebSocket.OPEN) return;
    const audio = frame.media?.payload;
    engine.send(JSON.stringify({ type: 'input_audio_buffer.append', audio }));
  });
  engine.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as { readonly type: string; readonly delta?: string }; // likewise
    if (carrier.readyState !== WebSocket.OPEN) return;
    if (event.type === 'input_audio_buffer.speech_started') {
      carrier.send(JSON.stringify({ event: 'clear', streamSid }));
    } else if (event.type === 'response.output_audio.delta') {
      const media = { payload: event.delta };
      carrier.send(JSON.stringify({ event: 'media', streamSid, media }));
    }
  });
  carrier.on('close', () => engine.close());
  engine.on('close', () => carrier.close());
  engine.on('error', () => carrier.close());
}

/** As its documentation shows it, with the G.711 that it then asks for by itself. */
async function sdkCall(): Promise<(carrier: WebSocket) => void> {
  const [{ RealtimeAgent, RealtimeSession }, { TwilioRealtimeTransportLayer }] = await Promise.all([
    import('@openai/agents/realtime'),
    import('@openai/agents-extensions'),
  ]);
  return (carrier) => {
    const transport = new TwilioRealtimeTransportLayer({
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the SDK takes `ws` as well
      twilioWebSocket: carrier,
      url: `${engineUrl}?model=bench`,
    });
    const agent = new RealtimeAgent({ name: 'Triage', instructions: 'Help the caller.' });
    const session = new RealtimeSession(agent, { transport, tracingDisabled: true });
    session.on('error', () => undefined);
    carrier.on('close', () => session.close());
    void session.connect({ apiKey: 'bench', url: `${engineUrl}?model=bench` });
  };
}
