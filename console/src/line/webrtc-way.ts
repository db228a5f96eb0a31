import type { CallOfferRequest } from '../../../src/protocol/api.ts';
import type { Carriage, CarriageEvents, CarriageRequest } from './carriage.ts';
import { openPeer } from './peer.ts';
import { readError, readField } from './server-answers.ts';

/** What is final when an offer is answered with it; anything else is tried another way. */
const final: readonly string[] = ['busy', 'not_ready', 'resume_refused', 'origin_refused'];

/** Opens a call over WebRTC: sound in a track both ways, messages in a data channel. */
export function openWebRtcWay(request: CarriageRequest, events: CarriageEvents): Carriage {
  const { server, desk, back, sound } = request;
  const peer = openPeer({
    channel: 'call',
    sound,
    async exchange(sdp, signal) {
      const offer: CallOfferRequest = {
        sdp,
        ...(back ? { resume: back } : { resumable: true, ...(desk === undefined ? {} : { desk }) }),
      };
      const response = await fetch(new URL('/api/calls', server), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(offer),
        signal,
      });
      const body: unknown = await response.json();
      if (!response.ok) {
        const { code, message } = readError(body);
        if (!final.includes(code)) throw new Error(code);
        events.refused(code, message);
        return null;
      }
      return readField(body, 'sdp');
    },
    events: {
      opened: () => undefined, // `started` or `resumed` says so
      message: events.message,
      failed: events.failed,
      lost: events.lost,
    },
  });
  return {
    way: 'webrtc',
    send: (message) => peer.send(JSON.stringify(message)),
    clear: () => undefined, // sound comes as it is spoken: nothing waits here
    close: peer.close,
  };
}
