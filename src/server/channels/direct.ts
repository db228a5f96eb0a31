import type { TakeCall } from '../../call/ports.ts';
import { createDirectCalls, type DirectLimits } from '../../channels/direct/index.ts';
import type { Clock, Log } from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import { directPaths, directRoutes, type DirectRoutesPorts } from '../routes/direct.ts';

/** What direct calls of pages work with. */
export interface DirectChannelOptions {
  readonly take: TakeCall;
  readonly isDirect: DirectRoutesPorts['isDirect'];
  readonly clock: Clock;
  readonly newTicket: () => string;
  readonly limits: DirectLimits;
  readonly log: Log;
}

/** Lets pages have the engine's audio directly, at desks that say so. */
export function openDirectChannel({ isDirect, ...options }: DirectChannelOptions): ChannelRoutes {
  const calls = createDirectCalls(options);
  return {
    sockets: [directPaths.directCalls],
    register(app) {
      app.register(directRoutes, { calls, isDirect });
    },
  };
}
