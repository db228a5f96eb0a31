import type { TakeCall } from '../../call/ports.ts';
import {
  createLiveness,
  createSignatureCheck,
  createTelnyxLine,
} from '../../channels/telnyx/index.ts';
import type { Clock, Log, NewId } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import { telnyxRoutes } from '../routes/telnyx.ts';
import type { TelnyxSettings } from '../telnyx-settings.ts';

/** What the Telnyx channel works with. */
export interface TelnyxChannelOptions {
  readonly settings: TelnyxSettings;
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped: (reason: string) => void;
}

/** Opens the numbers of a Telnyx account. */
export function openTelnyxChannel({ settings, ...options }: TelnyxChannelOptions): ChannelRoutes {
  const { publicKey, apiKey, apiUrl, publicUrl, returnWithinMs } = settings;
  const { take, clock, newId, log, onDropped } = options;
  const line = createTelnyxLine({
    ...{ publicUrl, take, clock, newId, log, onDropped },
    isSigned: createSignatureCheck({ publicKey, clock }),
    isThere: createLiveness({ apiUrl, apiKey }),
    limits: { returnMs: returnWithinMs },
  });
  return {
    sockets: [line.mediaPath],
    register: (app) => void app.register(telnyxRoutes, { line }),
  };
}
