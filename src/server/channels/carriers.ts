import type { OutboundCalls, TakeCall } from '../../call/ports.ts';
import { createCarrierLine, type CarrierLineOptions } from '../../carrier/index.ts';
import type { Clock, Log, NewId } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import type { OpenLine } from '../line.ts';
import { carrierRoutes } from '../routes/carrier.ts';
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
    const { publicUrl, returnWithinMs: returnMs, ...account } = settings.telnyx;
    const carrier = createTelnyx({ ...account, clock: line.clock });
    opened.push(openCarrier({ ...line, publicUrl, carrier, limits: { ...limits, returnMs } }));
  }
  if (settings.vonage) {
    const { createVonage } = await import('../../channels/vonage/index.ts');
    const { publicUrl, returnWithinMs: returnMs, ...account } = settings.vonage;
    const carrier = createVonage({ ...account, clock: line.clock });
    opened.push(openCarrier({ ...line, publicUrl, carrier, limits: { ...limits, returnMs } }));
  }
  if (settings.sip) {
    const { openSipChannel } = await import('./sip.ts');
    opened.push(
      openSipChannel({ ...line, settings: settings.sip, store: () => store()?.webhooks ?? null }),
    );
  }
  return opened;
}

/** The numbers of one account at a carrier that signs its webhooks and nothing else. */
function openCarrier(options: CarrierLineOptions): ChannelRoutes {
  const line = createCarrierLine(options);
  return {
    sockets: [line.mediaPath],
    register: (app) => void app.register(carrierRoutes, { line }),
  };
}
