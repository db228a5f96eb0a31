import type { WebSocket } from 'ws';
import type { AttachTo, TakeCall } from '../../call/ports.ts';
import { messageOf, supervised, SwitchboardError, type Clock, type Log } from '../../lib/index.ts';
import { serveControlSocket } from './control-socket.ts';
import { directDefaults, type DirectLimits } from './limits.ts';
import { openVisit, type Visit } from './visit.ts';

/** What calls between pages and the engine work with. */
export interface DirectCallsOptions {
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes what a page proves itself with: unguessable. */
  readonly newTicket: () => string;
  readonly limits?: Partial<DirectLimits>;
}

/** A call that cannot be taken; `code` is one of our errors. */
export type DirectRefusal = {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
};

/** The answer to a page's offer. `ticket` opens the control socket, once. */
export type OfferAnswer =
  { readonly ok: true; readonly ticket: string; readonly answer: string } | DirectRefusal;

/** A secret that a page goes to the engine with. */
export type SecretAnswer =
  | {
      readonly ok: true;
      readonly ticket: string;
      /** `ek_…` */
      readonly value: string;
      /** Epoch seconds. */
      readonly expiresAt: number;
      /** Where the page posts its offer. */
      readonly url: string;
    }
  | DirectRefusal;

/** Calls whose audio goes straight between a page and the engine; ours is the control. */
export interface DirectCalls {
  /** Opens a call at the engine with a page's offer (SDP). The engine's key stays here. */
  offer(request: { readonly desk: string | undefined; readonly sdp: string }): Promise<OfferAnswer>;
  /** Makes a secret for a page that goes to the engine itself, and tells its call id afterwards. */
  secret(request: { readonly desk: string | undefined }): Promise<SecretAnswer>;
  /** The control socket of a ticket; one that is unknown or taken is closed. */
  serveSocket(ticket: string, socket: WebSocket): void;
}

/** A secret opens a call within this time, or never. */
const secretForSeconds = 60;
const unknownTicket = 1008;

/**
 * @returns no calls yet.
 * @see https://platform.openai.com/docs/guides/realtime-webrtc
 */
export function createDirectCalls(options: DirectCallsOptions): DirectCalls {
  const { clock, log, take } = options;
  const limits = { ...directDefaults, ...options.limits };
  const spawn = supervised(log);
  const visits = new Map<string, Visit>();
  /** Calls at the engine that are ours already: no second page may have one. */
  const attached = new Set<string>();

  const visit = (ended: () => void = () => undefined): Visit => {
    const ticket = options.newTicket();
    const made = openVisit({
      ticket,
      clock,
      log,
      connectWithinMs: limits.connectWithinMs,
      ended() {
        visits.delete(ticket);
        ended();
      },
    });
    visits.set(ticket, made);
    return made;
  };
  /** Takes a call; resolves with what the page needs first, or with why not. */
  const begin = async <T extends { readonly ok: true }>(
    desk: string | undefined,
    page: Visit,
    attachTo: (first: (answer: T) => void) => AttachTo,
  ): Promise<T | DirectRefusal> => {
    const first = Promise.withResolvers<T | DirectRefusal>();
    spawn('take a call that goes straight to the engine', async () => {
      try {
        const result = await take({
          ...{ desk, leg: page.leg, signal: page.signal },
          attachTo: attachTo(first.resolve),
        });
        page.took(result);
        if (!result.ok) first.resolve(result);
      } catch (thrown) {
        const isKnown = thrown instanceof SwitchboardError;
        if (!isKnown && !page.signal.aborted) {
          log.error('call could not be taken', { error: messageOf(thrown) });
        }
        const refusal: DirectRefusal = isKnown
          ? { ok: false, code: thrown.code, message: thrown.message }
          : { ok: false, code: 'call_failed', message: 'The call did not begin.' };
        page.took(refusal);
        first.resolve(refusal);
      }
    });
    return first.promise;
  };
  return {
    offer({ desk, sdp }) {
      const page = visit();
      return begin(desk, page, (first: (answer: OfferAnswer & { ok: true }) => void) => ({
        over: 'webrtc',
        ready: page.ready,
        async callId({ session, calls, signal }) {
          const opened = await calls.open(sdp, session, signal);
          first({ ok: true, ticket: page.ticket, answer: opened.answer });
          return opened.callId;
        },
      }));
    },
    secret({ desk }) {
      let mine = '';
      const page = visit(() => void attached.delete(mine));
      return begin(desk, page, (first: (answer: SecretAnswer & { ok: true }) => void) => ({
        over: 'webrtc',
        ready: page.ready,
        withinMs: limits.connectWithinMs,
        async callId({ session, calls, signal }) {
          const { value, expiresAt } = await calls.mintSecret(session, secretForSeconds, signal);
          first({ ok: true, ticket: page.ticket, value, expiresAt, url: calls.offersUrl });
          const callId = await page.connected;
          if (callId === undefined || attached.has(callId)) {
            throw new SwitchboardError('engine_refused', 'The page named no call of its own.');
          }
          mine = callId;
          attached.add(callId);
          return callId;
        },
      }));
    },
    serveSocket(ticket, socket) {
      const page = visits.get(ticket);
      if (page) serveControlSocket(socket, page, { clock, log, limits });
      else socket.close(unknownTicket);
    },
  };
}
