import { describe, expect, it } from 'vitest';
import type { WebhookStore } from '../webhooks.ts';

/** A store of webhooks, and a way to look into it. */
export interface WebhookStoreUnderTest {
  readonly store: WebhookStore;
  /** What was done about one; null: nothing yet; undefined: it is not kept. */
  outcome(webhookId: string): Promise<string | null | undefined>;
}

/** What every store of webhooks must do. */
export function webhookStoreContract(
  name: string,
  open: () => Promise<WebhookStoreUnderTest>,
): void {
  describe(`${name} keeps webhooks`, () => {
    const source = 'openai';
    const atMs = Date.UTC(2026, 10, 23, 9);
    const webhookOf = () => ({
      ...{ source, webhookId: `wh_${crypto.randomUUID()}`, type: 'realtime.call.incoming', atMs },
    });

    it('F18 says of each once that it is the first, also when it comes twice at the same moment', async () => {
      const { store } = await open();
      const webhook = webhookOf();
      const answers = await Promise.all([store.first(webhook), store.first(webhook)]);
      expect(answers.toSorted()).toEqual([false, true]);
      expect(await store.first({ ...webhook, atMs: atMs + 60_000 })).toBe(false);
      expect(await store.first({ ...webhook, source: 'another' })).toBe(true);
    });

    it('keeps what was done about it', async () => {
      const { store, outcome } = await open();
      const webhook = webhookOf();
      expect(await outcome(webhook.webhookId)).toBeUndefined();
      await store.first(webhook);
      expect(await outcome(webhook.webhookId)).toBeNull();
      await store.settled({ source, webhookId: webhook.webhookId, outcome: 'accepted' });
      expect(await outcome(webhook.webhookId)).toBe('accepted');
    });

    it('forgets those that nobody sends again', async () => {
      const { store, outcome } = await open();
      const old = webhookOf();
      await store.first(old);
      await store.first({ ...webhookOf(), atMs: atMs + 31 * 24 * 3_600_000 });
      expect(await outcome(old.webhookId)).toBeUndefined();
    });
  });
}
