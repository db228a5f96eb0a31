import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

/** The SDK as it is shipped for pages. */
const sdk = createRequire(import.meta.resolve('@openai/agents')).resolve('@openai/agents-realtime');
const bundle = join(dirname(sdk), 'bundle/openai-realtime-agents.umd.js');
const voices = join(import.meta.dirname, '../voices');

/**
 * `events` has what came over the data channel, and as `{ type }` what became of the connection;
 * `connect` opens media only; `say` speaks a recording of `test/voices`.
 */
const common = `
const { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession, tool } = OpenAIAgentsRealtime;
const context = new AudioContext();
const microphone = context.createMediaStreamDestination();
window.errors = [];
window.events = [];
window.say = async (voice) => {
  const file = await fetch('/' + voice + '.wav');
  const source = context.createBufferSource();
  source.buffer = await context.decodeAudioData(await file.arrayBuffer());
  source.connect(microphone);
  source.start();
  await new Promise((resolve) => (source.onended = resolve));
};
window.openTransport = (baseUrl) => {
  const transport = new OpenAIRealtimeWebRTC({ baseUrl, mediaStream: microphone.stream });
  transport.on('*', (event) => window.events.push(event));
  transport.on('connection_change', (type) => window.events.push({ type }));
  transport.on('error', (error) => window.errors.push(JSON.stringify(error)));
  window.transport = transport;
  return transport;
};
window.connect = async (baseUrl, apiKey) => {
  const transport = openTransport(baseUrl);
  await transport.connect({ apiKey, initialSessionConfig: {} });
  return transport.callId;
};
window.heardEnergy = async () => {
  const stats = await window.transport.connectionState.peerConnection.getStats();
  return [...stats.values()].find((one) => one.type === 'inbound-rtp')?.totalAudioEnergy ?? 0;
};`;

/** A site of somebody else's. */
export interface SdkPage extends AsyncDisposable {
  /** Its origin, which is the page's address too. */
  readonly url: string;
}

/**
 * Serves a page with the unmodified SDK and a microphone that says what the test wants.
 *
 * @param script what else the page does
 */
export async function openSdkPage(script: string): Promise<SdkPage> {
  const html = `<!doctype html><meta charset="utf-8"><title>A page</title>
<script src="/sdk.js"></script><script>${common}${script}</script>`;
  const server = createServer((request, response) => {
    const name = request.url ?? '/';
    if (name === '/') return void response.setHeader('content-type', 'text/html').end(html);
    readFile(name === '/sdk.js' ? bundle : join(voices, name)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
