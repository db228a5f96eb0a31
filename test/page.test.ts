import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callOfferResponse } from '../src/protocol/index.ts';
import { chromiumPath } from './chromium.ts';
import { accessibilityFaults } from './support/axe.ts';
import { openBlackHole } from './support/black-hole.ts';
import { openBrowser } from './support/browser.ts';
import { lineForTests } from './support/line.ts';
import { udpBytesSent } from './support/net-log.ts';
import {
  connectedBy,
  followInvoiceCall,
  heard,
  invoiceCaller,
  microphone,
  watch,
} from './support/page-call.ts';

/** Keeps what becomes of the page's WebRTC connections. */
const keepStates = `{
  window.states = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor() {
      super();
      this.addEventListener('connectionstatechange', () => states.push(this.connectionState));
    }
  };
}`;

const line = lineForTests();

describe.skipIf(chromiumPath === null)('the page in Chromium', () => {
  test('holds a spoken call over WebRTC', async () => {
    const netLogFile = join(line.dataDir, 'webrtc.json');
    const microphoneFile = await microphone(line, invoiceCaller);
    await using browser = await openBrowser({ microphoneFile, netLogFile });
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await connectedBy(page, 'webrtc');
    await page.getByText('Connected by WebRTC').waitFor();
    await followInvoiceCall(page, line);
    expect(complaints).toEqual([]);
    await browser.close();
    expect(await udpBytesSent(netLogFile)).toBeGreaterThan(50_000);
  });

  test('holds a spoken call over the WebSocket where UDP is blocked, and sends none', async () => {
    const netLogFile = join(line.dataDir, 'socket.json');
    const microphoneFile = await microphone(line, invoiceCaller);
    await using browser = await openBrowser({ microphoneFile, netLogFile, withoutUdp: true });
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await connectedBy(page, 'socket');
    await page.getByText('Connected by WebSocket').waitFor();
    await followInvoiceCall(page, line);
    expect(complaints).toEqual([]);
    await browser.close();
    expect(await udpBytesSent(netLogFile)).toBe(0);
  });

  test('gives WebRTC up where UDP is lost on the way, and calls over the WebSocket', async () => {
    await using lost = await openBlackHole();
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.addInitScript(keepStates);
    await page.route('**/api/calls', async (route) => {
      const response = await route.fetch();
      const answer = callOfferResponse.parse(await response.json());
      const sdp = answer.sdp.replaceAll(/(a=candidate:.* )\d+( typ)/g, `$1${lost.port}$2`);
      await route.fulfill({ response, json: { ...answer, sdp } });
    });
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await connectedBy(page, 'socket');
    expect(lost.packets).toBeGreaterThan(0);
    // It did not wait until the browser itself gave up.
    expect(await page.evaluate('states')).toEqual(['connecting']);
    await heard(page);
    await page.getByText('is listening').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up').waitFor();
    expect(complaints).toEqual([]);
  });

  test('says so when the microphone is refused, and lets the caller type', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await page
      .getByRole('alert')
      .getByText(/microphone/i)
      .waitFor();

    const input = page.getByLabel('Type to the agent');
    await page.getByText('is listening').waitFor({ timeout: 20_000 });
    await input.fill('I would like to book an appointment');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('[data-to=scheduling]').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up').waitFor();
    expect(complaints).toEqual([]);
  });

  test.each([
    ['on a desk, in the light', { width: 1280, height: 720 }, 'light'],
    ['on a phone, in the dark', { width: 390, height: 780 }, 'dark'],
  ] as const)('is for everybody, %s', async (_where, viewport, colorScheme) => {
    await using browser = await openBrowser({
      microphoneFile: await microphone(line, invoiceCaller),
    });
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Call' }).click();
    await page.getByText('is listening').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Mute' }).click();
    await page.getByRole('button', { name: 'Unmute' }).waitFor();
    await page.getByRole('button', { name: 'Sound' }).click();
    await page.getByLabel('Microphone').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keypad' }).click();
    await page.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: '7' }).click();
    await page.keyboard.press('8'); // the keyboard's own keys, while the keypad has the focus
    await page.getByText('You pressed').waitFor({ timeout: 20_000 });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
