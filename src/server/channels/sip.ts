import type { TakeCall, WebhookStore } from '../../call/ports.ts';
import { createSipLine, createWebhookReader } from '../../channels/sip/index.ts';
import { messageOf, supervised, type Clock, type Log } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import { sipRoutes } from '../routes/sip.ts';
import type { SipSettings } from '../sip-settings.ts';

/** What calls by SIP work with. */
export interface SipChannelOptions {
  readonly settings: SipSettings;
  readonly take: TakeCall;
  /** Null while the database is not there. */
  readonly store: () => WebhookStore | null;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Takes telephone calls that reach OpenAI by SIP. The package that judges its webhooks is loaded behind
 * the start, before a call could wait for it.
 */
export function openSipChannel({ settings, ...options }: SipChannelOptions): ChannelRoutes {
  const reader = createWebhookReader(settings.webhookSecret);
  const line = createSipLine({
    ...options,
    reader,
    desks: settings.desks,
    referrals: settings.referrals,
    async calls() {
      const { engineCalls } = await import('../../call/index.ts'); // loaded by now, as every call needs it
      return engineCalls(settings.engine);
    },
  });
  supervised(options.log)('load what judges webhooks', () =>
    reader.warmUp().catch((thrown: unknown) => {
      options.log.error('the openai package cannot be loaded', { error: messageOf(thrown) });
    }),
  );
  return {
    sockets: [],
    register(app) {
      app.register(sipRoutes, { line });
    },
  };
}
