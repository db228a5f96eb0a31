import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { trailResponse, type TrailEvent } from '../../src/protocol/index.ts';
import { eventsOf, trailFaults } from './callers.ts';
import type { TestFolder, TestLine } from './line.ts';
import { writeMicrophoneFile, type MicrophonePart } from './microphone-file.ts';

/** Everything the page complains about while a test runs. */
export function watch(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

/** A caller with a question about an invoice, who gives their name and goodbye; about a minute. */
export const invoiceCaller: readonly MicrophonePart[] = [
  { afterMs: 6_000, voice: 'awb-invoice-question' },
  { afterMs: 9_000, voice: 'awb-invoice-number' },
  { afterMs: 10_000, voice: 'awb-name-jane-miller' },
  { afterMs: 7_000, voice: 'awb-born-fifth-of-march' },
  { afterMs: 20_000, voice: 'awb-goodbye' },
  // A file waits for nobody: on a slow machine the first one may fall into the desk's own words.
  { afterMs: 15_000, voice: 'awb-goodbye' },
];

/** Writes what a caller says where the browser's fake microphone finds it. */
export async function microphone(
  { dataDir }: TestFolder,
  caller: readonly MicrophonePart[],
): Promise<string> {
  const file = join(dataDir, `microphone-${caller.length}-${caller[0]?.voice ?? 'nobody'}.wav`);
  await writeMicrophoneFile(file, caller);
  return file;
}

/** Waits until the call goes over the way, and says so. */
export async function connectedBy(scope: Page | Locator, way: string): Promise<void> {
  await scope.locator(`[data-line=live][data-way=${way}]`).waitFor({ timeout: 20_000 });
}

/**
 * Follows the call of {@link invoiceCaller} on the page from the greeting to the goodbye.
 *
 * @returns its trail, which is whole and says that all was spoken
 */
export async function followInvoiceCall(
  page: Page,
  line: TestLine,
): Promise<readonly TrailEvent[]> {
  await page.getByText('is speaking').waitFor({ timeout: 20_000 }); // the greeting is on its way
  await heard(page);
  const conversation = page.getByRole('log');
  await conversation.locator('[data-to=billing]').waitFor({ timeout: 30_000 });
  await conversation.locator('[data-tool=lookup_invoice]').first().waitFor({ timeout: 30_000 });
  await conversation
    .locator('[data-speaker=agent]', { hasText: '$120' })
    .waitFor({ timeout: 60_000 });
  await page.getByText('said goodbye and ended the call').waitFor({ timeout: 60_000 });
  const events = await trailOf(page, line);
  expect(trailFaults(events)).toEqual([]);
  const turns = events.filter(({ type }) => type === 'turn.caller' || type === 'turn.agent');
  expect(await conversation.locator('[data-final=true]').count()).toBe(turns.length);
  expect(eventsOf(events, 'turn.caller').every(({ source }) => source === 'speech')).toBe(true);
  return events;
}

/** Waits until the desk's voice moves the meter: sound, not only words, has arrived. */
export async function heard(page: Page): Promise<void> {
  const meter = page.locator('[data-meter=agent]');
  const level = async (): Promise<number> => Number(await meter.getAttribute('data-level'));
  await expect.poll(level, { timeout: 20_000, interval: 50 }).toBeGreaterThan(0.3);
}

/** The trail of a call that has ended on the page. */
export async function trailOf(page: Page, line: TestLine): Promise<readonly TrailEvent[]> {
  const address = await page.getByText('trail as JSON').getAttribute('href');
  const answer = await fetch(new URL(String(address), line.url));
  return trailResponse.parse(await answer.json()).events;
}
