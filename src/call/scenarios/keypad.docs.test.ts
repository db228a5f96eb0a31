import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, expect, it } from 'vitest';
import type { DeskTool, KeysRequest, KeysResult } from '../../desk/index.ts';
import { codeWords, referenceRows } from '../../testing/reference.ts';
import { harness, quiet, until } from '../testing/call-harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-keypad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tool of the guide, as it stands there. */
async function toolOfTheGuide(): Promise<DeskTool> {
  const guide = readFileSync(new URL('../../../docs/guides/keypad.md', import.meta.url), 'utf8');
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(guide) ?? [];
  const at = (path: string): string => import.meta.resolve(path);
  const runnable = code
    .replace("'../../src/desk/index.ts'", `'${at('../../desk/index.ts')}'`)
    .replace("'zod'", `'${at('zod')}'`);
  const file = join(folder, 'pay-by-card.ts');
  writeFileSync(file, runnable);
  const loaded = (await import(/* @vite-ignore */ file)) as { payByCard: DeskTool }; // as the guide exports it
  return loaded.payByCard;
}

it('the tool of the guide takes a card, and only it knows the card', async () => {
  const payByCard = await toolOfTheGuide();
  await using h = await harness({
    script: [[]],
    desk: (desk) => ({
      ...desk,
      agents: { ...desk.agents, triage: { ...desk.agents['triage']!, tools: [payByCard] } },
    }),
  });
  h.session.finish();
  await quiet(h);
  h.session.respond([
    { call: 'pay_by_card', arguments: '{"invoice_id":"INV-1042"}', callId: 'c1' },
  ]);
  await until(() => h.leg.playedItems.includes('own_1'));
  h.call.press('4111111111111111#');
  await until(() => h.leg.playedItems.includes('own_2'));
  h.call.press('#'); // once more, to be sure
  h.call.press('1229');
  const output = () => h.session.conversation().find((line) => line.startsWith('output c1'));
  await until(() => output() !== undefined);
  expect(output()).toBe('output c1 {"invoice_id":"INV-1042","paid":true}');
  const kept = JSON.stringify([h.session.received, await h.trail()]);
  expect(kept).not.toContain('4111');
  expect(kept).not.toContain('1229');
});

it('has what a tool may ask for, and what comes of it, in the reference', () => {
  const request = { prompt: 1, length: 1, finishOn: 1, timeoutMs: 1, signal: 1 } satisfies Record<
    keyof KeysRequest,
    1
  >;
  const outcomes = {
    ...{ timed_out: 1, too_few: 1, given_up: 1, call_ended: 1, stopped: 1, not_possible: 1 },
  } satisfies Record<Extract<KeysResult, { ok: false }>['code'], 1>;
  const column = (heading: string) =>
    referenceRows('tools.md', heading).flatMap((row) => codeWords(row[heading]));
  expect(column('key request')).toEqual(Object.keys(request));
  expect(column('key outcome')).toEqual(Object.keys(outcomes));
});
