import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { twilioAnsweredBy } from './call-status.ts';
import { twilioDialer } from './dialer.ts';
import { startFakeCallsApi, type FakeCallsApi } from '../../testing/fake-calls-api.ts';
import { twilioUrls } from './urls.ts';

vi.setConfig({ testTimeout: 30_000 }); // the carrier's library is slow to load

const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token' };
const to = '+442079460000';
const request = { attemptId: 'dial_1-1', to, machine: 'hang_up', ringMs: 25_000 } as const;

describe('calls placed through Twilio', () => {
  let api: FakeCallsApi;
  beforeEach(async () => {
    api = await startFakeCallsApi(account);
  });
  afterEach(() => api[Symbol.asyncDispose]());
  const dialer = (authToken = account.authToken) =>
    twilioDialer({
      account: { ...account, authToken, apiUrl: api.url },
      from: '+442079460999',
      urls: twilioUrls('https://line.example.com'),
    });

  it('ask us what to do and report to us, each attempt by its own name', async () => {
    const placed = await dialer().place(request);
    expect(placed).toEqual({ ok: true, carrierCallId: api.calls[0]?.sid });
    expect(api.calls[0]?.params).toEqual({
      ...{ To: to, From: '+442079460999', Method: 'POST', Timeout: '25' },
      Url: 'https://line.example.com/outgoing-call?attempt=dial_1-1',
      StatusCallback: 'https://line.example.com/twilio/status?attempt=dial_1-1',
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      ...{ MachineDetection: 'Enable', AsyncAmd: 'true', AsyncAmdStatusCallbackMethod: 'POST' },
      AsyncAmdStatusCallback: 'https://line.example.com/twilio/machine?attempt=dial_1-1',
    });
  });

  it('wait for the tone where a message is to be left, and look for no machine where one is spoken to', async () => {
    await dialer().place({ ...request, machine: 'message' });
    await dialer().place({ ...request, machine: 'speak' });
    expect(api.calls[0]?.params['MachineDetection']).toBe('DetectMessageEnd');
    expect(api.calls[1]?.params).not.toHaveProperty('MachineDetection');
  });

  it('are refused for good, or for now', async () => {
    api.failNext({ status: 400, message: 'The number is not valid.' });
    api.failNext({ status: 429, message: 'Too many requests.' });
    expect(await dialer().place(request)).toMatchObject({
      ...{ ok: false, retryable: false, message: 'The number is not valid.' },
    });
    expect(await dialer().place(request)).toMatchObject({ ok: false, retryable: true });
    expect(await dialer('wrong').place(request)).toMatchObject({ ok: false, retryable: false });
    expect(api.unauthorised).toBe(1);
  });

  it('are found again when nobody knows whether they were placed', async () => {
    const sinceMs = Date.now() - 5_000;
    api.failNext('placed_and_gone');
    await expect(dialer().place(request)).rejects.toThrow();
    api.failNext({ status: 503, message: 'down' });
    await expect(dialer().place(request)).rejects.toThrow();
    const [call] = api.calls;
    expect(await dialer().find({ to, sinceMs })).toEqual([
      { carrierCallId: call?.sid, status: 'queued' },
    ]);
    expect(await dialer().find({ to, sinceMs: Date.now() + 60_000 })).toEqual([]);
    expect(await dialer().find({ to: '+442079460001', sinceMs })).toEqual([]);
  });

  it('can be looked up, left a message, and ended', async () => {
    const placed = await dialer().place(request);
    if (!placed.ok) throw new Error('not placed');
    const { carrierCallId } = placed;
    const [call] = api.calls;
    if (call) call.status = 'in-progress';
    expect(await dialer().lookUp(carrierCallId)).toEqual({ carrierCallId, status: 'answered' });
    expect(await dialer().lookUp('CA404')).toBeNull();
    await dialer().leaveMessage(carrierCallId, 'Call <us> & ask.', 'en-GB');
    expect(call?.twiml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-GB">Call &lt;us&gt; &amp; ask.</Say><Hangup/></Response>',
    );
    await dialer().hangUp(carrierCallId);
    expect(call?.status).toBe('completed');
    await dialer().hangUp('CA404'); // over already
  });
});

it.each([
  ['human', 'human'],
  ['fax', 'fax'],
  ['machine_start', 'machine'],
  ['machine_end_beep', 'machine'],
  ['unknown', 'unknown'],
  ['something new', 'unknown'],
])('takes %s for %s', (given, meant) => {
  expect(twilioAnsweredBy(given)).toBe(meant);
});
