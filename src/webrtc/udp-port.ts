import { createSocket } from 'node:dgram';
import { SwitchboardError } from '../lib/index.ts';
import type { WebRtcLibrary } from './library.ts';

/** A UDP port held for this process, whether or not anyone is connected. */
export interface UdpPort extends Disposable {
  readonly port: number;
}

const attempts = 5;

/**
 * Holds a UDP port for all peers; 0 takes any that is free.
 *
 * The library would open the port with the first peer and let go of it with the last. Held from the
 * start, a port that is taken shows at once, and nobody else gets it between two calls.
 *
 * @throws SwitchboardError `port_in_use` when it cannot be had.
 */
export async function holdUdpPort(
  library: WebRtcLibrary,
  wanted: { readonly port: number; readonly bindAddress?: string },
): Promise<UdpPort> {
  for (let attempt = 1; ; attempt += 1) {
    // The library knows no "any port": two peers would then get two.
    const port = wanted.port === 0 ? await freeUdpPort(wanted.bindAddress) : wanted.port;
    try {
      const listener = new library.IceUdpMuxListener(port, wanted.bindAddress);
      return { port, [Symbol.dispose]: () => listener.stop() };
    } catch (cause) {
      if (wanted.port === 0 && attempt < attempts) continue;
      const where = `${wanted.bindAddress ?? 'any address'}, UDP port ${port}`;
      throw new SwitchboardError('port_in_use', `Cannot listen on ${where}.`, { cause });
    }
  }
}

async function freeUdpPort(bindAddress: string | undefined): Promise<number> {
  const socket = createSocket(bindAddress?.includes(':') ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, bindAddress, resolve);
    });
    return socket.address().port;
  } catch (cause) {
    const where = bindAddress ?? 'any address';
    throw new SwitchboardError('port_in_use', `Cannot listen on ${where}, any UDP port.`, {
      cause,
    });
  } finally {
    socket.close();
  }
}
