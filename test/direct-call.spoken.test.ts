import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { readAssets } from '../src/lib/index.ts';
import {
  callServerMessage,
  type CallServerMessage,
  type TrailEvent,
} from '../src/protocol/index.ts';
import { chromiumPath } from './chromium.ts';
import { openBrowser } from './support/browser.ts';
import { eventsOf, handoffsOf, identityOf, trailFaults, transcriptOf } from './support/callers.ts';
import { startLine, testFolder, type TestFolder, type TestLine } from './support/line.ts';
import { openSdkPage, type SdkPage } from './support/sdk-page.ts';

const root = join(import.meta.dirname, '..');
const assets = readAssets(join(root, '.switchboard/cache'));
const canHear = assets.vadModel !== null && assets.pocketsphinx !== null;
/** Gets the page's secret from its own server, which is ours here. */
const askForSecret =
  "window.askForSecret = async (url) => (await fetch(url, { method: 'POST' })).json();";

/** The page's control side, as a page would have it. */
async function openControl(url: string, ticket: string, callId?: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/call/direct?ticket=${ticket}`);
  const messages: CallServerMessage[] = [];
  socket.on('message', (data: Buffer) => {
    messages.push(callServerMessage.parse(JSON.parse(data.toString())));
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connected', ...(callId === undefined ? {} : { callId }) }));
  return {
    messages,
    events: (): readonly TrailEvent[] =>
      messages.flatMap((message) => (message.type === 'trail' ? [message.event] : [])),
    isListening() {
      const last = messages.findLast((message) => message.type === 'status');
      return last?.agent === 'listening' && last.caller === 'silent';
    },
    send: (message: object) => socket.send(JSON.stringify(message)),
  };
}
type Control = Awaited<ReturnType<typeof openControl>>;

const seen = <T>(look: () => T | Promise<T>, timeout = 30_000): Promise<T> =>
  vi.waitFor(look, { timeout, interval: 50 });

/** Says a sentence and waits until the agent has answered it and listens again, or the call is over. */
async function turn(page: Page, control: Control, voice: string): Promise<void> {
  const turns = (): number => eventsOf(control.events(), 'turn.caller').length;
  const before = turns();
  await page.evaluate(`say(${JSON.stringify(voice)})`);
  await seen(() => {
    expect(turns(), voice).toBeGreaterThan(before);
    const isOver = control.messages.some(({ type }) => type === 'ended');
    expect(isOver || control.isListening(), voice).toBe(true);
  });
}

describe.skipIf(chromiumPath === null || !canHear)('a page of another site, direct', () => {
  let folder: TestFolder;
  let site: SdkPage;
  let line: TestLine;
  beforeAll(async () => {
    [folder, site] = await Promise.all([testFolder(), openSdkPage(askForSecret)]);
    line = await startLine({
      dataDir: folder.dataDir,
      env: {
        SWITCHBOARD_DESKS_DIR: join(import.meta.dirname, 'direct-desks'),
        SWITCHBOARD_ALLOWED_ORIGINS: site.url,
      },
    });
  });
  afterAll(async () => {
    await line.stop();
    await site[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  test('holds a spoken conversation by an offer through us, interrupts, and hears the goodbye out', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    await page.goto(site.url);
    const ticket = await page.evaluate<string>(`connect('${line.url}/call/direct', 'ek_none')`);
    const control = await openControl(line.url, ticket);

    // Into the middle of the greeting.
    await seen(() => expect(control.messages.some(({ type }) => type === 'caption')).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await turn(page, control, 'awb-invoice-question');
    const [cut] = eventsOf(control.events(), 'turn.agent');
    const greeting = 'Hello, this is Garden Bridge Dental. How can I help you?';
    expect(cut).toMatchObject({ interrupted: true });
    expect(greeting.startsWith(cut?.text ?? 'nothing')).toBe(true);
    expect(cut?.text.split(' ').length).toBeGreaterThan(1);
    expect(cut?.text).not.toBe(greeting);

    for (const voice of [...identityOf('awb'), 'awb-goodbye']) await turn(page, control, voice);
    await seen(() => expect(control.messages.at(-1)).toMatchObject({ type: 'ended' }));
    const events = control.events();
    const script = transcriptOf({ events });
    expect(control.messages.at(-1), script).toMatchObject({ reason: 'agent_ended' });
    expect(trailFaults(events), script).toEqual([]);
    expect(handoffsOf({ events })[0], script).toBe('triage>billing');
    expect(eventsOf(events, 'caller.verified'), script).toHaveLength(1);
    const opened = eventsOf(events, 'handoff.opened');
    expect(
      opened.every(({ askedAgain }) => !askedAgain),
      script,
    ).toBe(true);
    // The page heard the goodbye to its end before the line was gone.
    await seen(async () => expect(await page.evaluate('transport.status')).toBe('disconnected'));
    const order = await page.evaluate<string[]>('events.map(({ type }) => type)');
    const lastStarted = order.lastIndexOf('output_audio_buffer.started');
    const lastStopped = order.lastIndexOf('output_audio_buffer.stopped');
    expect(lastStopped).toBeGreaterThan(lastStarted);
    expect(order.lastIndexOf('disconnected')).toBeGreaterThan(lastStopped);
    expect(eventsOf(events, 'turn.agent').at(-1)).toMatchObject({ interrupted: false });
  });

  test('goes to the engine with a secret, and has hung up when it goes', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    await page.goto(site.url);
    const { value, url, ticket } = await page.evaluate<Record<'value' | 'url' | 'ticket', string>>(
      `askForSecret('${line.url}/call/direct/secrets')`,
    );
    expect(value).toMatch(/^ek_/);
    const callId = await page.evaluate<string>(`connect('${url}', '${value}')`);
    const control = await openControl(line.url, ticket, callId);
    await seen(() => expect(eventsOf(control.events(), 'turn.agent')).toHaveLength(1));
    expect(eventsOf(control.events(), 'turn.agent')[0]).toMatchObject({
      ...{ text: 'Hello, this is Garden Bridge Dental. How can I help you?', interrupted: false },
    });
    expect(await page.evaluate('heardEnergy()')).toBeGreaterThan(0.01);
    await turn(page, control, 'awb-invoice-question');
    expect(handoffsOf({ events: control.events() })).toEqual(['triage>billing']);
    await page.evaluate('transport.close()');
    await seen(() =>
      expect(control.messages.at(-1)).toMatchObject({ type: 'ended', reason: 'caller_hung_up' }),
    );
  });
});
