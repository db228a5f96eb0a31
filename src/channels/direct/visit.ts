import { legWithoutAudio } from '../../call/legs/index.ts';
import type { AttachTo, CallerLeg, LiveCall, TakeCallResult } from '../../call/ports.ts';
import type { Clock, Log } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';
import type { DirectClientMessage } from './messages.ts';

/** The way to the page of one call. */
export interface PageLink {
  send(message: CallServerMessage): void;
  /** Says no more. @param done false: the call was refused or lost */
  close(done: boolean): void;
}

/** One page with its call, from the first request to the last message. */
export interface Visit {
  readonly ticket: string;
  readonly leg: CallerLeg;
  /** Aborts when the page is gone before its call has begun. */
  readonly signal: AbortSignal;
  /** Resolves when the page says that its media is up: with the engine's call id, if it named one. */
  readonly connected: Promise<string | undefined>;
  readonly ready: NonNullable<AttachTo['ready']>;
  /** The line has taken the call, or not. */
  took(result: TakeCallResult): void;
  /** The page is there. False: it was there before, or is no more awaited. */
  link(link: PageLink): boolean;
  hear(message: DirectClientMessage): void;
  /** The page is gone. Idempotent. */
  lost(): void;
}

/** What a visit works with. */
export interface VisitOptions {
  readonly ticket: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the page has to say that its media is up. */
  readonly connectWithinMs: number;
  /** The visit is over. Once. */
  readonly ended: () => void;
}

/** What is kept for a page whose socket is not there yet. */
const maxHeldBack = 200;

type State =
  | { readonly name: 'waiting' }
  | { readonly name: 'live'; readonly call: LiveCall }
  | { readonly name: 'over' };

/** @returns a visit of a page that has not connected yet. */
export function openVisit(options: VisitOptions): Visit {
  const { ticket, clock, log } = options;
  const controller = new AbortController();
  const connected = Promise.withResolvers<string | undefined>();
  connected.promise.catch(() => undefined); // nobody may be waiting for it
  let state: State = { name: 'waiting' };
  let link: PageLink | null = null;
  const heldBack: CallServerMessage[] = [];
  let isOpen = false;

  const flush = (): void => {
    if (!link || !isOpen) return;
    for (const message of heldBack.splice(0)) link.send(message);
  };
  const send = (message: CallServerMessage): void => {
    const { type } = message;
    if (type === 'started' || type === 'refused') {
      // What is told of a call follows what it is.
      heldBack.unshift(message);
      isOpen = true;
    } else if (heldBack.length < maxHeldBack || type === 'ended') heldBack.push(message);
    flush();
  };
  const end = (isDone: boolean): void => {
    if (state.name === 'over') return;
    state = { name: 'over' };
    cancelConnect();
    link?.close(isDone);
    options.ended();
  };
  const lost = (): void => {
    const before = state;
    end(false);
    if (before.name === 'live') return before.call.hangUp('caller_lost');
    controller.abort(new Error('The caller is gone.'));
    connected.reject(new Error('The caller is gone.'));
  };
  const cancelConnect = clock.setTimer(options.connectWithinMs, () => {
    log.info('a page did not connect in time');
    if (link) send({ type: 'refused', code: 'not_ready', message: 'The media did not come up.' });
    lost();
  });
  const leg = legWithoutAudio({ channel: 'direct', notify: (notice) => send(notice) });

  return {
    ticket,
    leg,
    signal: controller.signal,
    connected: connected.promise,
    ready: connected.promise,
    took(result) {
      if (!result.ok) {
        send({ type: 'refused', code: result.code, message: result.message });
        return end(false);
      }
      const { call, opening } = result;
      if (state.name === 'over') return call.hangUp('caller_lost');
      state = { name: 'live', call };
      send({ type: 'started', callId: call.id, ...opening, can: leg.can });
      void call.ended.then(({ reason, detail }) => {
        send({ type: 'ended', reason, ...(detail === undefined ? {} : { detail }) });
        end(true);
      });
    },
    link(given) {
      if (link || state.name === 'over') return false;
      link = given;
      flush();
      return true;
    },
    hear(message) {
      if (message.type === 'connected') {
        cancelConnect();
        return connected.resolve(message.callId);
      }
      if (message.type === 'hang_up') {
        if (state.name === 'live') state.call.hangUp('caller_hung_up');
        else lost();
        return;
      }
      if (state.name !== 'live') return;
      if (message.type === 'say') state.call.type(message.text);
      else state.call.press(message.keys);
    },
    lost,
  };
}
