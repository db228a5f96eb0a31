import { createSocket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { levelDbfs } from '../audio/index.ts';
import { silentLog, systemClock } from '../lib/index.ts';
import { tone } from '../testing/tone.ts';
import { openPeers, type Peer, type Peers } from './index.ts';
import { inRealTime, loudPart, openFarEnd, toneHz, type FarEnd } from './testing/far-end.ts';

const second = 24_000;
const a440 = tone({ hz: 440, ms: 1_000, rateHz: second, peak: 8_000 });

let peers: Peers;
const opened: Disposable[] = [];
beforeEach(async () => {
  peers = await openPeers({
    bindAddress: '127.0.0.1',
    port: 0,
    log: silentLog,
    clock: systemClock,
  });
});
afterEach(async () => {
  for (const end of opened.splice(0)) end[Symbol.dispose]();
  await peers[Symbol.asyncDispose]();
});

interface Line {
  readonly peer: Peer;
  readonly far: FarEnd;
  readonly heard: Int16Array[];
  readonly texts: string[];
  readonly closed: string[];
}

async function connect(options: Parameters<typeof openFarEnd>[0] = {}): Promise<Line> {
  const far = await openFarEnd(options);
  opened.push(far);
  const heard: Int16Array[] = [];
  const texts: string[] = [];
  const closed: string[] = [];
  let isOpen = false;
  const peer = await peers.answer(far.offer, {
    opened: () => {
      isOpen = true;
    },
    audio: (samples) => heard.push(samples),
    text: (text) => texts.push(text),
    closed: (reason) => closed.push(reason),
  });
  far.accept(peer.answer);
  await expect.poll(() => [isOpen, far.isOpen]).toEqual([true, true]);
  return { peer, far, heard, texts, closed };
}

/** What a listener would notice: the note, how loud, how long. */
function expectTone(pieces: readonly Int16Array[], hz: number): void {
  const loud = loudPart(pieces);
  expect(loud.length / second).toBeGreaterThan(0.97);
  expect(loud.length / second).toBeLessThan(1.06);
  const middle = loud.subarray(second / 5, (second * 4) / 5);
  expect(toneHz(middle)).toBeGreaterThan(hz - 2);
  expect(toneHz(middle)).toBeLessThan(hz + 2);
  expect(Math.abs(levelDbfs(middle) - levelDbfs(a440))).toBeLessThan(1);
}

describe('two ends of one connection', () => {
  test.each([
    { name: 'the label of the SDK', label: 'oai-events', candidates: 'none' },
    { name: 'another label', label: 'line', candidates: 'none' },
    { name: 'candidates that lead nowhere', label: 'line', candidates: 'unreachable' },
    { name: 'no data channel', label: null, candidates: 'none' },
  ] as const)('hear a tone each way: $name', async ({ label, candidates }) => {
    const { peer, far, heard } = await connect({ label, candidates });
    await Promise.all([far.play(a440), inRealTime(a440, peer.sendAudio)]);
    await vi.waitFor(() => expectTone(heard, 440), { timeout: 10_000 });
    await vi.waitFor(() => expectTone(far.heard, 440), { timeout: 10_000 });
  });

  test('send each other text, also long and in other scripts', async () => {
    const { peer, far, texts } = await connect();
    const long = 'ü日'.repeat(30_000);
    far.sendText('to the line');
    far.sendText(long);
    peer.sendText('to the caller');
    peer.sendText(long);
    await expect.poll(() => texts).toEqual(['to the line', long]);
    await expect.poll(() => far.texts).toEqual(['to the caller', long]);
    expect(peer.bufferedBytes).toBe(0);
  });

  test('a message that is too long for the far end is dropped, the call goes on', async () => {
    const { peer, far, closed } = await connect();
    peer.sendText('x'.repeat(300_000));
    peer.sendText('after');
    await expect.poll(() => far.texts).toEqual(['after']);
    expect(closed).toEqual([]);
  });

  test('the line closes: the caller sees it, and it is told once', async () => {
    const { peer, far, closed } = await connect();
    peer.close();
    peer.close();
    await expect.poll(() => far.isClosed).toBe(true);
    expect(closed).toEqual(['closed']);
    peer.sendText('too late');
    peer.sendAudio(new Int16Array(480));
  });

  test('the caller closes: the line sees it, and it is told once', async () => {
    const { far, closed } = await connect();
    far[Symbol.dispose]();
    await expect.poll(() => closed).toEqual(['closed']);
  });

  test('a caller who only listens is spoken to', async () => {
    const { peer, far } = await connect({ direction: 'RecvOnly' });
    await inRealTime(a440, peer.sendAudio);
    await vi.waitFor(() => expectTone(far.heard, 440), { timeout: 10_000 });
  });

  test('silence is sent while the line says nothing, and RTCP tells how it goes', async () => {
    const { far } = await connect();
    await far.play(new Int16Array(5.5 * second));
    const rtp = far.datagrams.filter((datagram) => (datagram[1] ?? 0) === 111);
    // 275, less what was jumped over when the machine stood still.
    expect(rtp.length).toBeGreaterThan(200);
    const first = rtp[0]!.readUInt32BE(4);
    const spokenMs = ((rtp.at(-1)!.readUInt32BE(4) - first) >>> 0) / 48;
    expect(spokenMs).toBeGreaterThan(5_300);
    expect(far.heard.every((piece) => piece.every((sample) => sample === 0))).toBe(true);
    const reports = far.datagrams.filter((datagram) => datagram[1] === 200);
    expect(reports.length).toBeGreaterThan(0);
    expect(reports[0]!.readUInt32BE(20)).toBeGreaterThan(180); // packets sent
    expect(reports[0]!.readUInt32BE(28)).toBe(0x1234_5678); // a block on the far end's stream
    expect(reports[0]!.readUInt32BE(32)).toBe(0); // of which nothing was lost
  });

  test('packets that overtake each other are heard in order', async () => {
    const { far, heard } = await connect();
    let frame = 0;
    await inRealTime(a440, (samples) => {
      frame += 1;
      far.sendAudio(samples, frame % 5 === 0 ? 'overtaken' : 'sent');
    });
    await vi.waitFor(() => expectTone(heard, 440), { timeout: 10_000 });
  });

  test('the sound keeps its length when packets are lost or not sent', async () => {
    const { far, heard } = await connect();
    let frame = 0;
    await inRealTime(a440, (samples) => {
      frame += 1;
      if (frame === 10 || frame === 11) far.sendAudio(samples, 'lost');
      else if (frame === 20) far.pause(20);
      else far.sendAudio(samples);
    });
    await expect.poll(() => loudPart(heard)).toHaveLength(second);
    const after = loudPart(heard).subarray(second / 2, second * 0.95);
    expect(Math.abs(toneHz(after) - 440)).toBeLessThan(2);
  });
});

describe('one port', () => {
  test('serves callers side by side, each hearing its own', async () => {
    const lines = await Promise.all([connect(), connect(), connect()]);
    const notes = [300, 440, 700];
    await Promise.all(
      lines.map(({ peer }, index) =>
        inRealTime(
          tone({ hz: notes[index]!, ms: 1_000, rateHz: second, peak: 8_000 }),
          peer.sendAudio,
        ),
      ),
    );
    for (const [index, { far, peer }] of lines.entries()) {
      await vi.waitFor(() => expectTone(far.heard, notes[index]!), { timeout: 10_000 });
      const ports = [...peer.answer.matchAll(/^a=candidate:\S+ 1 UDP \d+ \S+ (\d+)/gm)];
      expect(ports.length).toBeGreaterThan(0);
      expect(ports.every(([, port]) => Number(port) === peers.port)).toBe(true);
    }
  });

  test('is held from the start by one owner, and goes to the next after it', async () => {
    const { port } = peers;
    const again = (): Promise<Peers> =>
      openPeers({ bindAddress: '127.0.0.1', port, log: silentLog, clock: systemClock });
    await expect(again()).rejects.toMatchObject({ code: 'port_in_use' });
    const { closed } = await connect();
    await peers[Symbol.asyncDispose]();
    expect(closed).toEqual(['closed']);
    peers = await again();
    await connect();
  });

  test('that another program has is refused', async () => {
    const other = createSocket('udp4');
    await new Promise<void>((resolve) => other.bind(0, '127.0.0.1', resolve));
    const { port } = other.address();
    await expect(
      openPeers({ bindAddress: '127.0.0.1', port, log: silentLog, clock: systemClock }),
    ).rejects.toMatchObject({ code: 'port_in_use' });
    other.close();
  });

  test('announces the addresses it is told to, before its own', async () => {
    await using announcing = await openPeers({
      bindAddress: '127.0.0.1',
      port: 0,
      announce: ['203.0.113.7', '2001:db8::7'],
      log: silentLog,
      clock: systemClock,
    });
    using far = await openFarEnd();
    const peer = await announcing.answer(far.offer, {
      opened() {},
      audio() {},
      text() {},
      closed() {},
    });
    const addresses = [...peer.answer.matchAll(/^a=candidate:\S+ 1 UDP (\d+) (\S+) (\d+)/gm)];
    expect(addresses.map(([, , address]) => address)).toEqual([
      '203.0.113.7',
      '2001:db8::7',
      '127.0.0.1',
    ]);
    expect(new Set(addresses.map(([, , , port]) => Number(port)))).toEqual(
      new Set([announcing.port]),
    );
    await expect(
      openPeers({ port: 0, announce: ['example.com'], log: silentLog, clock: systemClock }),
    ).rejects.toMatchObject({ code: 'config_invalid' });
  });
});

describe('a far end that does what nobody may', () => {
  test('floods with packets, and is cut off', async () => {
    const { far, closed } = await connect();
    for (let count = 0; count < 3_000; count += 1) {
      far.sendAudio(new Int16Array(480));
      if (count % 100 === 0) await wait(1); // or the sockets' buffers overflow
    }
    await expect.poll(() => closed).toEqual(['failed']);
  });

  test('floods with text, and is cut off', async () => {
    const { far, closed } = await connect();
    for (let count = 0; count < 600; count += 1) far.sendText('x');
    await expect.poll(() => closed).toEqual(['failed']);
  });

  test('opens many channels, and is cut off', async () => {
    const { far, closed } = await connect();
    for (let count = 0; count < 10; count += 1) far.openChannel(`other ${count}`);
    await expect.poll(() => closed).toEqual(['failed']);
  });

  test('sends sound that is none, and the call goes on', async () => {
    const { far, heard, closed } = await connect();
    for (let size = 1; size < 60; size += 1) far.sendDatagram(Buffer.alloc(size, size * 7));
    far.sendDatagram(Buffer.from('80c8ffff', 'hex'));
    await far.play(a440);
    await vi.waitFor(() => expectTone(heard, 440), { timeout: 10_000 });
    expect(closed).toEqual([]);
  });
});

test('a listener that throws ends its own peer only', async () => {
  const far = await openFarEnd();
  opened.push(far);
  const closed: string[] = [];
  const peer = await peers.answer(far.offer, {
    opened: () => {
      throw new Error('a fault of the owner');
    },
    audio() {},
    text() {},
    closed: (reason) => closed.push(reason),
  });
  far.accept(peer.answer);
  await expect.poll(() => closed).toEqual(['failed']);
  await connect();
});
