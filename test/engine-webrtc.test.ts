import { join } from 'node:path';
import { OpenAIRealtimeSIP, RealtimeAgent, RealtimeSession, tool } from '@openai/agents/realtime';
import OpenAI from 'openai';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startEngineProcess, type EngineAddress, type EngineProcess } from '../src/engine/index.ts';
import { readAssets, silentLog } from '../src/lib/index.ts';
import { chromiumPath } from './chromium.ts';
import { openBrowser } from './support/browser.ts';
import { openSdkPage, type SdkPage } from './support/sdk-page.ts';

const root = join(import.meta.dirname, '..');
const cacheDir = join(root, '.switchboard/cache');
const assets = readAssets(cacheDir);
const canHear = assets.vadModel !== null && assets.pocketsphinx !== null;
const instructions =
  'You answer for the accounts of a clinic. Callers have a question about an invoice. ' +
  'Ask for the number of the invoice, look it up and tell them the amount.';
const longText =
  'We are open on Monday and on Tuesday from nine to five, on Wednesday from nine to one, ' +
  'on Thursday from ten to seven, and on Friday from nine to three in the afternoon.';

/** An agent that lives in the page, and what it has said. */
const agentInPage = `
window.openSession = async ({ baseUrl, apiKey, instructions }) => {
  const lookUp = tool({
    name: 'lookup_invoice',
    description: 'Look up an invoice: its amount and its due date.',
    strict: false,
    parameters: {
      type: 'object',
      properties: { invoice_id: { type: 'string', pattern: '^[0-9]{4}$', description: 'The number of the invoice' } },
      required: ['invoice_id'],
      additionalProperties: true,
    },
    execute: async ({ invoice_id }) => {
      window.lookedUp = invoice_id;
      return JSON.stringify({ amount: '$120', due_date: '2026-12-01' });
    },
  });
  const agent = new RealtimeAgent({ name: 'Accounts', instructions, tools: [lookUp] });
  const session = new RealtimeSession(agent, {
    transport: openTransport(baseUrl),
    tracingDisabled: true,
  });
  session.on('error', (error) => window.errors.push(JSON.stringify(error)));
  window.session = session;
  await session.connect({ apiKey });
};
/** What the agent has said, by what the engine sent as said. */
window.said = () => window.events.flatMap((event) =>
  event.type === 'response.output_audio_transcript.done' ? [event.transcript] : []);
`;

let engine: EngineProcess;
let address: EngineAddress;
let site: SdkPage;
let openai: OpenAI;
const httpBase = (): string => address.url.replace(/^ws/, 'http').replace(/\/realtime$/, '');

/** Looks at the page until what is looked for is there. */
const seen = <T>(look: () => Promise<T>, timeout = 20_000): Promise<T> =>
  vi.waitFor(look, { timeout, interval: 100 });

/** Nobody speaks at once: the ears learn from the instructions meanwhile, and say nothing when done. */
const earsLearn = () => new Promise((resolve) => setTimeout(resolve, 4_000));

const saidIn = (page: Page): Promise<readonly string[]> => page.evaluate('said()');
/** Says it, and says it again when the agent asks again: ears of a busy machine mishear now and then. */
async function sayUntil(page: Page, voice: string, answer: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await stopsIn(page);
    await page.evaluate(`say(${JSON.stringify(voice)})`);
    await seen(async () => expect(await stopsIn(page)).toBeGreaterThan(before));
    const said = (await saidIn(page)).join(' ');
    if (said.includes(answer)) return;
    if (attempt === 3) expect(said).toContain(answer);
  }
}
const stopsIn = async (page: Page): Promise<number> =>
  (await eventsOf(page, 'output_audio_buffer.stopped')).length;
const eventsOf = (
  page: Page,
  type: string,
): Promise<readonly { readonly item_id: string; readonly audio_end_ms: number }[]> =>
  page.evaluate(`events.filter((event) => event.type === ${JSON.stringify(type)})`);
const errorsOf = (page: Page): Promise<readonly string[]> => page.evaluate('errors');

/** A key that a page may have, made as anybody's server would. */
async function secretKey(): Promise<string> {
  const { value } = await openai.realtime.clientSecrets.create({
    expires_after: { anchor: 'created_at', seconds: 60 },
    session: { type: 'realtime', audio: { output: { voice: 'cedar' } } },
  });
  return value;
}

describe.skipIf(chromiumPath === null || !canHear)('the SDK in Chromium, at the engine', () => {
  beforeAll(async () => {
    engine = startEngineProcess({ cacheDir, log: silentLog });
    [address, site] = await Promise.all([engine.ready(), openSdkPage(agentInPage)]);
    openai = new OpenAI({ baseURL: httpBase(), apiKey: address.apiKey });
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  });

  test('holds a spoken conversation by a client secret, and is interrupted', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    await page.goto(site.url);
    const call = { baseUrl: `${httpBase()}/realtime/calls`, apiKey: await secretKey() };
    await page.evaluate(`openSession(${JSON.stringify({ ...call, instructions })})`);

    await earsLearn();
    await page.evaluate(`say('awb-invoice-question')`);
    await seen(async () => expect((await saidIn(page)).join(' ')).toMatch(/number/i));
    await seen(async () => expect(await stopsIn(page)).toBe(1));
    await sayUntil(page, 'awb-invoice-number', '$120');
    expect(await page.evaluate('lookedUp')).toBe('1042');
    expect(await page.evaluate('heardEnergy()')).toBeGreaterThan(0.01);
    expect(await eventsOf(page, 'response.output_audio.delta')).toEqual([]);

    const say = `Say exactly: "${longText}"`;
    await page.evaluate(
      `transport.sendEvent(${JSON.stringify({ type: 'response.create', response: { instructions: say } })})`,
    );
    await seen(async () => expect((await saidIn(page)).at(-1)).toBe(longText));
    await new Promise((resolve) => setTimeout(resolve, 2_000)); // a part of it is heard
    await page.evaluate(`say('awb-wait-stop')`);
    const [cut] = await seen(async () => {
      const found = await eventsOf(page, 'conversation.item.truncated');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(cut?.audio_end_ms).toBeGreaterThan(1_000);
    expect(cut?.audio_end_ms).toBeLessThan(6_000);
    expect(await eventsOf(page, 'output_audio_buffer.cleared')).toHaveLength(1);
    // The SDK's own history holds what was heard, and no more.
    const left = await seen(async () => {
      const history = await page.evaluate<
        readonly {
          readonly itemId: string;
          readonly content: readonly { transcript: string }[];
        }[]
      >('session.history');
      const item = history.find(({ itemId }) => itemId === cut?.item_id);
      const transcript = item?.content[0]?.transcript ?? '';
      expect(transcript).not.toBe(longText);
      return transcript;
    });
    expect(left.split(' ').length).toBeGreaterThan(2);
    expect(longText.startsWith(left)).toBe(true);
    expect(await errorsOf(page)).toEqual([]);
  });

  test('is the caller of a call whose agent and tools are on a server beside it', async () => {
    await using browser = await openBrowser({});
    const page = await browser.newPage();
    await page.goto(site.url);
    const callId = await page.evaluate<string>(
      `connect('${httpBase()}/realtime/calls', '${await secretKey()}')`,
    );
    expect(callId).toMatch(/^rtc_/);

    const lookedUp: string[] = [];
    const lookUp = tool({
      name: 'lookup_invoice',
      description: 'Look up an invoice: its amount and its due date.',
      parameters: z.object({
        invoice_id: z
          .string()
          .regex(/^\d{4}$/)
          .describe('The number of the invoice'),
      }),
      execute({ invoice_id }) {
        lookedUp.push(invoice_id);
        return JSON.stringify({ amount: '$120', due_date: '2026-12-01' });
      },
    });
    const agent = new RealtimeAgent({ name: 'Accounts', instructions, tools: [lookUp] });
    const errors: unknown[] = [];
    const session = new RealtimeSession(agent, {
      transport: new OpenAIRealtimeSIP(),
      tracingDisabled: true,
    });
    session.on('error', (error) => errors.push(error));
    const url = `${address.url}?call_id=${callId}`;
    await session.connect({ apiKey: address.apiKey, callId, url });

    await earsLearn();
    await page.evaluate(`say('awb-invoice-question')`);
    await seen(async () => expect((await saidIn(page)).join(' ')).toMatch(/number/i));
    await seen(async () => expect(await stopsIn(page)).toBe(1));
    await sayUntil(page, 'awb-invoice-number', '$120');
    expect(lookedUp.at(-1)).toBe('1042');
    expect(await page.evaluate('heardEnergy()')).toBeGreaterThan(0.01);
    const spoken = session.history.filter((item) => item.type === 'message');
    expect(spoken.map((item) => item.role).slice(0, 3)).toEqual(['user', 'assistant', 'user']);
    expect(JSON.stringify(spoken.at(-1))).toContain('$120');

    // After this a browser reports the data channel's end as an error of its own.
    expect(await errorsOf(page)).toEqual([]);
    await openai.realtime.calls.hangup(callId);
    await seen(async () => expect(await page.evaluate('transport.status')).toBe('disconnected'));
    await seen(async () => expect(session.transport.status).toBe('disconnected'));
    expect(errors).toEqual([]);
  });
});
