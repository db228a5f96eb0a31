import type { AudioFormat } from '../audio/index.ts';
import { createReturningLeg } from '../call/legs/index.ts';
import type {
  LegAbilities,
  LiveCall,
  Operators,
  OutboundCall,
  RecordingConsent,
  TakeCall,
} from '../call/ports.ts';
import { messageOf, supervised, type Clock, type Log } from '../lib/index.ts';
import type { MediaConnection, StreamEnd } from './media-socket.ts';
import type { NextStep } from './next-step.ts';

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

/** A caller whom the carrier takes elsewhere, while the call waits. */
export interface Absence {
  /** True once the caller is on a stream of ours again, false when they never will be. */
  readonly back: Promise<boolean>;
  /** Nobody keeps the caller there any more: they come back soon, or are lost. */
  expect(): void;
  /** The carrier did not take the caller: they are where they were. */
  cancel(): void;
}

/** What the calls of one carrier work with. */
export interface PhoneLine {
  readonly channel: string;
  readonly format: AudioFormat;
  readonly can: LegAbilities;
  readonly take: TakeCall;
  /** Whether the carrier still has the caller on the line. May throw. */
  readonly isThere: (carrierCallId: string) => Promise<boolean>;
  /** People whom a caller on this carrier can be put through to. */
  readonly operators?: Operators;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a call waits for its caller. */
export interface WaitLimits {
  /** When nobody can say whether they are still there. @default 900 */
  readonly unconfirmedMs: number;
  /** For one who is. @default 20000 */
  readonly returnMs: number;
}

/** A call from its first stream to its end. */
export interface HeldCall {
  /** Our id of it; undefined before it has begun. */
  id(): string | undefined;
  /** Whether the carrier may open a stream for it; `wait`: the stream there was is not known to be gone. */
  next(): 'connect' | 'wait';
  /** The caller is back, on another stream. */
  attach(connection: MediaConnection): void;
  press(keys: string): void;
  /** A stream of it has ended. One that was replaced changes nothing. */
  streamEnded(connection: MediaConnection, how: StreamEnd): void;
  /** The caller has hung up. Idempotent. */
  over(): void;
  /** The carrier is about to take the caller elsewhere. Null: they are not here. */
  leave(): Absence | null;
}

/** What the line says sorry in, when it can speak to a caller whose call does not begin. */
const apologyItemId = 'apology';

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
    }
  /** The call is over. */
  | { readonly name: 'nowhere' };

/**
 * Takes a call over its first stream, and keeps it while its caller is here, elsewhere, or on the way back.
 *
 * @param options.finished told once what the carrier is to do when it asks after the call's end
 */
export function holdCall(
  line: PhoneLine,
  options: {
    readonly announced: AnnouncedCall;
    readonly connection: MediaConnection;
    readonly limits: WaitLimits;
    readonly finished: (next: NextStep) => void;
  },
): HeldCall {
  const { channel, format, can, clock, log } = line;
  const { announced, limits } = options;
  const spawn = supervised(log);
  /** Aborts when the caller is gone before the call has begun. */
  const taking = new AbortController();
  const leg = createReturningLeg({
    ...{ channel, format, can, clock, log },
    overflowed: () => call?.cutSpeech(),
  });
  let call: LiveCall | null = null;
  let way: Way = { name: 'here', connection: options.connection };
  /** The carrier has asked what to do while the stream still stood: the caller is there. */
  let isAskedFor = false;
  let cancelTimer = (): void => undefined;

  function finish(next: NextStep): void {
    cancelTimer();
    const before = way;
    way = { name: 'nowhere' };
    options.finished(next);
    leg.detach();
    if (before.name === 'nowhere') return;
    if (before.name !== 'here') before.back?.(false);
    if (before.name === 'here' || before.name === 'leaving') before.connection.close();
  }

  function hangUp(reason: 'caller_hung_up' | 'caller_lost'): void {
    if (call) call.hangUp(reason);
    else taking.abort(new Error('The caller is gone.'));
  }

  /** A call that nobody comes back to ends; one that has not begun need not wait for anybody. */
  function away(back: ((isBack: boolean) => void) | null): void {
    const giveUp = (): void => hangUp('caller_lost');
    if (!call) {
      giveUp();
      return;
    }
    cancelTimer = clock.setTimer(isAskedFor ? limits.returnMs : limits.unconfirmedMs, giveUp);
    const mine: Way = {
      ...{ name: 'away', back },
      stay() {
        cancelTimer();
        cancelTimer = clock.setTimer(limits.returnMs, giveUp);
      },
    };
    way = mine;
    if (!back) call.callerAway(); // who spoke with a person was not away
    spawn('ask a carrier for a caller', async () => {
      try {
        const isThere = await line.isThere(announced.carrierCallId);
        if (way !== mine) return;
        if (isThere) mine.stay();
        else giveUp();
      } catch (thrown) {
        log.warn('carrier cannot say whether a caller is there', { error: messageOf(thrown) });
      }
    });
  }

  async function take(): Promise<NextStep> {
    const { desk, callerNumber, outbound, recording } = announced;
    const result = await line.take({
      ...{ desk, leg, signal: taking.signal },
      ...(callerNumber === undefined ? {} : { callerNumber }),
      ...(outbound === undefined ? {} : { outbound }),
      ...(recording === undefined ? {} : { recording }),
      ...(line.operators ? { operators: line.operators } : {}),
    });
    if (!result.ok) {
      const wasTold = leg.heardMs(apologyItemId) > 0;
      return wasTold ? { do: 'hang_up' } : { do: 'excuse', code: result.code };
    }
    const taken = result.call;
    call = taken;
    announced.begun?.(taken.id);
    if (taking.signal.aborted) taken.hangUp('caller_lost');
    else if (way.name === 'here') way.connection.listen((audio) => taken.hearCaller(audio));
    const { reason } = await taken.ended;
    // A server that stops leaves the caller to the next one that the carrier finds; and who is asked
    // about after being given up is there all the same, and calls anew.
    const mayGoOn = reason === 'server_stopped' || reason === 'caller_lost';
    return { do: mayGoOn ? 'announce' : 'hang_up' };
  }

  leg.attach(options.connection.carrier);
  spawn('take a phone call', async () => {
    try {
      finish(await take());
    } catch (thrown) {
      if (taking.signal.aborted) {
        finish({ do: 'announce' });
        return;
      }
      log.error('phone call could not be taken', { error: messageOf(thrown) });
      finish({ do: 'excuse', code: 'failed' });
    }
  });

  return {
    id: () => call?.id,
    next() {
      if (way.name === 'here' || way.name === 'leaving') {
        isAskedFor = true;
        return 'wait';
      }
      if (way.name === 'away') way.stay();
      return 'connect';
    },
    attach(connection) {
      cancelTimer();
      const before = way;
      way = { name: 'here', connection };
      isAskedFor = false;
      leg.attach(connection.carrier);
      connection.listen((audio) => call?.hearCaller(audio));
      const back = before.name === 'elsewhere' || before.name === 'away' ? before.back : null;
      if (back) back(true);
      else if (before.name === 'away') call?.callerReturned();
    },
    press: (keys) => call?.press(keys),
    streamEnded(connection, how) {
      if ((way.name !== 'here' && way.name !== 'leaving') || way.connection !== connection) return;
      leg.detach({ aliveMs: connection.aliveMs() });
      if (way.name === 'leaving') way = { name: 'elsewhere', back: way.back };
      else if (how === 'stopped') hangUp('caller_hung_up');
      else away(null);
    },
    over: () => hangUp('caller_hung_up'),
    leave() {
      if (way.name !== 'here') return null;
      const { connection } = way;
      const back = Promise.withResolvers<boolean>();
      way = { name: 'leaving', connection, back: back.resolve };
      return {
        back: back.promise,
        cancel() {
          if (way.name === 'leaving') way = { name: 'here', connection };
        },
        expect() {
          if (way.name === 'elsewhere') away(back.resolve);
        },
      };
    },
  };
}
