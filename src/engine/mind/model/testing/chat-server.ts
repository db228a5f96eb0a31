import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test reads of a request. */
export interface ChatRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | null;
    readonly tool_calls?: readonly {
      readonly id: string;
      readonly function: { readonly name: string; readonly arguments: string };
    }[];
    readonly tool_call_id?: string;
  }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly tool_choice?: unknown;
}

/** Answers one request; the stream's head is sent already unless it is an {@link httpError}. */
export type Reply = ((response: ServerResponse) => void) & { readonly status?: number };

/** A server of chat completions that does what a test says, down to the bytes. */
export interface ChatServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ChatRequest[];
  readonly keys: readonly (string | undefined)[];
  /** Requests whose client went before they were answered. */
  readonly dropped: () => number;
}

/** @param replies one after another; the last is repeated */
export async function chatServer(...replies: readonly Reply[]): Promise<ChatServer> {
  const requests: ChatRequest[] = [];
  const keys: (string | undefined)[] = [];
  let dropped = 0;
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (part: Buffer) => body.push(part));
    request.on('end', () => {
      const reply = replies[Math.min(requests.length, replies.length - 1)];
      requests.push(JSON.parse(Buffer.concat(body).toString()) as ChatRequest); // sent by our own client
      keys.push(request.headers.authorization);
      response.on('close', () => {
        if (!response.writableEnded) dropped += 1;
      });
      if (reply?.status === undefined) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.flushHeaders();
      }
      reply?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, so it is one
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    keys,
    dropped: () => dropped,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One event of a stream. */
export const event = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({
    ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' },
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;

/** A whole stream of these deltas. */
export const deltas =
  (...parts: readonly object[]): Reply =>
  (response) => {
    for (const part of parts) response.write(event(part));
    response.write(event({}, 'stop'));
    response.end('data: [DONE]\n\n');
  };

/** A whole answer in words. */
export const words = (...parts: readonly string[]): Reply =>
  deltas(...parts.map((content) => ({ content })));

/** One piece of a tool call. */
export const callPart = (
  index: number | undefined,
  given: { readonly id?: string; readonly name?: string; readonly arguments?: unknown },
): object => {
  const { id, name, arguments: args } = given;
  return {
    tool_calls: [
      { ...(index === undefined ? {} : { index }), id, function: { name, arguments: args } },
    ],
  };
};

/** A whole answer that calls one tool. */
export const calls = (name: string, args: string): Reply =>
  deltas(callPart(0, { id: 'call_1', name, arguments: args }));

/** An answer that is none. */
export const httpError = (status: number, headers: Readonly<Record<string, string>> = {}): Reply =>
  Object.assign(
    (response: ServerResponse) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ error: { message: 'what the caller said' } }));
    },
    { status },
  );

/** Sends these bytes, and then nothing more, with the connection left open. */
export const thenSilence =
  (...bytes: readonly string[]): Reply =>
  (response) => {
    for (const part of bytes) response.write(part);
  };

/** Sends these bytes, and breaks the connection once they are out. */
export const thenCut =
  (...bytes: readonly string[]): Reply =>
  (response) => {
    response.write(bytes.join(''), () => setImmediate(() => response.destroy()));
  };
