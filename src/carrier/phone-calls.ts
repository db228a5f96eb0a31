import type { AudioFormat } from '../audio/index.ts';
import { createReturningLeg, type ReturningLeg } from '../call/legs/index.ts';
import type {
  LegAbilities,
  LiveCall,
  Operators,
  OutboundCall,
  TakeCall,
  RecordingConsent,
} from '../call/ports.ts';
import { messageOf, supervised, type Clock, type Log } from '../lib/index.ts';
import type { Admission, MediaConnection, StreamEnd } from './media-socket.ts';
import type { StreamStart } from './media-dialect.ts';
import { createOneTimeTokens } from './one-time-tokens.ts';

/** Bounds of calls that come over a carrier's media streams. */
export interface PhoneCallLimits {
  /** How long a token for a stream is good. @default 30000 */
  readonly tokenMs: number;
  /** How long a call waits for its caller when nobody can say whether they are still there. @default 900 */
  readonly unconfirmedMs: number;
  /** How long it waits for one who is. @default 20000 */
  readonly returnMs: number;
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

/** What the line says sorry in, when it can speak to a caller whose call does not begin. */
const apologyItemId = 'apology';

/** What a carrier announces. */
export interface AnnouncedCall {
  readonly carrierCallId: string;
  /** The line's default when undefined. */
  readonly desk: string | undefined;
  readonly callerNumber: string | undefined;
  /** A call that we placed. */
  readonly outbound?: OutboundCall | undefined;
  /** Whether the caller agreed to be recorded; undefined: they were not asked. */
  readonly recording?: RecordingConsent | undefined;
  /** Told of our id of the call once it has begun. */
  readonly begun?: (callId: string) => void;
}

/** What the carrier is to do with a call now. */
export type NextStep =
  /** Open a stream and show the token. */
  | { readonly do: 'connect'; readonly token: string }
  /** Ask again in a moment: the stream there was is not known to be gone. */
  | { readonly do: 'wait' }
  /** Tell the caller why it does not work, and hang up. `code` is one of our error codes. */
  | { readonly do: 'excuse'; readonly code: string }
  | { readonly do: 'hang_up' }
  /** Nothing is known of it here: announce it. */
  | { readonly do: 'announce' };

/** A caller whom the carrier takes elsewhere, while the call waits. */
export interface Absence {
  /** True once the caller is on a stream of ours again, false when they never will be. */
  readonly back: Promise<boolean>;
  /** Nobody keeps the caller there any more: they come back soon, or are lost. */
  expect(): void;
  /** The carrier did not take the caller: they are where they were. */
  cancel(): void;
}

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
export interface PhoneCallsOptions {
  readonly channel: string;
  readonly format: AudioFormat;
  readonly can: LegAbilities;
  readonly take: TakeCall;
  /** The account that streams must come from; null: any. */
  readonly accountId: string | null;
  /** Whether the carrier still has the caller on the line. May throw. */
  readonly isThere: (carrierCallId: string) => Promise<boolean>;
  /** People whom a caller on this carrier can be put through to. */
  readonly operators?: Operators;
  readonly newToken: () => string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<PhoneCallLimits>;
}

/** Where the caller is. */
type Way =
  | { readonly name: 'here'; readonly connection: MediaConnection }
  /** The carrier was told to take the caller elsewhere, and the stream is about to end. */
  | {
      readonly name: 'leaving';
      readonly connection: MediaConnection;
      readonly back: (isBack: boolean) => void;
    }
  | { readonly name: 'elsewhere'; readonly back: (isBack: boolean) => void }
  /** The time to come back runs: the stream is gone, or nobody keeps the caller elsewhere any more. */
  | {
      readonly name: 'away';
      readonly stay: () => void;
      readonly back: ((isBack: boolean) => void) | null;
    };

interface Held {
  readonly name: 'held';
  readonly leg: ReturningLeg;
  /** Aborts when the caller is gone before the call has begun. */
  readonly taking: AbortController;
  call: LiveCall | null;
  way: Way;
  /** The carrier asked what follows before its stream was seen to end: it has the caller still. */
  isAskedFor: boolean;
}

interface Entry {
  readonly announced: AnnouncedCall;
  stage: { readonly name: 'announced' } | Held | { readonly name: 'over'; readonly next: NextStep };
  cancelTimer: () => void;
}

/** @returns the calls of a carrier of which none is known yet. */
export function createPhoneCalls(options: PhoneCallsOptions): PhoneCalls {
  const { clock, log, channel, format, can } = options;
  const limits = { ...phoneCallDefaults, ...options.limits };
  const spawn = supervised(log);
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

  function finish(entry: Entry, next: NextStep): void {
    if (entry.stage.name !== 'held') return;
    const { way, leg } = entry.stage;
    entry.stage = { name: 'over', next };
    tokens.forget(entry.announced.carrierCallId);
    leg.detach();
    if (way.name !== 'here') way.back?.(false);
    if (way.name === 'here' || way.name === 'leaving') way.connection.close();
    remember(entry, limits.rememberMs);
  }

  function hangUp(held: Held, reason: 'caller_hung_up' | 'caller_lost'): void {
    if (held.call) held.call.hangUp(reason);
    else held.taking.abort(new Error('The caller is gone.'));
  }

  /** A call that nobody comes back to ends; one that has not begun need not wait for anybody. */
  function away(entry: Entry, held: Held, back: ((isBack: boolean) => void) | null): void {
    const giveUp = (): void => hangUp(held, 'caller_lost');
    if (!held.call) {
      giveUp();
      return;
    }
    const waitMs = held.isAskedFor ? limits.returnMs : limits.unconfirmedMs;
    entry.cancelTimer = clock.setTimer(waitMs, giveUp);
    const way: Way = {
      ...{ name: 'away', back },
      stay() {
        entry.cancelTimer();
        entry.cancelTimer = clock.setTimer(limits.returnMs, giveUp);
      },
    };
    held.way = way;
    if (!back) held.call.callerAway(); // who spoke with a person was not away
    spawn('ask a carrier for a caller', async () => {
      try {
        const isThere = await options.isThere(entry.announced.carrierCallId);
        if (held.way !== way) return;
        if (isThere) way.stay();
        else giveUp();
      } catch (thrown) {
        log.warn('carrier cannot say whether a caller is there', { error: messageOf(thrown) });
      }
    });
  }

  function attach(entry: Entry, held: Held, connection: MediaConnection): void {
    entry.cancelTimer();
    const { way } = held;
    held.way = { name: 'here', connection };
    held.isAskedFor = false;
    held.leg.attach(connection.carrier);
    connection.listen((audio) => held.call?.hearCaller(audio));
    const back = way.name === 'elsewhere' || way.name === 'away' ? way.back : null;
    if (back) back(true);
    else if (way.name === 'away') held.call?.callerReturned();
  }

  function streamEnded(entry: Entry, connection: MediaConnection, how: StreamEnd): void {
    const held = entry.stage;
    if (held.name !== 'held') return;
    const { way } = held;
    if ((way.name !== 'here' && way.name !== 'leaving') || way.connection !== connection) return;
    held.leg.detach({ aliveMs: connection.aliveMs() });
    if (way.name === 'leaving') held.way = { name: 'elsewhere', back: way.back };
    else if (how === 'stopped') hangUp(held, 'caller_hung_up');
    else away(entry, held, null);
  }

  function begin(entry: Entry, connection: MediaConnection): void {
    entry.cancelTimer();
    const taking = new AbortController();
    const leg = createReturningLeg({
      ...{ channel, format, can, clock, log },
      overflowed: () => held.call?.cutSpeech(),
    });
    leg.attach(connection.carrier);
    const held: Held = {
      ...{ name: 'held', leg, taking, call: null, isAskedFor: false },
      way: { name: 'here', connection },
    };
    entry.stage = held;
    const { desk, callerNumber, outbound, recording, begun } = entry.announced;
    spawn('take a phone call', async () => {
      try {
        const result = await options.take({
          desk,
          leg,
          signal: taking.signal,
          ...(callerNumber === undefined ? {} : { callerNumber }),
          ...(outbound === undefined ? {} : { outbound }),
          ...(recording === undefined ? {} : { recording }),
          ...(options.operators ? { operators: options.operators } : {}),
        });
        if (!result.ok) {
          const wasTold = leg.heardMs(apologyItemId) > 0;
          finish(entry, wasTold ? { do: 'hang_up' } : { do: 'excuse', code: result.code });
          return;
        }
        const { call } = result;
        held.call = call;
        begun?.(call.id);
        if (taking.signal.aborted) call.hangUp('caller_lost');
        else if (held.way.name === 'here') {
          held.way.connection.listen((audio) => call.hearCaller(audio));
        }
        const { reason } = await call.ended;
        // A server that stops leaves the caller to the next one that the carrier finds; and who is asked
        // about after being given up is there all the same, and calls anew.
        const mayGoOn = reason === 'server_stopped' || reason === 'caller_lost';
        finish(entry, { do: mayGoOn ? 'announce' : 'hang_up' });
      } catch (thrown) {
        if (!taking.signal.aborted) {
          log.error('phone call could not be taken', { error: messageOf(thrown) });
        }
        finish(
          entry,
          taking.signal.aborted ? { do: 'announce' } : { do: 'excuse', code: 'failed' },
        );
      }
    });
  }

  function next(carrierCallId: string): NextStep {
    const entry = entries.get(carrierCallId);
    if (!entry) return { do: 'announce' };
    const { stage } = entry;
    if (stage.name === 'over') return stage.next;
    if (stage.name === 'announced') {
      remember(entry, limits.tokenMs);
      return connect(entry);
    }
    if (stage.way.name === 'here' || stage.way.name === 'leaving') {
      stage.isAskedFor = true;
      return { do: 'wait' };
    }
    if (stage.way.name === 'away') stage.way.stay();
    return connect(entry);
  }

  function carrierIdOf(callId: string): string | undefined {
    for (const [id, { stage }] of entries) {
      if (stage.name === 'held' && stage.call?.id === callId) return id;
    }
    return undefined;
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
      return {
        ok: true,
        owner: {
          attached(connection) {
            mine = connection;
            if (entry.stage.name === 'held') attach(entry, entry.stage, connection);
            else begin(entry, connection);
          },
          press(keys) {
            if (entry.stage.name === 'held') entry.stage.call?.press(keys);
          },
          ended(how) {
            if (mine) streamEnded(entry, mine, how);
          },
        },
      };
    },
    over(carrierCallId) {
      const stage = entries.get(carrierCallId)?.stage;
      if (stage?.name === 'held') hangUp(stage, 'caller_hung_up');
    },
    carrierCallId: carrierIdOf,
    leave(callId) {
      const id = carrierIdOf(callId);
      const entry = id === undefined ? undefined : entries.get(id);
      if (entry?.stage.name !== 'held' || entry.stage.way.name !== 'here') return null;
      const held = entry.stage;
      const { connection } = entry.stage.way;
      const back = Promise.withResolvers<boolean>();
      held.way = { name: 'leaving', connection, back: back.resolve };
      return {
        back: back.promise,
        cancel() {
          if (held.way.name === 'leaving') held.way = { name: 'here', connection };
        },
        expect() {
          if (held.way.name === 'elsewhere') away(entry, held, back.resolve);
        },
      };
    },
  };
}
