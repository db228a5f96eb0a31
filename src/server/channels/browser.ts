import type { WebSocket } from 'ws';
import type { TakeCall } from '../../call/ports.ts';
import {
  createBrowserCalls,
  createCallPeers,
  serveCallSocket,
  type PageOffer,
} from '../../channels/browser/index.ts';
import { messageOf, supervised, SwitchboardError, type Clock, type Log } from '../../lib/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import type { Peers } from '../../webrtc/index.ts';
import { isLoopback } from '../request-guard.ts';
import type { BrowserSettings } from '../browser-settings.ts';
import type { LimitSettings } from '../limit-settings.ts';

/** Calls of pages, by either way. Closing it closes WebRTC. */
export interface BrowserChannel extends AsyncDisposable {
  /** Opens the UDP port if one was chosen, so that a port which cannot be had is known before a call. */
  start(): void;
  serveSocket(socket: WebSocket): void;
  /**
   * @returns the answer's SDP
   * @throws SwitchboardError offer_invalid, webrtc_unavailable, resume_refused, busy, not_ready
   */
  answerOffer(offer: PageOffer): Promise<string>;
}

/** What the browser channel works with. */
export interface BrowserChannelOptions {
  readonly take: TakeCall;
  /** Why no call would be taken right now; null: it would. */
  readonly refusal: () => { readonly code: 'busy' | 'not_ready'; readonly message: string } | null;
  readonly readTrail: (callId: string, afterSeq: number) => Promise<readonly TrailEvent[]>;
  readonly settings: BrowserSettings;
  readonly limits: Pick<LimitSettings, 'page' | 'webrtc'>;
  /** What the server listens on. */
  readonly listenHost: string;
  readonly newToken: () => string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onDropped: (reason: string) => void;
}

/** Opens the channel; WebRTC's native library is loaded when it is needed. */
export function openBrowserChannel(options: BrowserChannelOptions): BrowserChannel {
  const { clock, log, settings, limits, onDropped } = options;
  const calls = createBrowserCalls({ ...options, keepMs: settings.returnWithinMs });
  const visits = { calls, clock, log, limits: limits.page, onDropped };
  const peers = oncePeers(options);
  const offers = createCallPeers({ ...visits, peers: peers.get });
  const spawn = supervised(log);
  return {
    start() {
      if (settings.webrtc && settings.webrtcPort !== 0) spawn('open WebRTC', peers.get);
    },
    serveSocket: (socket) => serveCallSocket(socket, visits),
    async answerOffer(offer) {
      if (!settings.webrtc) {
        throw new SwitchboardError('webrtc_unavailable', 'Calls come by WebSocket only here.');
      }
      // Somebody who comes back has a line already.
      const refusal = offer.resume ? null : options.refusal();
      if (refusal) throw new SwitchboardError(refusal.code, refusal.message);
      const answer = await offers.answer(offer);
      if (!answer.ok) throw new SwitchboardError(answer.code, answer.message);
      return answer.sdp;
    },
    [Symbol.asyncDispose]: peers.close,
  };
}

/** WebRTC, opened when it is first asked for. What cannot be opened is tried again by the next who asks. */
function oncePeers({ settings, limits, listenHost, log, clock }: BrowserChannelOptions) {
  let opening: Promise<Peers> | null = null;
  let closed = false;

  async function open(): Promise<Peers> {
    const { openPeers } = await import('../../webrtc/index.ts');
    const { webrtcPort: port, webrtcAddresses: announce } = settings;
    const bindAddress = oneAddress(listenHost);
    return openPeers({
      port,
      ...(bindAddress === null ? {} : { bindAddress }),
      ...(announce.length === 0 ? {} : { announce }),
      limits: limits.webrtc,
      log,
      clock,
    });
  }

  return {
    async get(): Promise<Peers> {
      if (closed) throw new SwitchboardError('not_ready', 'The server is stopping.');
      opening ??= open();
      try {
        return await opening;
      } catch (cause) {
        opening = null;
        log.warn('WebRTC is not available, calls come by WebSocket', { error: messageOf(cause) });
        const message = 'WebRTC is not available here. Calls come by WebSocket.';
        throw new SwitchboardError('webrtc_unavailable', message, { cause });
      }
    },
    async close(): Promise<void> {
      closed = true;
      const peers = await opening?.catch(() => null);
      await peers?.[Symbol.asyncDispose]();
    },
  };
}

/**
 * The one address to bind to, when the server listens on one that other machines reach. On a loopback
 * address all are bound: a browser sends from its network's address, also to the machine that it runs on.
 */
function oneAddress(listenHost: string): string | null {
  const isWild = listenHost === '0.0.0.0' || listenHost === '::';
  return isWild || isLoopback(listenHost) ? null : listenHost;
}
