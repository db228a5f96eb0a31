import { once } from 'node:events';
import { createConnection } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { serveDatabase } from './database-server.ts';

const password = 'known only here';
let database: PGlite;
let server: Awaited<ReturnType<typeof serveDatabase>>;
const clients: pg.Client[] = [];

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec('create table things (id int primary key)');
  server = await serveDatabase(database, {
    password,
    onFatal: (thrown) => expect.unreachable(String(thrown)),
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await database.close();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await database.exec('delete from things');
});

async function connect(options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    user: 'postgres',
    database: 'postgres',
    password,
    ...options,
  });
  client.on('error', () => undefined); // some tests break the connection on purpose
  await client.connect();
  clients.push(client);
  return client;
}

it('lets nobody in without the password', async () => {
  await expect(connect({ password: 'guess' })).rejects.toMatchObject({ code: '28P01' });
});

it('answers parallel clients each their own question', async () => {
  const connections = await Promise.all(Array.from({ length: 5 }, () => connect()));
  await Promise.all(
    connections.map(async (client, c) => {
      for (let q = 0; q < 20; q += 1) {
        const { rows } = await client.query('select $1::int as n', [c * 100 + q]);
        expect(rows).toEqual([{ n: c * 100 + q }]);
      }
    }),
  );
});

it('goes on after a statement that fails', async () => {
  const client = await connect();
  await client.query('insert into things values ($1)', [1]);
  await expect(client.query('insert into things values ($1)', [1])).rejects.toMatchObject({
    code: '23505',
    constraint: 'things_pkey',
  });
  await expect(client.query('select nonsense')).rejects.toMatchObject({ code: '42703' });
  expect((await client.query('select id from things')).rows).toEqual([{ id: 1 }]);
});

it('keeps other clients out of a transaction until it is over', async () => {
  const [one, other] = [await connect(), await connect()];
  await one.query('begin');
  await one.query('insert into things values (1)');
  const waiting = other.query('insert into things values (2)');
  await one.query('rollback');
  await waiting;
  expect((await one.query('select id from things')).rows).toEqual([{ id: 2 }]);
});

it('drops a client that does not speak the protocol, and serves the others', async () => {
  const stray = createConnection(server.port, '127.0.0.1');
  stray.write('GET / HTTP/1.1\r\n\r\n');
  await once(stray.resume(), 'close');
  const client = await connect();
  expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
});

it('rolls back the transaction of a client that goes away', async () => {
  const [leaving, staying] = [await connect(), await connect()];
  await leaving.query('begin');
  await leaving.query('insert into things values (1)');
  const waiting = staying.query('select count(*)::int as n from things');
  clients.splice(clients.indexOf(leaving), 1);
  await leaving.end();
  expect((await waiting).rows).toEqual([{ n: 0 }]);
});

it('drops a client that leaves its transaction open, so that the others go on', async () => {
  const impatient = await serveDatabase(database, {
    password,
    idleTransactionMs: 50,
    onFatal: (thrown) => expect.unreachable(String(thrown)),
  });
  const [hanging, staying] = [
    await connect({ port: impatient.port }),
    await connect({ port: impatient.port }),
  ];
  await hanging.query('begin');
  await hanging.query('insert into things values (1)');
  expect((await staying.query('select id from things')).rows).toEqual([]);
  await expect(hanging.query('commit')).rejects.toThrow();
  await impatient[Symbol.asyncDispose]();
});
