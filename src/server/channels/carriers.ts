import type { OutboundCalls, TakeCall } from '../../call/ports.ts';
import type { Clock, Log, NewId } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import type { OpenStore } from '../parts.ts';
import type { Settings } from '../settings.ts';

/** What the channels of carriers work with. */
export interface CarriersOptions {
  readonly settings: Pick<Settings, 'twilio' | 'sip'>;
  readonly take: TakeCall;
  /** Null while the database is not there. */
  readonly store: () => OpenStore | null;
  readonly outbound: OutboundCalls;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped: (reason: string) => void;
}

/** Opens the carriers that are configured; of the others nothing is loaded. */
export async function openCarriers(options: CarriersOptions): Promise<readonly ChannelRoutes[]> {
  const { settings, store, ...line } = options;
  const opened: ChannelRoutes[] = [];
  if (settings.twilio) {
    const { openTwilioChannel } = await import('./twilio.ts');
    opened.push(
      openTwilioChannel({
        ...line,
        settings: settings.twilio,
        store: () => store()?.carrierCalls ?? null,
      }),
    );
  }
  if (settings.sip) {
    const { openSipChannel } = await import('./sip.ts');
    opened.push(
      openSipChannel({ ...line, settings: settings.sip, store: () => store()?.webhooks ?? null }),
    );
  }
  return opened;
}
