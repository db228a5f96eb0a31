import type { Clock } from '../../lib/index.ts';
import type { Peer, Peers } from '../../webrtc/index.ts';
import type { BrowserCalls } from './browser-calls.ts';
import type { HeldCall } from './held-call.ts';
import type { PageConnection } from './page-connection.ts';
import { createVisit, gone, type Visit, type VisitOptions } from './visit.ts';

/** What a page asks for with its offer. */
export interface PageOffer {
  readonly sdp: string;
  /** Name of the desk; the server's default desk when left out. */
  readonly desk?: string | undefined;
  readonly resumable?: boolean | undefined;
  /** Comes back to a call instead of starting one. */
  readonly resume?: { readonly token: string; readonly afterSeq?: number | undefined } | undefined;
}

/** The answer to an offer. */
export type OfferAnswer =
  | { readonly ok: true; readonly sdp: string }
  | {
      readonly ok: false;
      readonly code: 'too_many_requests' | 'resume_refused';
      readonly message: string;
    };

/** Answers offers of pages; each becomes a connection that holds one call. */
export interface CallPeers {
  /** @throws SwitchboardError offer_invalid */
  answer(offer: PageOffer): Promise<OfferAnswer>;
  /** Peers that have not connected yet. */
  readonly pending: number;
}

/**
 * How long after it was sent a frame is heard: the browser holds it against jitter, and its sound card
 * after that. A browser does not say how long; on networks that lose nothing it is this much.
 */
const farDelayMs = 80;

/**
 * What is sent last needs time to arrive: a peer that closes takes with it what was not delivered.
 */
const lastWordsMs = 500;

/** @param options.peers opens WebRTC when it is first needed */
export function createCallPeers(
  options: VisitOptions & { readonly peers: () => Promise<Peers> },
): CallPeers {
  const { calls, clock, limits } = options;
  let pending = 0;

  return {
    get pending() {
      return pending;
    },
    async answer(offer) {
      const awaited = expected(calls, offer);
      if (awaited === 'gone') return { ok: false, ...gone };
      if (pending >= limits.pendingPeers) {
        const message = 'Too many callers connect at once. Call again in a moment.';
        return { ok: false, code: 'too_many_requests', message };
      }
      pending += 1;
      if (awaited) calls.expect(awaited);
      let connected = false;
      /** It has connected, or never will. */
      const settled = once(() => {
        pending -= 1;
        if (awaited && !connected) calls.unexpect(awaited);
      });
      try {
        const peers = await options.peers();
        let visit: Visit | null = null;
        const peer = await peers.answer(offer.sdp, {
          opened() {
            connected = true;
            settled();
            visit = createVisit(connectionOver(peer, clock), options);
            begin(visit, offer);
          },
          audio: (samples) => visit?.audio(samples),
          text: (text) => visit?.text(text),
          closed() {
            settled();
            visit?.closed();
          },
        });
        return { ok: true, sdp: peer.answer };
      } catch (thrown) {
        settled();
        throw thrown;
      }
    },
  };
}

function expected(calls: BrowserCalls, offer: PageOffer): HeldCall | 'gone' | null {
  return offer.resume ? (calls.find(offer.resume.token) ?? 'gone') : null;
}

function begin(visit: Visit, { desk, resumable, resume }: PageOffer): void {
  if (resume) visit.resume({ token: resume.token, afterSeq: resume.afterSeq });
  else visit.start({ desk, resumable: resumable ?? false });
}

function connectionOver(peer: Peer, clock: Clock): PageConnection {
  return {
    pacing: { leadMs: farDelayMs, startDelayMs: farDelayMs },
    sendText: (text) => peer.sendText(text),
    sendAudio: (frame) => peer.sendAudio(frame),
    bufferedBytes: () => peer.bufferedBytes,
    lastFrom: () => peer.lastFrom,
    close(why) {
      if (why === 'violation') peer.close();
      else clock.setTimer(lastWordsMs, () => peer.close());
    },
    drop: () => peer.close(),
  };
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
