import { WebSocket } from 'ws';
import { messageOf, SwitchboardError } from '../../lib/index.ts';
import { bytesToPcm, pcmToBytes } from '../../audio/index.ts';
import {
  callServerMessage,
  type CallClientMessage,
  type CallServerMessage,
} from '../../protocol/index.ts';

/** An open call socket, from the caller's end. */
export interface CallConnection extends Disposable {
  send(message: CallClientMessage): void;
  sendAudio(samples: Int16Array): void;
  /** Resolves when the socket is closed, by whichever end. */
  readonly closed: Promise<void>;
}

/** What comes from the server. */
export interface CallListener {
  message(message: CallServerMessage): void;
  audio(samples: Int16Array): void;
}

/**
 * Opens the call socket of the server at `url` (`http://host:port`).
 *
 * @throws SwitchboardError server_unreachable, config_invalid (no such address)
 */
export async function connect(url: string, listener: CallListener): Promise<CallConnection> {
  const socket = new WebSocket(callAddress(url), { perMessageDeflate: false, maxPayload: 1 << 20 });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      listener.audio(bytesToPcm(data));
      return;
    }
    const message = parse(data);
    if (message) listener.message(message);
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('unexpected-response', (_request, response) => {
      socket.terminate();
      const why = `${url} answers with HTTP ${response.statusCode} instead of taking a call`;
      reject(new SwitchboardError('server_unreachable', `${why}. Is it a Switchboard?`));
    });
    socket.on('error', (cause) => {
      // Several addresses that all fail come as one error without a message of its own.
      const reason = messageOf(cause) || (cause as NodeJS.ErrnoException).code; // as Node names it
      reject(
        new SwitchboardError(
          'server_unreachable',
          `No Switchboard answers at ${url} (${reason}). Start one with \`npm start\`, or give its address with --url.`,
          { cause },
        ),
      );
    });
  });
  const write = (data: string | Uint8Array): void => {
    if (socket.readyState === socket.OPEN) socket.send(data);
  };
  return {
    send: (message) => write(JSON.stringify(message)),
    sendAudio: (samples) => write(pcmToBytes(samples)),
    closed,
    [Symbol.dispose]: () => socket.terminate(),
  };
}

function callAddress(url: string): URL {
  try {
    const address = new URL('/call', url);
    if (!/^(http|ws)s?:$/.test(address.protocol)) throw new Error('not http');
    address.protocol = address.protocol.replace('http', 'ws');
    return address;
  } catch (cause) {
    const message = `--url ${url} is not an address such as http://127.0.0.1:8080.`;
    throw new SwitchboardError('config_invalid', message, { cause });
  }
}

/** A server newer than this program may say things we do not know: they are passed over. */
function parse(data: Buffer): CallServerMessage | null {
  try {
    const parsed = callServerMessage.safeParse(JSON.parse(data.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
