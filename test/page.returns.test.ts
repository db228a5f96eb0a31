import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumPath } from './chromium.ts';
import { openBrowser } from './support/browser.ts';
import { eventsOf, trailFaults } from './support/callers.ts';
import { openCuttableWay } from './support/cuttable-way.ts';
import { lineForTests, startLine, testFolder } from './support/line.ts';
import { connectedBy, heard, microphone, trailOf } from './support/page-call.ts';

const line = lineForTests();

async function call(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Call' }).click();
  await page.getByText('is listening').waitFor({ timeout: 30_000 }); // the greeting is over
}

async function ask(page: Page, text: string): Promise<void> {
  await page.getByLabel('Type to the agent').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function hangUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByText('You hung up').waitFor();
}

describe.skipIf(chromiumPath === null)('a call whose way to the server is lost', () => {
  test('goes on over WebRTC when the network is back, by voice', async () => {
    const caller = [
      { afterMs: 15_000, voice: 'awb-invoice-question' },
      { afterMs: 12_000, voice: 'awb-goodbye' },
    ];
    const microphoneFile = await microphone(line, caller);
    await using browser = await openBrowser({ microphoneFile });
    const page = await browser.newPage();
    await call(page, line.url);
    await page.context().setOffline(true);
    await page.getByText('your call goes on').waitFor();
    await page.waitForTimeout(2_000); // away for a while
    await page.context().setOffline(false);
    await connectedBy(page, 'webrtc');
    await page.getByText(/The connection was lost for/).waitFor();

    await page.locator('[data-to=billing]').waitFor({ timeout: 40_000 });
    await heard(page);
    await page.getByText('said goodbye and ended the call').waitFor({ timeout: 60_000 });
    const events = await trailOf(page, line);
    expect(trailFaults(events)).toEqual([]);
    expect(eventsOf(events, 'caller.away')).toHaveLength(1);
    expect(eventsOf(events, 'caller.returned')[0]?.awayMs).toBeGreaterThan(1_500);
    expect(await page.locator('[data-final=true]').count()).toBe(
      events.filter(({ type }) => type === 'turn.caller' || type === 'turn.agent').length,
    );
  });

  test('goes on after the page was loaded again, with all that was said before', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    await call(page, line.url);
    await ask(page, 'I would like to book an appointment');
    await page.locator('[data-to=scheduling]').waitFor({ timeout: 20_000 });
    await page.getByText('is listening').waitFor({ timeout: 20_000 });
    const before = await page.locator('[data-final=true]').allInnerTexts();
    await page.reload();
    await connectedBy(page, 'webrtc');
    await page.getByText('Scheduling is').waitFor({ timeout: 20_000 });
    const after = await page.locator('[data-final=true]').allInnerTexts();
    expect(after.slice(0, before.length)).toEqual(before);
    await hangUp(page);
    expect(trailFaults(await trailOf(page, line))).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Call' }).waitFor(); // nothing to come back to
  });

  test('goes on over the WebSocket, which was cut', async () => {
    await using way = await openCuttableWay(line.url);
    await using browser = await openBrowser({ withoutUdp: true });
    const page = await browser.newPage();
    await call(page, way.url);
    await connectedBy(page, 'socket');
    way.cut(1_500);
    await page.getByText('your call goes on').waitFor();
    await connectedBy(page, 'socket');
    await ask(page, 'I would like to book an appointment');
    await page.locator('[data-to=scheduling]').waitFor({ timeout: 20_000 });
    await hangUp(page);
    expect(eventsOf(await trailOf(page, line), 'caller.returned')).toHaveLength(1);
  });

  test('is over in words when the server does not come back in time', async () => {
    await using other = await testFolder();
    await using short = await startLine({
      ...other,
      env: { SWITCHBOARD_RETURN_WITHIN_MS: '2000' },
    });
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    await call(page, short.url);
    await page.context().setOffline(true);
    await page.getByText('could not be gone on with').waitFor({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Call again' }).waitFor();
  });

  test('moves to the window that took it over', async () => {
    await using browser = await openBrowser({});
    const context = await browser.newContext();
    const page = await context.newPage();
    await call(page, line.url);
    // As when a tab is duplicated: the copy has what the first one kept.
    const kept = await page.evaluate<string>('sessionStorage.getItem("switchboard.call")');
    const other = await context.newPage();
    await other.goto(line.url);
    const value = JSON.stringify(kept);
    await other.evaluate(`sessionStorage.setItem("switchboard.call", ${value})`);
    await other.reload();
    await connectedBy(other, 'webrtc');
    await page.getByText('The call goes on in another window').waitFor();
    await hangUp(other);
  });
});
