import { createCarrierLine, type CarrierLineOptions } from '../../carrier/index.ts';
import type { ChannelRoutes } from '../http.ts';
import { carrierRoutes } from '../routes/carrier.ts';

/** Opens the numbers of one account at a carrier that signs its webhooks and nothing else. */
export function openCarrierChannel(options: CarrierLineOptions): ChannelRoutes {
  const line = createCarrierLine(options);
  return {
    sockets: [line.mediaPath],
    register: (app) => void app.register(carrierRoutes, { line }),
  };
}
