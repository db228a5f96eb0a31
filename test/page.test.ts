import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { trailResponse } from '../src/protocol/index.ts';
import { chromiumPath } from './chromium.ts';
import { openBrowser } from './support/browser.ts';
import { eventsOf, trailFaults } from './support/callers.ts';
import { startLine, testFolder, type TestFolder, type TestLine } from './support/line.ts';
import { writeMicrophoneFile } from './support/microphone-file.ts';

let folder: TestFolder;
let line: TestLine;
beforeAll(async () => {
  folder = await testFolder();
  line = await startLine(folder);
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Everything the page complains about while a test runs. */
function watch(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

describe.skipIf(chromiumPath === null)('the page in Chromium', () => {
  test('holds a spoken call with a microphone', async () => {
    const microphoneFile = join(folder.dataDir, 'microphone.wav');
    await writeMicrophoneFile(microphoneFile, [
      { afterMs: 6_000, voice: 'awb-invoice-question' },
      { afterMs: 9_000, voice: 'awb-invoice-number' },
      { afterMs: 10_000, voice: 'awb-name-jane-miller' },
      { afterMs: 7_000, voice: 'awb-born-fifth-of-march' },
      { afterMs: 20_000, voice: 'awb-goodbye' },
    ]);
    await using browser = await openBrowser({ microphoneFile });
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();

    await page.getByText('is speaking').waitFor(); // the greeting is on its way
    const conversation = page.getByRole('log');
    await conversation.locator('[data-to=billing]').waitFor({ timeout: 30_000 });
    await conversation.locator('[data-tool=lookup_invoice]').first().waitFor({ timeout: 30_000 });
    await conversation
      .locator('[data-speaker=agent]', { hasText: '$120' })
      .waitFor({ timeout: 60_000 });
    await page.getByText('said goodbye and ended the call').waitFor({ timeout: 60_000 });

    const address = await page.getByText('trail as JSON').getAttribute('href');
    const answer = await fetch(new URL(String(address), line.url));
    const { events } = trailResponse.parse(await answer.json());
    expect(trailFaults(events)).toEqual([]);
    const turns = events.filter((event) => event.type.startsWith('turn.'));
    expect(await conversation.locator('[data-final=true]').count()).toBe(turns.length);
    expect(eventsOf(events, 'turn.caller').every(({ source }) => source === 'speech')).toBe(true);
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
});
