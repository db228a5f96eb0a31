import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { accessibilityFaults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { eventsOf } from './support/callers.ts';
import { openForeignSite, type ForeignSite } from './support/foreign-site.ts';
import { startLine, testFolder, type TestFolder, type TestLine } from './support/line.ts';
import { trailOf, watch } from './support/page-call.ts';

const viewport = { width: 390, height: 780 };
const card = '837519260437';
const body = `<!doctype html><html lang="en"><title>A shop</title><main><h1>A shop</h1></main>
<script src="LINE/widget.js" async></script></html>`;

let folder: TestFolder;
let site: ForeignSite;
let line: TestLine;
beforeAll(async () => {
  folder = await testFolder();
  site = await openForeignSite({ body, line: () => line.url });
  line = await startLine({
    ...folder,
    env: {
      SWITCHBOARD_DESKS_DIR: join(import.meta.dirname, 'keypad-desks'),
      SWITCHBOARD_ALLOWED_ORIGINS: site.origin,
    },
  });
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Calls, brings the tool to ask, and keys the card in: with the mouse, then with the keyboard. */
async function keyCardIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Call' }).click();
  await page.getByText('Teller is listening').waitFor({ timeout: 20_000 });
  await page.getByLabel('Type to the agent').fill('Please check my card');
  await page.getByRole('button', { name: 'Send' }).click();

  const keypad = page.getByRole('group', { name: 'Keypad' });
  await keypad.getByText('Teller asks for keys: Please key in your card.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const lastWords = await page.getByRole('log').locator('li').last().boundingBox();
  const below = await keypad.boundingBox();
  expect(lastWords!.y + lastWords!.height).toBeLessThanOrEqual(below!.y); // still in sight
  for (const key of card.slice(0, 4)) await keypad.getByRole('button', { name: key }).click();
  await page.keyboard.type(card.slice(4, -1));
  expect(await keypad.getByLabel('Keys pressed').textContent()).toBe('•'.repeat(card.length - 1));
  await page.keyboard.type(card.slice(-1));
  await keypad.waitFor({ state: 'hidden' });
  await page.getByText('Card is good: yes.').waitFor({ timeout: 20_000 });
  expect(await page.locator('body').innerText()).not.toContain(card);
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByText('You hung up').waitFor();
}

describe.skipIf(chromiumPath === null)('a tool that asks for keys', () => {
  test('has the page show the keypad, and alone gets what is pressed', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage({ viewport });
    const complaints = watch(page);
    await page.goto(line.url);
    await keyCardIn(page);
    await page.getByText('Teller took 12 keys, unseen.').waitFor();
    const events = await trailOf(page, line);
    expect(eventsOf(events, 'keys.collected')).toMatchObject([{ count: 12, outcome: 'taken' }]);
    expect(eventsOf(events, 'tool.returned')).toMatchObject([{ output: '{"card_is_good":true}' }]);
    expect(eventsOf(events, 'caller.keyed')).toEqual([]);
    expect(JSON.stringify(events)).not.toContain(card);
    expect(complaints).toEqual([]);
  });

  test('has the call button show the keypad', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage({ viewport });
    const complaints = watch(page);
    await page.goto(site.origin);
    await keyCardIn(page);
    expect(complaints).toEqual([]);
  });
});
