import { z } from 'zod';
import { messageOf } from '../../lib/index.ts';

/** A webhook of OpenAI that is what it says. */
export interface OpenAIWebhook {
  /** The sender's id for it: the same when it is sent again. */
  readonly webhookId: string;
  readonly type: string;
  /** The call, when one comes in. */
  readonly incoming: IncomingSipCall | null;
}

/** A call that waits to be accepted. */
export type IncomingSipCall = z.infer<typeof incomingCall>;

const incomingCall = z.object({
  call_id: z.string().regex(/^[\w-]{1,128}$/),
  sip_headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
const anyEvent = z.object({ type: z.string().max(128), data: z.unknown() });

/** What reading a webhook gave. */
export type ReadWebhook =
  | { readonly ok: true; readonly webhook: OpenAIWebhook }
  /** Not signed, signed for something else, too old, or no webhook. `why` is for the log. */
  | { readonly ok: false; readonly why: string };

/** Reads webhooks that OpenAI signed. */
export interface WebhookReader {
  /** @param body as it came: the signature is of its bytes */
  read(body: string, headers: Readonly<Record<string, string>>): Promise<ReadWebhook>;
  /** Loads what is needed to judge, so that no call waits for it. */
  warmUp(): Promise<void>;
}

/**
 * Judges as the `openai` package does: the signature is of the raw body, and no more than five minutes old.
 *
 * @param secret `whsec_…`
 * @see https://platform.openai.com/docs/guides/webhooks
 */
export function createWebhookReader(secret: string): WebhookReader {
  let loading: ReturnType<typeof load> | null = null;
  const load = async () => {
    const { OpenAI } = await import('openai');
    return new OpenAI({ apiKey: 'none is needed to judge a signature', webhookSecret: secret });
  };
  const client = () => (loading ??= load());
  return {
    async warmUp() {
      await client();
    },
    async read(body, headers) {
      const { webhooks } = await client();
      let event: unknown;
      try {
        event = await webhooks.unwrap(body, headers);
      } catch (thrown) {
        return { ok: false, why: messageOf(thrown) };
      }
      const known = anyEvent.safeParse(event);
      const webhookId = headers['webhook-id'] ?? '';
      if (!known.success || webhookId.length > 256) return { ok: false, why: 'no webhook' };
      const { type, data } = known.data;
      const call = incomingCall.safeParse(data);
      const incoming = type === 'realtime.call.incoming' && call.success ? call.data : null;
      return { ok: true, webhook: { webhookId, type, incoming } };
    },
  };
}
