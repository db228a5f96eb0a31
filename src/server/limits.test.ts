import { afterEach, describe, expect, it } from 'vitest';
import twilio from 'twilio';
import { mediaSocketDefaults, phoneCallDefaults } from '../carrier/index.ts';
import { defaultLimits } from '../channels/browser/index.ts';
import { directDefaults } from '../channels/direct/index.ts';
import { silentLog } from '../lib/index.ts';
import { peerDefaults } from '../webrtc/index.ts';
import { openFarEnd } from '../webrtc/testing/far-end.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { dialMedia } from './testing/dial-media.ts';
import { fakeParts } from './testing/fake-parts.ts';

let server: RunningServer | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

async function start(env: Readonly<Record<string, string>>): Promise<string> {
  const { parts } = fakeParts();
  const settings = readSettings({ PORT: '0', ...env });
  server = await startServer({ settings, log: silentLog, parts });
  await server.ready;
  return server.url;
}

it('is by default what each channel has by itself', () => {
  const { webrtc, page, direct, carrier } = readSettings({}).limits;
  expect(webrtc).toEqual(peerDefaults);
  expect(page).toEqual(defaultLimits);
  expect(direct).toEqual(directDefaults);
  expect({ ...mediaSocketDefaults, ...phoneCallDefaults }).toMatchObject(carrier);
});

describe('calls over WebRTC', () => {
  async function offer(url: string): Promise<number> {
    using far = await openFarEnd();
    const response = await fetch(`${url}/api/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sdp: far.offer }),
    });
    return response.status;
  }

  it('come up in the time they are given, so many at once', async () => {
    const url = await start({
      ...{ SWITCHBOARD_WEBRTC_MAX_PENDING: '1', SWITCHBOARD_WEBRTC_OPEN_WITHIN_MS: '1000' },
    });
    expect(await offer(url)).toBe(201);
    expect(await offer(url)).toBe(429);
    await expect.poll(() => offer(url)).toBe(201); // the first was given up
  });

  it('are so many and no more', async () => {
    const url = await start({ SWITCHBOARD_WEBRTC_MAX_PEERS: '1' });
    expect(await offer(url)).toBe(201);
    expect(await offer(url)).toBe(503);
  });
});

describe('a page on the call socket', () => {
  it('says in time what it wants', async () => {
    const url = await start({ SWITCHBOARD_PAGE_START_WITHIN_MS: '100' });
    const page = dialMedia(`${url}/call`, {});
    expect(await page.closed).toBe(1013);
    expect(page.texts).toMatchObject([{ type: 'refused', code: 'not_ready' }]);
  });

  it('is closed after so much nonsense', async () => {
    const url = await start({ SWITCHBOARD_MAX_MALFORMED_FRAMES: '2' });
    const page = dialMedia(`${url}/call`, {});
    await page.opened;
    page.send('nonsense');
    page.send({ type: 'start' });
    await expect
      .poll(() => page.texts)
      .toContainEqual(expect.objectContaining({ type: 'started' }));
    page.send('nonsense');
    expect(await page.closed).toBe(1008);
  });
});

describe('a telephone call', () => {
  const host = 'line.example.com';
  const publicUrl = `https://${host}`;
  const account = {
    ...{ PUBLIC_URL: publicUrl, TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}` },
    TWILIO_AUTH_TOKEN: 'the token of the account',
  };
  const sign = (address: string, params = {}): Readonly<Record<string, string>> => ({
    'x-twilio-signature': twilio.getExpectedTwilioSignature(
      ...([account.TWILIO_AUTH_TOKEN, address, params] as const),
    ),
  });
  async function ring(url: string, CallSid: string): Promise<string> {
    const call = { CallSid, AccountSid: account.TWILIO_ACCOUNT_SID, From: '+442079460001' };
    const response = await fetch(`${url}/incoming-call`, {
      method: 'POST',
      headers: sign(`${publicUrl}/incoming-call`, call),
      body: new URLSearchParams(call),
    });
    return response.text();
  }

  it('has a stream that says in time which call it is of', async () => {
    const url = await start({ ...account, SWITCHBOARD_CARRIER_START_WITHIN_MS: '100' });
    const address = `wss://${host}/media-stream`;
    const stream = dialMedia(`${url}/media-stream`, { host, ...sign(address) });
    expect(await stream.opened).toBe('open');
    expect(await stream.closed).toBe(1008);
  });

  it('is one of so many that are known', async () => {
    const url = await start({ ...account, SWITCHBOARD_CARRIER_MAX_CALLS: '1' });
    expect(await ring(url, 'CA1')).toContain('<Stream');
    expect(await ring(url, 'CA2')).not.toContain('<Stream');
    expect(await ring(url, 'CA1')).toContain('<Stream');
  });
});
