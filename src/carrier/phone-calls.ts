import {
  holdCall,
  type Absence,
  type AnnouncedCall,
  type HeldCall,
  type PhoneLine,
  type WaitLimits,
} from './held-call.ts';
import type { Admission, MediaConnection } from './media-socket.ts';
import type { StreamStart } from './media-dialect.ts';
import type { NextStep } from './next-step.ts';
import { createOneTimeTokens } from './one-time-tokens.ts';

/** Bounds of calls that come over a carrier's media streams. */
export interface PhoneCallLimits extends WaitLimits {
  /** How long a token for a stream is good. @default 30000 */
  readonly tokenMs: number;
  /** How long it is remembered how a call ended, for a carrier that asks what to do next. @default 60000 */
  readonly rememberMs: number;
  /** Calls known at once, those that are announced or over included. @default 2000 */
  readonly known: number;
}

/** Defaults of {@link PhoneCallLimits}. */
export const phoneCallDefaults: PhoneCallLimits = {
  tokenMs: 30_000,
  unconfirmedMs: 900,
  returnMs: 20_000,
  rememberMs: 60_000,
  known: 2_000,
};

/** The calls of one carrier: announced, connected, away, over. */
export interface PhoneCalls {
  /** A call comes in. The same call again is the same call. */
  announce(call: AnnouncedCall): NextStep;
  /** What follows when a stream has ended. */
  next(carrierCallId: string): NextStep;
  /** Judges a stream that was opened. */
  admit(start: StreamStart): Admission;
  /** The carrier says that the call is over. Idempotent. */
  over(carrierCallId: string): void;
  /** The carrier's id of one of our calls that is going on. */
  carrierCallId(callId: string): string | undefined;
  /** The carrier is about to take the caller elsewhere. Null: they are not here. */
  leave(callId: string): Absence | null;
}

/** What phone calls work with. */
export interface PhoneCallsOptions extends PhoneLine {
  /** The account that streams must come from; null: any. */
  readonly accountId: string | null;
  readonly newToken: () => string;
  readonly limits?: Partial<PhoneCallLimits>;
}

interface Entry {
  readonly announced: AnnouncedCall;
  stage:
    | { readonly name: 'announced' }
    | { readonly name: 'held'; readonly held: HeldCall }
    | { readonly name: 'over'; readonly next: NextStep };
  /** Until it is forgotten, which what is held is not. */
  cancelTimer: () => void;
}

/** @returns the calls of a carrier of which none is known yet. */
export function createPhoneCalls(options: PhoneCallsOptions): PhoneCalls {
  const { clock, log } = options;
  const limits = { ...phoneCallDefaults, ...options.limits };
  const tokens = createOneTimeTokens({
    clock,
    newToken: options.newToken,
    expireMs: limits.tokenMs,
  });
  const entries = new Map<string, Entry>();

  function remember(entry: Entry, ms: number): void {
    entry.cancelTimer();
    const { carrierCallId } = entry.announced;
    entry.cancelTimer = clock.setTimer(ms, () => {
      if (entries.get(carrierCallId) === entry) entries.delete(carrierCallId);
      tokens.forget(carrierCallId);
    });
  }

  function connect(entry: Entry): NextStep {
    return { do: 'connect', token: tokens.give(entry.announced.carrierCallId) };
  }

  function begin(entry: Entry, connection: MediaConnection): void {
    entry.cancelTimer();
    const { announced } = entry;
    const held = holdCall(options, {
      ...{ announced, connection, limits },
      finished(step) {
        entry.stage = { name: 'over', next: step };
        tokens.forget(announced.carrierCallId);
        remember(entry, limits.rememberMs);
      },
    });
    entry.stage = { name: 'held', held };
  }

  function next(carrierCallId: string): NextStep {
    const entry = entries.get(carrierCallId);
    if (!entry) return { do: 'announce' };
    const { stage } = entry;
    if (stage.name === 'over') return stage.next;
    if (stage.name === 'announced') remember(entry, limits.tokenMs);
    else if (stage.held.next() === 'wait') return { do: 'wait' };
    return connect(entry);
  }

  /** One of our calls that is going on, and the carrier's id of it. */
  function find(
    callId: string,
  ): { readonly carrierCallId: string; readonly held: HeldCall } | null {
    for (const [carrierCallId, { stage }] of entries) {
      if (stage.name === 'held' && stage.held.id() === callId) {
        return { carrierCallId, held: stage.held };
      }
    }
    return null;
  }

  return {
    announce(announced) {
      const { carrierCallId } = announced;
      const known = entries.get(carrierCallId);
      const isOver = known?.stage.name === 'over' && known.stage.next.do === 'announce';
      if (known && !isOver) return next(carrierCallId);
      if (!known && entries.size >= limits.known) {
        log.warn('more phone calls than are kept track of', { known: entries.size });
        return { do: 'excuse', code: 'busy' };
      }
      known?.cancelTimer();
      const entry: Entry = {
        announced,
        stage: { name: 'announced' },
        cancelTimer: () => undefined,
      };
      entries.set(carrierCallId, entry);
      remember(entry, limits.tokenMs);
      return connect(entry);
    },
    next,
    admit(start) {
      const entry = entries.get(start.carrierCallId);
      if (options.accountId !== null && start.accountId !== options.accountId) {
        return { ok: false, why: 'stream of another account' };
      }
      const refusal = tokens.use(start.token, start.carrierCallId);
      if (refusal !== null) return { ok: false, why: `token ${refusal}` };
      if (!entry || entry.stage.name === 'over') return { ok: false, why: 'no such call' };
      let mine: MediaConnection | null = null;
      const held = (): HeldCall | null => (entry.stage.name === 'held' ? entry.stage.held : null);
      return {
        ok: true,
        owner: {
          attached(connection) {
            mine = connection;
            const known = held();
            if (known) known.attach(connection);
            else begin(entry, connection);
          },
          press: (keys) => held()?.press(keys),
          ended(how) {
            if (mine) held()?.streamEnded(mine, how);
          },
        },
      };
    },
    over(carrierCallId) {
      const stage = entries.get(carrierCallId)?.stage;
      if (stage?.name === 'held') stage.held.over();
    },
    carrierCallId: (callId) => find(callId)?.carrierCallId,
    leave: (callId) => find(callId)?.held.leave() ?? null,
  };
}
