import { timingSafeEqual } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { askForPassword, fatalError, leavesTransaction, wireReader } from './wire.ts';

interface Client {
  readonly socket: Socket;
  startMessage: Uint8Array | undefined;
  admitted: boolean;
}

interface Job {
  readonly client: Client;
  readonly messages: Uint8Array;
}

/**
 * Serves PGlite over the Postgres protocol on a free port of 127.0.0.1.
 *
 * PGlite is one session. Batches of all clients run one after another, and while one client is in
 * a transaction only that client's run. A client that goes away in a transaction is rolled back.
 *
 * @param options.password what a client has to know.
 * @param options.idleTransactionMs a transaction that sends nothing for this long is rolled back and
 *   its client dropped: it would hold up every call. @default 5000
 * @param options.onFatal the database threw instead of answering: it cannot be trusted any more.
 * @returns the port.
 */
export async function serveDatabase(
  database: PGlite,
  options: {
    readonly password: string;
    readonly idleTransactionMs?: number;
    readonly onFatal: (thrown: unknown) => void;
  },
): Promise<{ readonly port: number } & AsyncDisposable> {
  const { idleTransactionMs = 5000 } = options;
  const clients = new Set<Client>();
  let jobs: Job[] = [];
  let owner: Client | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let running = false;

  const runJobs = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      for (;;) {
        if (owner && !clients.has(owner)) {
          owner = undefined;
          await database.exec('ROLLBACK');
        }
        const index = jobs.findIndex((job) => !owner || job.client === owner);
        const [job] = index < 0 ? [] : jobs.splice(index, 1);
        if (!job) return;
        await run(job);
      }
    } catch (thrown) {
      options.onFatal(thrown);
    } finally {
      running = false;
    }
  };

  const run = async ({ client, messages }: Job): Promise<void> => {
    clearTimeout(idleTimer);
    const answer: Uint8Array[] = [];
    await database.runExclusive(() =>
      database.execProtocolRawStream(messages, { onRawData: (data) => answer.push(data.slice()) }),
    );
    const bytes = Buffer.concat(answer);
    owner = leavesTransaction(bytes) ? client : undefined;
    if (owner) {
      idleTimer = setTimeout(() => client.socket.destroy(), idleTransactionMs);
    }
    if (client.socket.writable) client.socket.write(bytes);
  };

  const enqueue = (client: Client, messages: Uint8Array): void => {
    jobs.push({ client, messages });
    void runJobs();
  };

  const server = createServer((socket) => {
    const client: Client = { socket, startMessage: undefined, admitted: false };
    const read = wireReader();
    clients.add(client);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clients.delete(client);
      jobs = jobs.filter((job) => job.client !== client);
      void runJobs();
    });
    socket.on('data', (bytes) => {
      for (const request of read(bytes)) {
        if (request.type === 'encryption') socket.write('N');
        else if (request.type === 'start') {
          client.startMessage = request.message;
          socket.write(askForPassword);
        } else if (request.type === 'password' && client.startMessage) {
          if (!sameText(request.password, options.password)) {
            socket.end(fatalError('28P01', 'password authentication failed'));
            return;
          }
          client.admitted = true;
          enqueue(client, client.startMessage);
        } else if (request.type === 'batch' && client.admitted) {
          enqueue(client, request.messages);
        } else {
          socket.end();
          return;
        }
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    // A TCP server that listens has an address of this form.
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      clearTimeout(idleTimer);
      for (const { socket } of clients) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sameText(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}
