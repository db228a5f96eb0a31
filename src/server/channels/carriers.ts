import type { OutboundCalls, TakeCall } from '../../call/ports.ts';
import type { Carrier } from '../../carrier/index.ts';
import type { Clock, Log, NewId } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import type { OpenLine } from '../line.ts';
import type { Settings } from '../settings.ts';

/** What the channels of carriers work with. */
export interface CarriersOptions {
  readonly settings: Pick<Settings, 'twilio' | 'telnyx' | 'vonage' | 'sip' | 'limits'>;
  readonly take: TakeCall;
  /** Null while something is still missing. */
  readonly open: () => OpenLine | null;
  readonly outbound: OutboundCalls;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped: (reason: string) => void;
}

/** Opens the carriers that are configured; of the others nothing is loaded. */
export async function openCarriers(options: CarriersOptions): Promise<readonly ChannelRoutes[]> {
  const { settings, open, ...line } = options;
  const { carrier: limits } = settings.limits;
  const store = (): OpenLine['store'] | null => open()?.store ?? null;
  const opened: ChannelRoutes[] = [];
  async function openCarrier(
    carrier: Carrier,
    account: { readonly publicUrl: string; readonly returnWithinMs: number },
  ): Promise<void> {
    const { openCarrierChannel } = await import('./carrier.ts');
    const { publicUrl, returnWithinMs: returnMs } = account;
    opened.push(
      openCarrierChannel({ ...line, carrier, publicUrl, limits: { ...limits, returnMs } }),
    );
  }
  if (settings.twilio) {
    const { openTwilioChannel } = await import('./twilio.ts');
    opened.push(
      openTwilioChannel({
        ...line,
        settings: settings.twilio,
        limits,
        store: () => store()?.carrierCalls ?? null,
        async recordingQuestion(desk) {
          const now = open();
          const found = await now?.desks.current(desk ?? now.defaultDesk());
          return found?.recording?.ask ?? null;
        },
      }),
    );
  }
  if (settings.telnyx) {
    const { createTelnyx } = await import('../../channels/telnyx/index.ts');
    await openCarrier(createTelnyx({ ...settings.telnyx, clock: line.clock }), settings.telnyx);
  }
  if (settings.vonage) {
    const { createVonage } = await import('../../channels/vonage/index.ts');
    await openCarrier(createVonage({ ...settings.vonage, clock: line.clock }), settings.vonage);
  }
  if (settings.sip) {
    const { openSipChannel } = await import('./sip.ts');
    opened.push(
      openSipChannel({ ...line, settings: settings.sip, store: () => store()?.webhooks ?? null }),
    );
  }
  return opened;
}
