import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';

/** The far end of a WebSocket without a network, to which our side writes messages in JSON, and audio. */
export class FakeSocket<Message extends object> extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly texts: Message[] = [];
  readonly audio: Uint8Array[] = [];
  pings = 0;
  closedWith: number | 'terminated' | undefined;

  /** The fake has the few members that are used. */
  asSocket(): WebSocket {
    return this as unknown as WebSocket;
  }
  send(data: Uint8Array | string): void {
    if (typeof data === 'string')
      this.texts.push(JSON.parse(data) as Message); // what we wrote
    else this.audio.push(data);
  }
  ping(): void {
    this.pings += 1;
  }
  close(code: number): void {
    this.end(code);
  }
  terminate(): void {
    this.end('terminated');
  }

  /** The connection is gone. */
  end(how: number | 'terminated'): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.closedWith = how;
    this.emit('close');
  }
  /** @param message in JSON, unless it is a text already */
  text(message: unknown): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.emit('message', Buffer.from(text), false);
  }
  binary(bytes: Buffer): void {
    this.emit('message', bytes, true);
  }
  /** The messages that have these fields, in order. */
  all<const Part extends object>(part: Part): Extract<Message, Part>[] {
    return this.texts.filter((message): message is Extract<Message, Part> =>
      Object.entries(part).every(([key, value]) => Reflect.get(message, key) === value),
    );
  }
}
