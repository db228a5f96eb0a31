import { WebSocket } from 'ws';

/** A carrier's end of a media socket of a real server. */
export interface MediaDial<Message> {
  readonly socket: WebSocket;
  /** What our side wrote in JSON, in order. */
  readonly texts: Message[];
  /** What it sent as bytes. */
  readonly audio: Buffer[];
  /** `open`, or the status of the refusal, or why there was none. */
  readonly opened: Promise<string>;
  /** The code it was closed with. */
  readonly closed: Promise<number>;
  send(message: unknown): void;
}

/** Opens a media socket as a carrier does. @param url of the server and the path */
export function dialMedia<Message>(
  url: string,
  headers: Readonly<Record<string, string>>,
): MediaDial<Message> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
  const texts: Message[] = [];
  const audio: Buffer[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) audio.push(data);
    else texts.push(JSON.parse(data.toString()) as Message); // of our server
  });
  const opened = new Promise<string>((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const send = (message: unknown): void => socket.send(JSON.stringify(message));
  return { socket, texts, audio, opened, closed, send };
}
