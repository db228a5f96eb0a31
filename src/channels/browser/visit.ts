import { AudioPiece } from '../../audio/index.ts';
import { createBudget, messageOf, supervised, type Clock, type Log } from '../../lib/index.ts';
import { callSocketRateHz, type CallServerMessage } from '../../protocol/index.ts';
import type { BrowserCalls, ReturnTicket } from './browser-calls.ts';
import { parseMessage } from './frames.ts';
import type { CallVisit, HeldCall } from './held-call.ts';
import type { PageLimits } from './limits.ts';
import { createSignsOfLife } from './signs-of-life.ts';
import { createPageCarrier, type PageCarrier } from './page-carrier.ts';
import type { PageConnection, PageEvents } from './page-connection.ts';

/** A page that is connected: it starts a call, or comes back to one, and holds it. */
export interface Visit extends PageEvents {
  /** When anything came from the page last (monotonic). */
  aliveMs(): number;
  /** Places a call. */
  start(request: { readonly desk: string | undefined; readonly resumable: boolean }): void;
  /** Comes back to a call. */
  resume(request: { readonly token: string; readonly afterSeq: number | undefined }): void;
}

/** What a visit works with. */
export interface VisitOptions {
  readonly calls: BrowserCalls;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: PageLimits;
  /** Told of every frame that was dropped, with a fixed set of reasons. */
  readonly onDropped?: ((reason: string) => void) | undefined;
}

/** How often is looked whether the page is still there. */
const lookEveryMs = 500;

/** A page that was there for this long after it was sent a token has it. */
const tokenArrivedMs = 10_000;

type State =
  | { readonly name: 'waiting' }
  | { readonly name: 'starting'; readonly controller: AbortController }
  | { readonly name: 'live'; readonly held: HeldCall }
  | { readonly name: 'over' };

/**
 * Holds a call over one connection, from the first frame to the last.
 *
 * The page sends `start` or `resume`, then audio and messages; see `src/protocol/api.ts`. Nothing that
 * comes in can throw: a frame that makes no sense is dropped and counted, and too many of them end the
 * call. A connection that goes away without `hang_up` leaves the call waiting, or ends it as
 * `caller_lost`.
 */
export function createVisit(connection: PageConnection, options: VisitOptions): Visit {
  const { calls, clock, log, limits } = options;
  const spawn = supervised(log);
  const audioBudget = createBudget({
    clock,
    perSecond: callSocketRateHz * 1.25,
    burst: callSocketRateHz * 2,
  });
  // Well over what any microphone sends, even ten times too fast: more frames are work, not sound.
  const frameBudget = createBudget({ clock, perSecond: 600, burst: 2_000 });
  const textBudget = createBudget({ clock, perSecond: 2, burst: 20 });
  const keysBudget = createBudget({ clock, perSecond: 10, burst: 64 });
  let state: State = { name: 'waiting' };
  let malformed = 0;
  let heldBack: CallServerMessage[] | null = []; // until `started` or `resumed` has gone out first
  const signs = createSignsOfLife(connection, clock);
  let tokenArrives: { readonly byMs: number } | null = null;

  const openCarrier = (): PageCarrier =>
    createPageCarrier({
      clock,
      connection: {
        ...connection,
        sendAudio: (frame) => readsUs() && connection.sendAudio(frame),
      },
      message(message) {
        if (heldBack) heldBack.push(message);
        else send(message);
      },
    });
  let carrier = openCarrier();
  let isPaused = false;
  let cancelLook = (): void => undefined;
  const cancelStartTimer = clock.setTimer(limits.startWithinMs, () => {
    if (state.name === 'waiting') refuse('not_ready', 'No `start` came in time.');
  });

  /** Pauses what is said to a page of which nothing comes any more, and goes on when it is there again. */
  function look(): void {
    cancelLook = clock.setTimer(lookEveryMs, look);
    if (state.name !== 'live') return;
    const isGone = signs.isGone();
    if (isGone === isPaused) return;
    isPaused = isGone;
    if (isGone) {
      calls.pause(state.held, self);
      carrier[Symbol.dispose]();
    } else {
      carrier = openCarrier();
      calls.unpause(state.held, self, carrier);
    }
  }
  if (connection.lastFrom) look();

  /** False when the page has left too much unread: the connection is dropped then. */
  function readsUs(): boolean {
    const bufferedBytes = connection.bufferedBytes();
    if (bufferedBytes <= limits.bufferedBytes) return true;
    log.warn('caller does not read, connection dropped', { bufferedBytes });
    connection.drop();
    return false;
  }

  function send(message: CallServerMessage): void {
    if (readsUs()) connection.sendText(JSON.stringify(message));
  }

  /** The first message, and then those that were to come after it. */
  function open(message: CallServerMessage): void {
    send(message);
    for (const later of heldBack ?? []) send(later);
    heldBack = null;
  }

  function refuse(code: string, message: string): void {
    heldBack = null;
    send({ type: 'refused', code, message });
    connection.close('later');
  }

  function drop(reason: string): void {
    options.onDropped?.(reason);
    malformed += 1;
    if (malformed !== limits.malformedFrames) return;
    log.warn('caller sends nonsense, connection closed', { reason });
    if (state.name === 'live') calls.forfeit(state.held);
    leave();
    connection.close('violation');
  }

  /** Something came; whether it may be looked at. */
  function came(): boolean {
    signs.came();
    if (tokenArrives && signs.lastMs() >= tokenArrives.byMs) tokenArrived();
    if (frameBudget.spend(1)) return true;
    drop('frames_too_fast');
    return false;
  }

  function tokenArrived(): void {
    tokenArrives = null;
    if (state.name === 'live') state.held.kept?.settle();
  }

  async function begin(desk: string | undefined, resumable: boolean): Promise<void> {
    const controller = new AbortController();
    state = { name: 'starting', controller };
    const { signal } = controller;
    const result = await calls.begin({ desk, resumable, visit: self, carrier, signal });
    if (!result.ok) return refuse(result.code, result.message);
    const { held, ticket } = result;
    if (!signal.aborted) state = { name: 'live', held };
    open({ type: 'started', ...account(held, ticket) });
  }

  function start({ desk, resumable }: Parameters<Visit['start']>[0]): void {
    if (state.name !== 'waiting') return drop('started_twice');
    cancelStartTimer();
    spawn('take call', async () => {
      try {
        await begin(desk, resumable);
      } catch (thrown) {
        if (state.name === 'over') return; // the caller left while the call was being set up
        log.error('call could not be taken', { error: messageOf(thrown) });
        refuse('failed', 'The call could not be taken because of a fault here.');
      }
    });
  }

  function resume({ token, afterSeq }: Parameters<Visit['resume']>[0]): void {
    if (state.name !== 'waiting') return drop('started_twice');
    cancelStartTimer();
    const held = calls.find(token);
    if (!held) return refuse(gone.code, gone.message);
    state = { name: 'live', held };
    tokenArrives = { byMs: clock.monotonicMs() + tokenArrivedMs };
    const tell = (ticket: ReturnTicket | null): void =>
      open({ type: 'resumed', ...account(held, ticket) });
    calls.resume(held, { visit: self, carrier, afterSeq, tell });
  }

  /** The far end is lost or unwanted: whatever was going on ends, or waits. Idempotent. */
  function leave(): void {
    const before = state;
    state = { name: 'over' };
    cancelStartTimer();
    cancelLook();
    if (before.name === 'starting') before.controller.abort(new Error('The caller is gone.'));
    if (before.name === 'live') calls.leave(before.held, self);
    carrier[Symbol.dispose]();
  }

  function hear(text: string): void {
    const frame = parseMessage(text);
    if (frame.kind === 'malformed') return drop(frame.reason);
    const { message } = frame;
    const mayPass =
      message.type === 'press' ? keysBudget.spend(message.keys.length) : textBudget.spend(1);
    if (!mayPass) return drop('text_too_fast');
    if (tokenArrives) tokenArrived();
    if (message.type === 'start') {
      return start({ desk: message.desk, resumable: message.resumable ?? false });
    }
    if (message.type === 'resume') {
      return resume({ token: message.token, afterSeq: message.afterSeq });
    }
    if (message.type === 'say') {
      if (state.name === 'live') state.held.call.type(message.text);
      else drop('said_before_start');
      return;
    }
    if (message.type === 'press') {
      if (state.name === 'live') state.held.call.press(message.keys);
      else drop('said_before_start');
      return;
    }
    if (state.name === 'live') state.held.call.hangUp('caller_hung_up');
    else {
      leave();
      connection.close('done');
    }
  }

  const self: Visit & CallVisit = {
    aliveMs: signs.lastMs,
    thereUntilMs: signs.thereUntilMs,
    start,
    resume,
    text(text) {
      if (came()) hear(text);
    },
    audio(samples) {
      if (!came() || signs.isHole()) return;
      signs.sound();
      if (state.name !== 'live') return; // nobody is there yet to hear it
      if (audioBudget.spend(samples.length))
        state.held.call.hearCaller(AudioPiece.ofSamples(samples));
      else options.onDropped?.('audio_too_fast');
    },
    malformed(reason) {
      if (came()) drop(reason);
    },
    alive: signs.came,
    other: () => void came(),
    closed: leave,
    finish({ reason, detail }) {
      send({ type: 'ended', reason, ...(detail === undefined ? {} : { detail }) });
      connection.close('done');
    },
    replaced() {
      send({ type: 'moved' });
      state = { name: 'over' };
      cancelLook();
      carrier[Symbol.dispose]();
      connection.close('done');
    },
  };
  return self;
}

/** What is said to a page whose call nobody can come back to. */
export const gone = {
  code: 'resume_refused',
  message: 'That call cannot be gone on with: it has ended, or you were away too long.',
} as const;

function account(held: HeldCall, ticket: ReturnTicket | null) {
  return {
    callId: held.call.id,
    ...held.opening,
    can: held.leg.can,
    ...(ticket ? { resume: ticket } : {}),
  };
}
