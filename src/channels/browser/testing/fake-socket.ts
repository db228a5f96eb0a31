import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { CallServerMessage } from '../../../protocol/index.ts';

/** The far end of a call socket, without a network. */
export class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly texts: CallServerMessage[] = [];
  readonly audio: Uint8Array[] = [];
  pings = 0;
  closedWith: number | 'terminated' | undefined;

  /** The fake has the few members that are used. */
  asSocket(): WebSocket {
    return this as unknown as WebSocket;
  }
  send(data: Uint8Array | string): void {
    if (typeof data === 'string') this.texts.push(JSON.parse(data) as CallServerMessage);
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
  end(how: number | 'terminated'): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.closedWith = how;
    this.emit('close');
  }
  text(message: unknown): void {
    this.emit(
      'message',
      Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)),
      false,
    );
  }
  binary(bytes: Buffer): void {
    this.emit('message', bytes, true);
  }
  /** The messages of one type, in order. */
  all<T extends CallServerMessage['type']>(type: T): Extract<CallServerMessage, { type: T }>[] {
    return this.texts.filter(
      (message): message is Extract<CallServerMessage, { type: T }> => message.type === type,
    );
  }
}
