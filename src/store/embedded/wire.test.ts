import { expect, it } from 'vitest';
import { fatalError, leavesTransaction, wireReader, type WireRequest } from './wire.ts';

function message(type: string, body = ''): Buffer {
  const payload = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + payload.length, 1);
  return Buffer.concat([head, payload]);
}

function startup(code = 196_608, body = 'user\0me\0\0'): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, Buffer.from(body)]);
}

const session = Buffer.concat([
  startup(80_877_103, ''),
  startup(),
  message('p', 'secret\0'),
  message('P', 'select 1'),
  message('B'),
  message('E'),
  message('S'),
  message('Q', 'select 2\0'),
  message('X'),
]);

const expected: readonly WireRequest[] = [
  { type: 'encryption' },
  { type: 'start', message: startup() },
  { type: 'password', password: 'secret' },
  {
    type: 'batch',
    messages: Buffer.concat([message('P', 'select 1'), message('B'), message('E'), message('S')]),
  },
  { type: 'batch', messages: message('Q', 'select 2\0') },
  { type: 'end' },
];

it.each([1, 2, 3, 5, 7, 11, session.length])(
  'cuts the same requests out of pieces of %i bytes',
  (pieceBytes) => {
    const read = wireReader();
    const requests: WireRequest[] = [];
    for (let at = 0; at < session.length; at += pieceBytes) {
      requests.push(...read(session.subarray(at, at + pieceBytes)));
    }
    expect(requests).toEqual(expected);
  },
);

it.each([
  ['a length below its own size', Buffer.from([0, 0, 0, 3, 0, 0, 0, 0])],
  ['a start message without end', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
  ['something that is not Postgres', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['a cancel request', startup(80_877_102, '12345678')],
  ['a message too long', Buffer.concat([startup(), Buffer.from([0x51, 0x7f, 0xff, 0xff, 0xff])])],
])('ends the connection at %s', (_case, bytes) => {
  expect(wireReader()(bytes).at(-1)).toEqual({ type: 'end' });
});

it('sees in an answer whether a transaction is open', () => {
  const done = message('C', 'BEGIN\0');
  expect(leavesTransaction(Buffer.concat([done, message('Z', 'T')]))).toBe(true);
  expect(leavesTransaction(Buffer.concat([done, message('Z', 'E')]))).toBe(true);
  expect(leavesTransaction(Buffer.concat([done, message('Z', 'I')]))).toBe(false);
  expect(leavesTransaction(fatalError('28P01', 'T'))).toBe(false);
});
