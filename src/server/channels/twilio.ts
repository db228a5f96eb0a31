import type { CarrierCallStore, OutboundCalls, TakeCall } from '../../call/ports.ts';
import {
  createSignatureCheck,
  createTwilioLine,
  createTwilioRest,
  twilioPaths,
  twilioUrls,
} from '../../channels/twilio/index.ts';
import { messageOf, supervised, type Clock, type Log, type NewId } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import type { LimitSettings } from '../limit-settings.ts';
import { twilioRoutes } from '../routes/twilio.ts';
import type { TwilioSettings } from '../twilio-settings.ts';

/** What the Twilio channel works with. */
export interface TwilioChannelOptions {
  readonly settings: TwilioSettings;
  readonly limits: LimitSettings['carrier'];
  readonly take: TakeCall;
  /** Null while the database is not there. */
  readonly store: () => CarrierCallStore | null;
  /** What a desk asks callers before they are recorded; null: nothing. @throws when there is no such desk */
  readonly recordingQuestion: (desk: string | undefined) => Promise<string | null>;
  /** Calls that we place. @default none */
  readonly outbound?: OutboundCalls | undefined;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped: (reason: string) => void;
}

/**
 * Opens the numbers of a Twilio account. The package is loaded behind the start: half a second of this
 * thread, which no call must hear.
 */
export function openTwilioChannel(options: TwilioChannelOptions): ChannelRoutes {
  const { settings, limits, log, clock, ...line } = options;
  const { accountSid, authToken, number, publicUrl, apiUrl, returnWithinMs } = settings;
  const rest = createTwilioRest({ accountSid, authToken, apiUrl });
  const twilio = createTwilioLine({
    ...line,
    ...{ accountSid, rest, log, clock, urls: twilioUrls(publicUrl), number },
    signature: createSignatureCheck({ authToken, publicUrl }),
    limits: { ...limits, returnMs: returnWithinMs },
  });
  supervised(log)('load the twilio package', () =>
    twilio.warmUp().catch((thrown: unknown) => {
      log.error('the twilio package cannot be loaded', { error: messageOf(thrown) });
    }),
  );
  return {
    sockets: [twilioPaths.media],
    register: (app) => void app.register(twilioRoutes, { line: twilio, clock }),
  };
}
