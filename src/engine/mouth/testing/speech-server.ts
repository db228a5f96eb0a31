import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { concatPcm, pcmToBytes, writeWav } from '../../../audio/index.ts';
import { mouthRateHz, type Mouth } from '../port.ts';

/** What a request of `/v1/audio/speech` says. */
export interface SpeechRequest {
  readonly model: string;
  readonly voice: string;
  readonly input: string;
  readonly response_format: string;
  readonly speed?: number;
  readonly key: string;
}

/** How the server behaves from now on. */
export type SpeechServerMood =
  'pcm' | 'wav' | 'mp3' | 'refuses' | 'hangs' | 'breaks off' | 'stalls' | 'sends nothing';

/** A mouth behind OpenAI's `/v1/audio/speech`, on this machine. */
export interface SpeechServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: SpeechRequest[];
  /** Requests whose client went away before the answer was whole. */
  readonly abandoned: () => number;
  mood: SpeechServerMood;
}

/** Serves a mouth over HTTP, so that what is heard is real speech; it can also misbehave. */
export async function serveSpeech(mouth: Mouth): Promise<SpeechServer> {
  const requests: SpeechRequest[] = [];
  let abandoned = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    const asked = JSON.parse(body) as Omit<SpeechRequest, 'key'>; // from the client under test
    requests.push({ ...asked, key: request.headers.authorization ?? '' });
    response.on('close', () => {
      if (!response.writableEnded) abandoned += 1;
    });
    const { mood } = served;
    if (mood === 'hangs') return;
    if (mood === 'refuses') return void response.writeHead(400).end('{"error":{"message":"no"}}');
    if (mood === 'mp3') return void response.setHeader('content-type', 'audio/mpeg').end('ID3');
    const signal = new AbortController().signal;
    const { input, voice, speed = 1 } = asked;
    const chunks = mouth.speak(input, { voice, speed, signal });
    if (mood === 'wav') {
      const parts: Int16Array[] = [];
      for await (const chunk of chunks) parts.push(chunk.samples);
      const file = writeWav({ rateHz: mouthRateHz, channels: [concatPcm(parts)] });
      response.setHeader('content-type', 'audio/wav').end(file);
      return;
    }
    response.setHeader('content-type', 'audio/pcm');
    if (mood === 'sends nothing') return void response.end();
    for await (const chunk of chunks) {
      const bytes = pcmToBytes(chunk.samples);
      if (mood === 'breaks off' || mood === 'stalls') {
        response.write(bytes.subarray(0, mouthRateHz)); // half a second
        if (mood === 'breaks off') setTimeout(() => response.destroy(), 50);
        return;
      }
      // An odd number of bytes first: networks do not cut between samples.
      response.write(bytes.subarray(0, 1_001));
      response.write(bytes.subarray(1_001));
    }
    response.end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      response.writeHead(500).end(String(thrown));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  const served: SpeechServer = {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    abandoned: () => abandoned,
    mood: 'pcm',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return served;
}
