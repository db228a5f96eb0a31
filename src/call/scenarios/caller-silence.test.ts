import { expect, it } from 'vitest';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';
import { said } from '../testing/tool-call.ts';

/** What was said so far is heard, and then nobody says anything for that long. */
async function silence(h: CallHarness, ms: number): Promise<void> {
  await quiet(h);
  h.leg.hearAll();
  await quiet(h);
  h.clock.advance(ms);
}

it('A34: a caller who leaves the telephone off the hook is asked, told goodbye, and let go', async () => {
  const greeting = { say: 'Hello.', ms: 500, itemId: 'item_hello' } as const;
  await using h = await harness({
    script: [[greeting]],
    desk: (desk) => ({ ...desk, silence: { prompt: 'Hello? Anybody?' } }),
  });
  await until(() => h.leg.playedItems.includes('item_hello'));
  await silence(h, 61_000);
  await until(() => said(h).length === 1);
  expect(said(h)).toEqual(['Hello? Anybody?']);
  await silence(h, 17_000);
  await until(() => said(h).length === 2);
  expect(await h.types()).not.toContain('call.ended');
  await quiet(h);
  h.clock.advance(5_000); // the goodbye is still to be heard
  await quiet(h);
  expect(await h.types()).not.toContain('call.ended');
  await silence(h, 1_000);
  expect(await h.call.ended).toMatchObject({
    reason: 'agent_ended',
    detail: 'The caller said nothing any more.',
  });
});
