import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { openBrowser } from './support/browser.ts';
import { lineForTests } from './support/line.ts';
import { connectedBy, heard, microphone, watch } from './support/page-call.ts';

const line = lineForTests();

/** Keeps the page's audio elements, which are not in its document, for {@link playedOn}. */
const keepPlayers = `{
  const { play } = HTMLMediaElement.prototype;
  window.players = new Set();
  HTMLMediaElement.prototype.play = function () {
    window.players.add(this);
    return play.call(this);
  };
}`;

/** Names of the devices on which the page plays right now. */
function playedOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(`navigator.mediaDevices.enumerateDevices().then((devices) =>
    [...players].filter((player) => player.srcObject && !player.paused).map(({ sinkId }) =>
      devices.find(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === sinkId)?.label))`);
}

/** What the page shows as chosen, and where it really plays. */
async function inUse(page: Page): Promise<readonly unknown[]> {
  const shown = ['Microphone', 'Loudspeaker'].map((kind) =>
    page.getByLabel(kind).locator('option:checked').innerText(),
  );
  return [...(await Promise.all(shown)), await playedOn(page)];
}
/** A fake microphone says this each time it is opened. */
const caller = [{ afterMs: 5_000, voice: 'awb-book-appointment' }];
const others = ['Fake Audio Input 2', 'Fake Audio Output 1', ['Fake Audio Output 1']];

describe.skipIf(chromiumPath === null)('other devices during a call', () => {
  test.each([
    ['webrtc', false],
    ['socket', true],
  ])('are taken at once over %s, and again the next time', async (way, withoutUdp) => {
    const microphoneFile = await microphone(line, caller);
    await using browser = await openBrowser({ microphoneFile, withoutUdp });
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.addInitScript(keepPlayers);
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await connectedBy(page, way);
    const said = page.locator('[data-speaker=caller][data-final=true]', { hasText: 'appointment' });
    await said.first().waitFor({ timeout: 30_000 });

    await page.getByRole('button', { name: 'Sound' }).click();
    const [microphoneName, speakerName] = others.map(String);
    await page.getByLabel('Microphone').selectOption({ label: microphoneName! });
    await page.getByLabel('Loudspeaker').selectOption({ label: speakerName! });
    await expect.poll(() => inUse(page)).toEqual(others);
    await said.nth(1).waitFor({ timeout: 30_000 }); // heard by the other microphone
    await heard(page);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up').waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Call' }).click();
    await connectedBy(page, way);
    await page.getByRole('button', { name: 'Sound' }).click();
    await expect.poll(() => inUse(page)).toEqual(others);
    expect(complaints).toEqual([]);
  });

  test('are done without when they are gone the next time', async () => {
    const microphoneFile = await microphone(line, caller);
    await using browser = await openBrowser({ microphoneFile });
    const page = await browser.newPage();
    await page.addInitScript(keepPlayers);
    await page.addInitScript(`for (const kind of ['microphone', 'speaker'])
      localStorage.setItem('switchboard.' + kind, 'unplugged')`);
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await heard(page);
    await page.getByRole('button', { name: 'Sound' }).click();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect((await inUse(page)).slice(0, 2)).toEqual([
      'Fake Default Audio Input',
      'Fake Default Audio Output',
    ]);
    await page.locator('[data-speaker=caller][data-final=true]').waitFor({ timeout: 30_000 });
  });
});
