/** The three messages that a client may send before it is known. */
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const cancelRequest = 80_877_102;

/** Longest single message accepted, so that a stray client cannot fill the memory. */
const maxMessageBytes = 64 * 1024 * 1024;

/** What a client wants, in units that the database can do in one go. */
export type WireRequest =
  | { readonly type: 'encryption' }
  | { readonly type: 'start'; readonly message: Uint8Array }
  | { readonly type: 'password'; readonly password: string }
  | { readonly type: 'batch'; readonly messages: Uint8Array }
  | { readonly type: 'end' };

/**
 * Cuts a client's bytes into requests (Postgres frontend protocol 3.0).
 *
 * Messages of the extended protocol (Parse, Bind, Execute, …) are kept together up to their Sync:
 * PGlite has one session for all clients, so a batch has to run as one, or another client's
 * unnamed statement would come in between.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function wireReader(): (bytes: Uint8Array) => readonly WireRequest[] {
  let buffer = Buffer.alloc(0);
  let started = false;
  let batch: Uint8Array[] = [];

  const take = (length: number): Buffer => {
    const message = buffer.subarray(0, length);
    buffer = buffer.subarray(length);
    return message;
  };

  const nextBeforeStart = (): WireRequest | undefined => {
    if (buffer.length < 8) return undefined;
    const length = buffer.readInt32BE(0);
    if (length < 8 || length > 10_000) return { type: 'end' };
    if (buffer.length < length) return undefined;
    const message = take(length);
    const code = message.readInt32BE(4);
    if (code === sslRequest || code === gssRequest) return { type: 'encryption' };
    if (code === cancelRequest) return { type: 'end' };
    started = true;
    return { type: 'start', message };
  };

  const nextMessage = (): WireRequest | 'batched' | undefined => {
    if (buffer.length < 5) return undefined;
    const length = 1 + buffer.readInt32BE(1);
    if (length < 5 || length > maxMessageBytes) return { type: 'end' };
    if (buffer.length < length) return undefined;
    const message = take(length);
    switch (String.fromCharCode(message[0] ?? 0)) {
      case 'X':
        return { type: 'end' };
      case 'p':
        return { type: 'password', password: message.toString('utf8', 5, message.length - 1) };
      case 'S': // Sync
      case 'Q': {
        const messages = Buffer.concat([...batch, message]);
        batch = [];
        return { type: 'batch', messages };
      }
      default:
        batch.push(message);
        return 'batched';
    }
  };

  let ended = false;
  return (bytes) => {
    const requests: WireRequest[] = [];
    if (ended) return requests;
    buffer = Buffer.concat([buffer, bytes]);
    while (!ended) {
      const next = started ? nextMessage() : nextBeforeStart();
      if (next === undefined) break;
      if (next === 'batched') continue;
      requests.push(next);
      ended = next.type === 'end'; // what follows is not read: it may make no sense at all
    }
    return requests;
  };
}

/** AuthenticationCleartextPassword: over loopback only, and the password is made for one run. */
export const askForPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);

/** An ErrorResponse that ends the connection. */
export function fatalError(sqlState: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, fields]);
}

/** Whether the answer to a batch leaves the session in a transaction (ReadyForQuery is its last message). */
export function leavesTransaction(answer: Uint8Array): boolean {
  const status = String.fromCharCode(answer.at(-1) ?? 0);
  return answer.at(-6) === 0x5a && (status === 'T' || status === 'E');
}
