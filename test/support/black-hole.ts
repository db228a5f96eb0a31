import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP port that takes every packet and never answers, as a firewall that drops them does. */
export interface BlackHole extends AsyncDisposable {
  readonly port: number;
  /** Packets swallowed so far. */
  readonly packets: number;
}

/** Opens one on a free port of this machine. */
export async function openBlackHole(): Promise<BlackHole> {
  let packets = 0;
  const socket = createSocket('udp4', () => (packets += 1));
  socket.bind(0);
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    get packets() {
      return packets;
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}
