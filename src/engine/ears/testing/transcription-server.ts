import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWav } from '../../../audio/index.ts';
import type { Ears } from '../port.ts';

/** One request as it was understood. */
export interface TranscriptionRequest {
  readonly fields: Readonly<Record<string, string>>;
  readonly rateHz: number;
  readonly key: string;
}

/** Ears behind OpenAI's `/v1/audio/transcriptions`, on this machine. */
export interface TranscriptionServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly TranscriptionRequest[];
}

/** Serves ears over HTTP: what is heard was really sent, as a WAV file. */
export async function serveTranscriptions(ears: Ears): Promise<TranscriptionServer> {
  const requests: TranscriptionRequest[] = [];
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
      (thrown: unknown) => response.writeHead(500).end(String(thrown)),
    );
  });

  async function answer(request: IncomingMessage): Promise<object> {
    const type = request.headers['content-type'] ?? '';
    const body = Buffer.concat(await request.toArray());
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- for servers that strangers send to
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    if (request.url !== '/v1/audio/transcriptions' || !(file instanceof File)) {
      throw new Error('not a transcription');
    }
    const { rateHz, channels } = readWav(new Uint8Array(await file.arrayBuffer()));
    const fields: Record<string, string> = {};
    for (const [name, value] of form) if (typeof value === 'string') fields[name] = value;
    requests.push({ fields, rateHz, key: request.headers.authorization ?? '' });
    await using recognizer = await ears.recognizer();
    const turn = recognizer.begin();
    turn.push(channels[0] ?? new Int16Array());
    const { text, confidence } = await turn.finish();
    const avg_logprob = Math.log(Math.max(1e-9, confidence));
    return { text: `${text}.`, segments: [{ avg_logprob, no_speech_prob: text ? 0 : 1 }] };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
