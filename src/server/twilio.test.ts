import { describe, expect, it } from 'vitest';
import twilio from 'twilio';
import { publicUrl, sign, twilioHarness } from './testing/twilio-harness.ts';

const { newCall, post, rowOf, connect } = twilioHarness();

describe('the webhook of incoming calls', () => {
  it('answers a signed request with a stream', async () => {
    const call = newCall();
    const { status, text } = await post(call);
    expect(status).toBe(200);
    expect(text).toContain('<Stream url="wss://line.example.com/media-stream">');
    expect(await rowOf(call.CallSid)).toMatchObject({ callId: null, status: 'queued' });
  });

  it('A1: refuses one without a signature, and keeps nothing of it', async () => {
    const call = newCall();
    expect((await post(call, { signature: null })).status).toBe(403);
    expect(await rowOf(call.CallSid)).toBeNull();
  });

  it('A2: refuses one with a wrong signature', async () => {
    const call = newCall();
    const wrong = twilio.getExpectedTwilioSignature('another', `${publicUrl}/incoming-call`, call);
    for (const signature of [wrong, 'x', '=', sign(`${publicUrl}/incoming-call`)]) {
      expect((await post(call, { signature })).status).toBe(403);
    }
    expect(await rowOf(call.CallSid)).toBeNull();
  });

  it('A3: refuses a signature for another host, also when the request names that host', async () => {
    const call = newCall();
    const elsewhere = sign('https://evil.example.net/incoming-call', call);
    const headers = { 'x-forwarded-host': 'evil.example.net', 'x-forwarded-proto': 'https' };
    expect((await post(call, { signature: elsewhere })).status).toBe(403);
    expect((await post(call, { signature: elsewhere, headers })).status).toBe(403);
  });

  it('A4: refuses a request with a parameter that was altered', async () => {
    const call = newCall();
    const signature = sign(`${publicUrl}/incoming-call`, call);
    const altered = { ...call, From: '+15550001111' };
    expect((await post(altered, { signature })).status).toBe(403);
    expect((await post({ ...call, More: '1' }, { signature })).status).toBe(403);
  });

  it('A4: refuses a request whose address was altered', async () => {
    const call = newCall();
    const signature = sign(`${publicUrl}/incoming-call?desk=front-desk`, call);
    expect((await post(call, { path: '/incoming-call?desk=salon', signature })).status).toBe(403);
  });

  it('A5: judges a parameter that comes several times as the package does', async () => {
    const call = { ...newCall(), Digits: ['2', '1', '2'] };
    expect((await post(call)).status).toBe(200);
    const other = { ...newCall(), Digits: ['2', '1'] };
    const signature = sign(`${publicUrl}/incoming-call`, { ...other, Digits: ['2', '3'] });
    expect((await post(other, { signature })).status).toBe(403);
    // And a call that is named twice is none.
    const twice = { ...newCall(), CallSid: ['CA1', 'CA2'] };
    expect((await post(twice)).status).toBe(400);
  });

  it('A6: does not look at headers of proxies', async () => {
    const call = newCall();
    const headers = {
      'x-forwarded-host': 'other.example.net',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '8.8.8.8',
      forwarded: 'host=other.example.net',
    };
    expect((await post(call, { headers })).status).toBe(200);
  });

  it('A7: refuses other content than a form', async () => {
    const call = newCall();
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type };
      expect((await post(call, { headers, body: '{}' })).status).toBe(415);
    }
  });

  it('A8: refuses a body beyond any form of Twilio’s', async () => {
    expect((await post({ ...newCall(), Body: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it('refuses calls of another account', async () => {
    const foreign = { ...newCall(), AccountSid: `AC${'b'.repeat(32)}` };
    expect((await post(foreign)).status).toBe(400);
  });
});

describe('what follows the stream', () => {
  it('hangs up once the call has ended', async () => {
    const call = newCall();
    const stream = await connect(call);
    stream.send({ event: 'stop', streamSid: `MZ${call.CallSid}` });
    stream.socket.close();
    await stream.closed;
    const next = await post(call, { path: '/incoming-call/next' });
    expect(next.text).toContain('<Hangup/>');
  });

  it('F18: takes a report of a status twice and late', async () => {
    const call = newCall();
    await post(call);
    for (const CallStatus of ['completed', 'ringing', 'completed']) {
      const report = { ...call, CallStatus };
      expect((await post(report, { path: '/twilio/status' })).status).toBe(204);
    }
    expect(await rowOf(call.CallSid)).toMatchObject({ status: 'completed' });
  });

  it('A1: refuses every other route of Twilio’s without a signature', async () => {
    for (const path of [
      '/incoming-call/next',
      '/outgoing-call',
      '/twilio/status',
      '/twilio/machine',
    ]) {
      expect((await post(newCall(), { path, signature: null })).status, path).toBe(403);
    }
  });
});
