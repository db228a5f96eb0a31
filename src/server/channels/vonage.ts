import type { TakeCall } from '../../call/ports.ts';
import { createSignatureCheck, createVonageLine } from '../../channels/vonage/index.ts';
import type { Clock, Log, NewId } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import { vonageRoutes } from '../routes/vonage.ts';
import type { VonageSettings } from '../vonage-settings.ts';

/** What the Vonage channel works with. */
export interface VonageChannelOptions {
  readonly settings: VonageSettings;
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped: (reason: string) => void;
}

/** Opens the numbers of a Vonage application. */
export function openVonageChannel({ settings, ...options }: VonageChannelOptions): ChannelRoutes {
  const { signatureSecret: secret, publicUrl, returnWithinMs } = settings;
  const { take, clock, newId, log, onDropped } = options;
  const line = createVonageLine({
    ...{ publicUrl, take, clock, newId, log, onDropped },
    isSigned: createSignatureCheck({ secret, clock }),
    limits: { returnMs: returnWithinMs },
  });
  return {
    sockets: [line.mediaPath],
    register: (app) => void app.register(vonageRoutes, { line }),
  };
}
