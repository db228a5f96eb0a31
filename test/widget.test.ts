import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumPath } from './chromium.ts';
import { accessibilityFaults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openForeignSite, type ForeignSite } from './support/foreign-site.ts';
import { startLine, testFolder, type TestFolder, type TestLine } from './support/line.ts';
import { connectedBy, heard, microphone, watch } from './support/page-call.ts';

const body = `<!doctype html><html lang="en"><head><title>A dentist</title></head>
<body><main><h1>A dentist</h1><p>We are here for you.</p><a href="/other">Prices</a></main>
<script src="LINE/widget.js" data-desk="front-desk" data-label="Call us" async></script></body></html>`;

let folder: TestFolder;
let site: ForeignSite;
let stranger: ForeignSite;
let line: TestLine;
beforeAll(async () => {
  folder = await testFolder();
  site = await openForeignSite({ body, line: () => line.url });
  stranger = await openForeignSite({ body, line: () => line.url });
  line = await startLine({ ...folder, env: { SWITCHBOARD_ALLOWED_ORIGINS: site.origin } });
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await stranger[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const caller = [{ afterMs: 7_000, voice: 'awb-book-appointment' }];

async function spokenTurn(page: Page): Promise<void> {
  const panel = page.getByRole('dialog', { name: 'Garden Bridge Dental' });
  await panel.getByText('Hello, this is Garden Bridge Dental').waitFor({ timeout: 20_000 });
  await heard(page);
  await panel.locator('[data-speaker=caller]').first().waitFor({ timeout: 30_000 });
  await panel.getByText('Scheduling').first().waitFor({ timeout: 30_000 });
}

describe.skipIf(chromiumPath === null)('the call button on a site of another origin', () => {
  test('holds a spoken call over WebRTC under a strict policy, and leaves nothing behind', async () => {
    await using browser = await openBrowser({ microphoneFile: await microphone(folder, caller) });
    const bare = await browser.newPage();
    await bare.goto(stranger.origin); // a page that gets no button, to compare with
    const before = await bare.evaluate<string[]>('Object.getOwnPropertyNames(window)');
    await bare.close();
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(site.origin);
    const button = page.getByRole('button', { name: 'Call us' });
    await button.waitFor();
    const after = await page.evaluate<string[]>('Object.getOwnPropertyNames(window)');
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);

    await button.focus();
    await page.keyboard.press('Enter');
    await connectedBy(page, 'webrtc');
    await spokenTurn(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const shown = page.getByRole('button', { name: 'Show the call' });
    await shown.waitFor();
    await page.keyboard.press('Enter'); // the button that was left has the focus
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up').waitFor();
    expect(complaints).toEqual([]);
  });

  test('holds a spoken call over the WebSocket where UDP is blocked', async () => {
    const microphoneFile = await microphone(folder, caller);
    await using browser = await openBrowser({ microphoneFile, withoutUdp: true });
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(site.origin);
    await page.getByRole('button', { name: 'Call us' }).click();
    await connectedBy(page, 'socket');
    await spokenTurn(page);
    expect(complaints).toEqual([]);
  });

  test('goes on with the call on the next page of the site', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    await page.goto(site.origin);
    await page.getByRole('button', { name: 'Call us' }).click();
    const panel = page.getByRole('dialog', { name: 'Garden Bridge Dental' });
    await panel.getByText('How can I help you?').waitFor({ timeout: 20_000 });
    await panel
      .getByRole('alert')
      .getByText(/microphone/)
      .waitFor(); // none here: typing is left
    await panel.getByText('is listening').waitFor({ timeout: 20_000 });
    await page.getByRole('link', { name: 'Prices' }).click();
    await connectedBy(page, 'webrtc');
    await panel.getByText('How can I help you?').waitFor();
    await panel.getByLabel('Type to the agent').fill('I would like to book an appointment');
    await page.keyboard.press('Enter');
    await panel.getByText('Scheduling').first().waitFor({ timeout: 20_000 });
    await panel.getByRole('button', { name: 'Hang up' }).click();
    await panel.getByText('You hung up').waitFor();
  });

  test('shows nothing on a site that is not allowed, and tells its owner why', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    const warning = page.waitForEvent('console', {
      predicate: (message) => message.type() === 'warning',
    });
    await page.goto(stranger.origin);
    const said = (await warning).text();
    expect(said).toContain('SWITCHBOARD_ALLOWED_ORIGINS');
    expect(said).toContain(stranger.origin);
    expect(await page.locator('[data-switchboard]').count()).toBe(0);
    const refused = await fetch(new URL('/api/calls', line.url), {
      method: 'POST',
      headers: { origin: stranger.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ sdp: 'v=0' }),
    });
    expect(refused.status).toBe(403);
  });
});
