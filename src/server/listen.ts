import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { messageOf, SwitchboardError } from '../lib/index.ts';
import type { Settings } from './settings.ts';

/**
 * Listens where the settings say; closes what cannot.
 *
 * @returns the address that people on this machine use
 * @throws SwitchboardError port_in_use, config_invalid
 */
export async function listen(http: FastifyInstance, settings: Settings): Promise<string> {
  const { host, port } = settings;
  try {
    await http.listen({ host, port });
  } catch (thrown) {
    await http.close();
    throw listenError(thrown, settings);
  }
  // A TCP server that listens has this form of address.
  const address = http.server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

function listenError(cause: unknown, { host, port }: Settings): SwitchboardError {
  const code = (cause as NodeJS.ErrnoException).code; // what a listener fails with
  if (code === 'EADDRINUSE') {
    const other = port === 65_535 ? 8081 : port + 1;
    return new SwitchboardError(
      'port_in_use',
      `Port ${port} on ${host} is in use. Choose another one: PORT=${other} npm start`,
      { cause },
    );
  }
  if (code === 'EACCES') {
    const message = `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=8080 npm start`;
    return new SwitchboardError('config_invalid', message, { cause });
  }
  const message = `Cannot listen on HOST=${host} PORT=${port}: ${messageOf(cause)}`;
  return new SwitchboardError('config_invalid', message, { cause });
}
