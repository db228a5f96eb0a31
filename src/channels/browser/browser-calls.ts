import { createReturningLeg, createWaitingCalls, type LegCarrier } from '../../call/legs/index.ts';
import type { TakeCall } from '../../call/ports.ts';
import { supervised, type Clock, type Log } from '../../lib/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import type { CallVisit, HeldCall } from './held-call.ts';

/** How a page may come back to its call. */
export interface ReturnTicket {
  readonly token: string;
  /** How long after the connection is lost. */
  readonly withinMs: number;
}

/** How a call began for a page, or why not. */
export type BeginResult =
  | { readonly ok: true; readonly held: HeldCall; readonly ticket: ReturnTicket | null }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** The calls of all pages: they may outlive the connections that they came over. */
export interface BrowserCalls {
  /** Asks the line to take a call that comes over `visit`. Rejects when the page leaves meanwhile. */
  begin(request: {
    readonly desk: string | undefined;
    /** The page keeps the token and may come back. */
    readonly resumable: boolean;
    readonly visit: CallVisit;
    readonly carrier: LegCarrier;
    readonly signal: AbortSignal;
  }): Promise<BeginResult>;
  /** The call that a token is for, if it still goes on. */
  find(token: string): HeldCall | undefined;
  /** A page that has shown its token is on its way: the time stops until it came, or did not. */
  expect(held: HeldCall): void;
  unexpect(held: HeldCall): void;
  /** The call goes on over another connection; the one it had is closed. */
  resume(
    held: HeldCall,
    by: {
      readonly visit: CallVisit;
      readonly carrier: LegCarrier;
      readonly afterSeq: number | undefined;
      /** Tells the page, before anything else reaches it. */
      readonly tell: (ticket: ReturnTicket | null) => void;
    },
  ): void;
  /** Nothing comes from the page, though its connection stands: what is said waits until it is there again. */
  pause(held: HeldCall, visit: CallVisit): void;
  unpause(held: HeldCall, visit: CallVisit, carrier: LegCarrier): void;
  /** Nobody may come back to the call: it ends with its connection. */
  forfeit(held: HeldCall): void;
  /** The connection is lost: the call waits for its caller, or ends as `caller_lost`. */
  leave(held: HeldCall, visit: CallVisit): void;
}

/** A page that is gone is noticed sooner than this, and what it was sent meanwhile is sent again. */
const keepHeardMs = 15_000;

/** What the calls of pages need. */
export interface BrowserCallsOptions {
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a token beyond guessing. */
  readonly newToken: () => string;
  /** How long a caller may be away; 0: no call waits. */
  readonly keepMs: number;
  /** A call's durable events after one of them. */
  readonly readTrail: (callId: string, afterSeq: number) => Promise<readonly TrailEvent[]>;
}

/** @returns no calls yet. */
export function createBrowserCalls(options: BrowserCallsOptions): BrowserCalls {
  const { take, clock, log, keepMs } = options;
  const spawn = supervised(log);
  const waiting = createWaitingCalls<HeldCall>({ clock, newToken: options.newToken, keepMs });

  const ticketFor = (held: HeldCall): ReturnTicket | null =>
    held.kept && { token: held.kept.newToken(), withinMs: keepMs };

  function hold(held: HeldCall): void {
    const { call, leg } = held;
    if (leg.can.resume) held.kept = waiting.keep(held, () => call.hangUp('caller_lost'));
    spawn('see a call of a page to its end', async () => {
      const end = await call.ended;
      held.kept?.release();
      leg.detach();
      const { visit } = held;
      held.visit = null;
      visit?.finish(end);
    });
  }

  return {
    async begin({ desk, resumable, visit, carrier, signal }) {
      let held: HeldCall | null = null;
      const leg = createReturningLeg({
        channel: 'browser',
        format: 'audio/pcm',
        can: { tap: true, inject: true, resume: resumable && keepMs > 0 },
        clock,
        log,
        keepHeardMs,
        readTrail: async (afterSeq) => (held ? options.readTrail(held.call.id, afterSeq) : []),
        overflowed: () => held?.call.cutSpeech(),
      });
      leg.attach(carrier);
      const result = await take({ desk, leg, signal });
      if (!result.ok) return result;
      const { call, opening } = result;
      held = { call, opening, leg, visit, kept: null };
      if (signal.aborted) {
        held.visit = null;
        leg.detach();
        call.hangUp('caller_lost');
        return { ok: true, held, ticket: null };
      }
      hold(held);
      return { ok: true, held, ticket: ticketFor(held) };
    },
    find: (token) => waiting.find(token)?.held,
    expect: (held) => held.kept?.back(),
    unexpect(held) {
      if (!held.visit) held.kept?.away();
    },
    resume(held, { visit, carrier, afterSeq, tell }) {
      const { call, leg, visit: before } = held;
      if (before) {
        leg.detach({ aliveMs: before.thereUntilMs() });
        call.callerAway();
      }
      held.visit = visit;
      held.kept?.back();
      before?.replaced();
      tell(ticketFor(held));
      leg.attach(carrier, { afterSeq });
      call.callerReturned();
    },
    pause(held, visit) {
      if (held.visit !== visit) return;
      held.leg.detach({ aliveMs: visit.thereUntilMs() });
      held.kept?.away();
      held.call.callerAway();
    },
    unpause(held, visit, carrier) {
      if (held.visit !== visit) return;
      held.kept?.back();
      held.leg.attach(carrier);
      held.call.callerReturned();
    },
    forfeit(held) {
      held.kept?.release();
      held.kept = null;
    },
    leave(held, visit) {
      if (held.visit !== visit) return;
      held.visit = null;
      held.leg.detach({ aliveMs: visit.thereUntilMs() });
      if (held.kept) {
        held.kept.away();
        held.call.callerAway();
      } else held.call.hangUp('caller_lost');
    },
  };
}
