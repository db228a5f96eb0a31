import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import twilio from 'twilio';
import { WebSocket } from 'ws';
import { dialJob, trailResponse, type DialJobShown } from '../protocol/index.ts';
import { startFakeCallsApi, type FakeCallsApi } from '../testing/fake-calls-api.ts';
import { runCommand } from './testing/run-command.ts';
import { serverProcesses, type ServerProcess } from './testing/server-process.ts';

const account = { accountSid: `AC${'b'.repeat(32)}`, authToken: 'the token of the account' };
const publicUrl = 'https://line.example.com';
const number = '+442079460000';
const { start } = serverProcesses();

/** The carrier's side of one call that the server placed. */
async function carrierOf(server: ServerProcess, api: FakeCallsApi) {
  await expect.poll(() => api.calls.length, { timeout: 15_000 }).toBeGreaterThan(0);
  const [call] = api.calls;
  if (!call) throw new Error('no call was placed');
  const form = { CallSid: call.sid, AccountSid: account.accountSid, To: number };
  const sign = (url: string, params: Record<string, unknown> = {}): string =>
    twilio.getExpectedTwilioSignature(account.authToken, url, params);
  const report = async (address: unknown, more: Record<string, string>) => {
    const url = String(address);
    const params = { ...form, ...more };
    const response = await fetch(url.replace(publicUrl, server.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': sign(url, params),
      },
      body: new URLSearchParams(params).toString(),
    });
    return { status: response.status, text: await response.text() };
  };
  const stream = (token: string): WebSocket => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/media-stream`, {
      headers: { 'x-twilio-signature': sign('wss://line.example.com/media-stream') },
    });
    const start = { accountSid: account.accountSid, callSid: call.sid, streamSid: 'MZ1' };
    socket.on('open', () =>
      socket.send(
        JSON.stringify({
          ...{ event: 'start', sequenceNumber: '1', streamSid: 'MZ1' },
          start: { ...start, customParameters: { token } },
        }),
      ),
    );
    return socket;
  };
  return { params: call.params, report, stream };
}

describe('switchboard dial', { timeout: 120_000 }, () => {
  let api: FakeCallsApi;
  beforeAll(async () => {
    api = await startFakeCallsApi(account);
  });
  afterAll(() => api[Symbol.asyncDispose]());

  it('has somebody called, and the desk speaks with them', async () => {
    const server = await start({
      ...{ TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken },
      ...{ TWILIO_NUMBER: '+442079460999', TWILIO_API_URL: api.url, PUBLIC_URL: publicUrl },
      ...{ SWITCHBOARD_DIAL_PREFIXES: '+44', SWITCHBOARD_DIAL_HOURS: '00:00-24:00' },
    });
    const url = ['--url', server.url];
    const shown = async (): Promise<DialJobShown> => {
      const { out, err } = await runCommand(['dial', 'list', ...url, '--json']);
      if (err !== '') throw new Error(err);
      return dialJob.parse(JSON.parse(out));
    };
    const purpose = ['--purpose', 'A reminder of an appointment.'];
    const asked = await runCommand(['dial', number, ...purpose, '--key', 'one', ...url]);
    expect([asked.code, asked.err]).toEqual([0, '']);
    expect(asked.out).toMatch(/^dial_\S+ {2}\+442079460000 {2}front-desk {2}waiting/);
    const again = await runCommand(['dial', number, '--key', 'one', ...url]);
    expect(again.out.split(' ')[0]).toBe(asked.out.split(' ')[0]);

    const carrier = await carrierOf(server, api);
    const twiml = await carrier.report(carrier.params['Url'], { CallStatus: 'in-progress' });
    const token = /name="token" value="([^"]+)"/.exec(twiml.text)?.[1] ?? '';
    const heard: string[] = [];
    const stream = carrier.stream(token);
    stream.on('message', (data: Buffer) => heard.push(data.toString()));
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(20);
    await expect.poll(async () => (await shown()).callId, { timeout: 10_000 }).toMatch(/^call_/);
    stream.close();
    await carrier.report(carrier.params['StatusCallback'], { CallStatus: 'completed' });
    const job = await shown();
    expect(job).toMatchObject({ state: 'done', outcome: 'completed', attempts: 1 });

    const trail = await fetch(`${server.url}/api/calls/${job.callId}/trail`);
    const { events } = trailResponse.parse(await trail.json());
    expect(events[0]).toMatchObject({ type: 'call.started', channel: 'twilio' });
    expect(api.calls).toHaveLength(1);
  });

  it('says in one line why nobody is called', async () => {
    const server = await start();
    const url = ['--url', server.url];
    const off = await runCommand(['dial', number, ...url]);
    expect([off.code, off.err]).toEqual([1, expect.stringContaining('[dialling_off]')]);
    const listed = await runCommand(['do-not-call', 'add', '+44 20 7946 0000', ...url]);
    expect(listed.out).toBe('+442079460000  is never dialled\n');
    expect((await runCommand(['do-not-call', 'list', ...url])).out).toContain('operator');
    const removed = await runCommand(['do-not-call', 'remove', number, ...url]);
    expect(removed.out).toBe('+442079460000  may be dialled\n');
    const none = await runCommand(['dial', number, '--url', 'http://127.0.0.1:9']);
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('[server_unreachable]')]);
  });
});
