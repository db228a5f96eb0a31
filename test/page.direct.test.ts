import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { openBrowser } from './support/browser.ts';
import { startLine, testFolder } from './support/line.ts';
import {
  connectedBy,
  followInvoiceCall,
  invoiceCaller,
  microphone,
  watch,
} from './support/page-call.ts';

const env = { SWITCHBOARD_DESKS_DIR: join(import.meta.dirname, 'direct-desks') };

describe.skipIf(chromiumPath === null)('the page at a desk whose sound is direct', () => {
  test('holds a spoken call straight with the engine', async () => {
    await using folder = await testFolder();
    await using line = await startLine({ ...folder, env });
    await using browser = await openBrowser({
      microphoneFile: await microphone(folder, invoiceCaller),
    });
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await connectedBy(page, 'direct');
    const events = await followInvoiceCall(page, line);
    expect(events[0]).toMatchObject({ type: 'call.started', channel: 'direct' });
    expect(complaints).toEqual([]);
  });

  test('is relayed over the WebSocket where UDP is blocked', async () => {
    await using folder = await testFolder();
    await using line = await startLine({ ...folder, env });
    await using browser = await openBrowser({ withoutUdp: true });
    const page = await browser.newPage();
    await page.goto(line.url);
    await page.getByRole('button', { name: 'Call' }).click();
    await connectedBy(page, 'socket');
    await page.getByText('is listening').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You hung up').waitFor();
  });
});
