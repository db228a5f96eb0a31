import type { FastifyInstance } from 'fastify';
import type { PageOffer } from '../../channels/browser/index.ts';
import { callOfferRequest, callOfferResponse } from '../../protocol/index.ts';
import { checked } from '../request.ts';

/** Room for the longest offer that is taken, and what is asked for with it. */
const offerBodyBytes = 32 * 1024;

/** What the routes of the browser channel hand over to. */
export interface BrowserRoutesPorts {
  /**
   * Answers the WebRTC offer of a page.
   *
   * @returns the answer's SDP
   * @throws SwitchboardError offer_invalid, webrtc_unavailable, resume_refused, busy, not_ready
   */
  answerOffer(offer: PageOffer): Promise<string>;
}

/** Routes of calls that come by WebRTC. */
export function addBrowserRoutes(app: FastifyInstance, ports: BrowserRoutesPorts): void {
  app.post('/api/calls', { bodyLimit: offerBodyBytes }, async (request, reply) => {
    const offer = checked(callOfferRequest, request.body);
    const sdp = await ports.answerOffer(offer);
    return reply.code(201).send(callOfferResponse.parse({ sdp }));
  });
}
