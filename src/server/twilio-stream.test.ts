import { connect as openSocket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { callsResponse } from '../protocol/index.ts';
import { publicUrl, sign, tokenIn, twilioHarness } from './testing/twilio-harness.ts';

const { fakes, logged, newCall, post, rowOf, dial, start, connect, url, api } = twilioHarness();

describe('the upgrade to the media stream', () => {
  it('connects a signed stream that shows its token, and the call is heard', async () => {
    const call = newCall();
    const token = tokenIn((await post(call)).text);
    const stream = dial();
    expect(await stream.opened).toBe('open');
    stream.send(start(call.CallSid, token));
    await expect.poll(() => stream.texts.map(({ event }) => event)).toContain('mark');
    await expect.poll(async () => (await rowOf(call.CallSid))?.callId).toMatch(/^call_/);
    stream.send({ event: 'stop', streamSid: `MZ${call.CallSid}` });
    stream.socket.close();
    await stream.closed;
  });

  it('is refused without the account’s signature', async () => {
    expect(await dial({ signature: null }).opened).toBe('403');
    expect(await dial({ signature: sign('wss://evil.example.net/media-stream') }).opened).toBe(
      '403',
    );
  });

  it('A16: is refused to pages, those of our own included', async () => {
    for (const origin of ['https://evil.example.net', publicUrl, 'null']) {
      expect(await dial({ headers: { origin } }).opened).toBe('403');
    }
  });

  it('A17: is refused with anything in its query, which no log line has', async () => {
    const path = '/media-stream?token=secret-in-the-query';
    const signature = sign(`wss://line.example.com${path}`);
    expect(await dial({ path, signature }).opened).toBe('400');
    expect(logged.join('\n')).not.toContain('secret-in-the-query');
  });

  it('A18: is refused on a path that is none', async () => {
    expect(await dial({ path: '/media-stream/x' }).opened).toBe('404');
    expect(await dial({ path: '/incoming-call' }).opened).toBe('404');
  });

  it('A19: is refused with too many headers', async () => {
    const headers = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`x-filler-${n}`, 'y'.repeat(80)]),
    );
    expect(await dial({ headers }).opened).toBe('431');
  });

  it('A28: closes a stream whose frame is larger than any with 1009', async () => {
    const stream = dial();
    await stream.opened;
    stream.socket.send('x'.repeat(100_000));
    expect(await stream.closed).toBe(1009);
  });

  it('A11: closes a signed stream that shows no token, before anything is opened', async () => {
    const before = fakes.legs.length;
    const call = newCall();
    await post(call);
    const stream = dial();
    await stream.opened;
    stream.send(start(call.CallSid, ''));
    expect(await stream.closed).toBe(1008);
    expect(fakes.legs).toHaveLength(before);
  });

  it('A21: a flood of unsigned upgrades gets 429, and live and new calls are unharmed', async () => {
    const live = await connect(newCall());
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => dial({ signature: 'forged' }).opened),
    );
    expect(answers).toContain('429');
    expect(new Set(answers)).toEqual(new Set(['403', '429']));

    // From the flood's own address: whoever signs is not counted.
    const fresh = await connect(newCall());
    expect(live.socket.readyState).toBe(WebSocket.OPEN);
    for (const { socket, closed } of [live, fresh]) {
      socket.close();
      await closed;
    }
  }, 20_000);

  it('A20: a client that never finishes its request is closed', async () => {
    const { port } = new URL(url());
    const ended = Promise.withResolvers<string>();
    const socket = openSocket(Number(port), '127.0.0.1', () => {
      socket.write('GET /media-stream HTTP/1.1\r\nHost: line.example.com\r\n');
    });
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('close', () => ended.resolve(answer));
    expect(await ended.promise).toContain('408');
  });
});

describe('a stream that breaks off', () => {
  /** A call whose caller Twilio has, or has not, by the status its REST tells. */
  async function broken(status: string) {
    const call = newCall();
    api().addCall(call.CallSid).status = status;
    const stream = await connect(call);
    const callId = (await rowOf(call.CallSid))?.callId;
    stream.socket.terminate();
    await stream.closed;
    const ended = async (): Promise<string | null | undefined> => {
      const response = await fetch(`${url()}/api/calls`);
      const { calls } = callsResponse.parse(await response.json());
      return calls.find((each) => each.callId === callId)?.endReason;
    };
    return { call, ended };
  }

  it('F19, A37: ends the call when Twilio has the caller no more', async () => {
    const { ended } = await broken('completed');
    await expect.poll(ended).toBe('caller_lost');
  });

  it('brings a caller whom Twilio still has back into the same call', async () => {
    const { call, ended } = await broken('in-progress');
    const before = fakes.legs.length;
    let token = '';
    // Until the server has seen that the stream is gone, it asks to be asked again.
    await expect
      .poll(async () => (token = tokenIn((await post(call, { path: '/incoming-call/next' })).text)))
      .not.toBe('');
    const again = dial();
    await again.opened;
    again.send(start(call.CallSid, token));
    await expect.poll(() => again.texts.length).toBeGreaterThan(0); // what was not heard
    expect(fakes.legs).toHaveLength(before);
    again.send({ event: 'stop', streamSid: `MZ${call.CallSid}` });
    await expect.poll(ended).toBe('caller_hung_up');
    again.socket.close();
    await again.closed;
  });
});
