import { createSocket } from 'node:dgram';
import type { IceUdpMuxListener } from 'node-datachannel';
import { SwitchboardError } from '../lib/index.ts';
import type { WebRtcLibrary } from './library.ts';

/** A UDP port for the peers of one owner, whether or not anyone is connected. */
export interface UdpPort extends Disposable {
  readonly port: number;
}

const attempts = 5;

/**
 * The ports that this process has opened, by address and port, and whether someone uses them.
 *
 * They stay open until the process ends: the library's way to let go of one (0.24.5) does nothing at
 * random, because it looks at a flag that was never set, and frees what the open port still calls.
 */
const opened = new Map<string, { readonly listener: IceUdpMuxListener; isInUse: boolean }>();

/**
 * Holds a UDP port for all peers; 0 takes any that is free.
 *
 * Left alone, the library would open the port with the first peer and let go of it with the last.
 * Held from the start, a port that is taken shows at once, and nobody else gets it between two calls.
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
    const where = `${wanted.bindAddress ?? 'any address'}, UDP port ${port}`;
    try {
      const held = opened.get(where) ?? {
        listener: new library.IceUdpMuxListener(port, wanted.bindAddress),
        isInUse: false,
      };
      if (held.isInUse) throw new Error('this process uses it already');
      held.isInUse = true;
      opened.set(where, held);
      return {
        port,
        [Symbol.dispose]() {
          held.isInUse = false;
        },
      };
    } catch (cause) {
      if (wanted.port === 0 && attempt < attempts) continue;
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
