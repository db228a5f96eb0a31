import type { Dialer, OutboundCalls } from '../../call/ports.ts';
import { createDialing, readNumber, type Dialing, type DialPolicy } from '../../dialing/index.ts';
import {
  messageOf,
  randomId,
  SwitchboardError,
  type Clock,
  type Log,
  supervised,
} from '../../lib/index.ts';
import type { ChannelRoutes } from '../http.ts';
import type { OpenLine } from '../line.ts';
import { dialRoutes } from '../routes/dial.ts';
import type { TwilioSettings } from '../twilio-settings.ts';

/** Calling out, as the rest of the server sees it. */
export interface DiallingChannel extends ChannelRoutes, AsyncDisposable {
  /** For the carrier's channel. Answers as if no call were ours until everything is up. */
  readonly outbound: OutboundCalls;
  /** Goes on with what a stopped server left, and with what is due. Never rejects. */
  start(): Promise<void>;
}

/** What calling out works with. */
export interface DiallingOptions {
  /** The carrier that dials; null: there is none. */
  readonly carrier: TwilioSettings | null;
  readonly policy: DialPolicy;
  /** Store and desks, once they are up. @throws SwitchboardError not_ready */
  open(): Pick<OpenLine, 'store' | 'desks' | 'defaultDesk'>;
  /** Whether a call that is answered now would be taken. */
  isLineFree(): boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Jobs are looked at this often besides their wake-ups, for whatever was forgotten. */
const sweepMs = 60_000;
const retryStartMs = 5_000;

interface Running extends AsyncDisposable {
  readonly dialing: Dialing;
}

/**
 * Calls that we place. Nothing of it runs, and nothing is loaded for it, unless a carrier is set up and
 * numbers may be dialled.
 */
export function openDialling(options: DiallingOptions): DiallingChannel {
  const { carrier, policy, clock, log } = options;
  const spawn = supervised(log);
  const isOn = typeof carrier?.number === 'string' && !policy.allowed.isEmpty;
  let running: Running | null = null;
  let starting: Promise<void> | null = null;
  let stopped = false;
  let cancelTimer = (): void => undefined;

  async function run(): Promise<Running> {
    const { jobs, doNotCall, openWakeUps } = options.open().store.dialling;
    const dialer = await dialerOf(carrier);
    const wakeUps = await openWakeUps((dialId) => dialing.wake(dialId));
    const dialing = createDialing({
      store: jobs,
      doNotCall,
      dialer,
      wakeUps,
      policy,
      isLineFree: options.isLineFree,
      findDesk: async (name) => options.open().desks.current(name),
      ...{ clock, newId: randomId, log },
    });
    return { dialing, [Symbol.asyncDispose]: async () => wakeUps[Symbol.asyncDispose]() };
  }
  const sweepLater = (): void => {
    if (stopped) return;
    cancelTimer = clock.setTimer(sweepMs, () => {
      spawn('look after calls to be placed', async () => {
        await running?.dialing.sweep().finally(sweepLater);
      });
    });
  };
  const startOnce = async (): Promise<void> => {
    try {
      running = await run();
    } catch (thrown) {
      log.error('calling out could not begin', { error: messageOf(thrown) });
      starting = null;
      if (stopped) return;
      cancelTimer = clock.setTimer(retryStartMs, () => spawn('begin calling out', start));
      return;
    }
    if (stopped) return running[Symbol.asyncDispose]();
    await running.dialing.sweep().catch((thrown: unknown) => {
      log.warn('calls to be placed could not be looked after', { error: messageOf(thrown) });
    });
    sweepLater();
  };
  async function start(): Promise<void> {
    if (isOn && !stopped) await (starting ??= startOnce());
  }
  const dialing = async (): Promise<Dialing> => {
    if (!isOn) throw new SwitchboardError('dialling_off', 'This server places no calls.');
    await start();
    if (running) return running.dialing;
    throw new SwitchboardError('not_ready', 'Calling out has not begun yet.');
  };

  return {
    outbound: {
      answered: async (call) => (await running?.dialing.answered(call)) ?? { ok: false },
      connected: async (call) => running?.dialing.connected(call),
      progressed: async (call) => running?.dialing.progressed(call),
      detected: async (call) => running?.dialing.detected(call),
    },
    sockets: [],
    register(app) {
      void app.register(dialRoutes, {
        dialing,
        doNotCall: () => options.open().store.dialling.doNotCall,
        defaultDesk: () => options.open().defaultDesk(),
        readNumber,
        nowMs: () => clock.nowMs(),
      });
    },
    start,
    async [Symbol.asyncDispose]() {
      stopped = true;
      cancelTimer();
      await starting;
      await running?.[Symbol.asyncDispose]();
    },
  };
}

/** Loaded when it is needed: a carrier's library is slow to load. @throws Error without a number to call from */
async function dialerOf(carrier: TwilioSettings | null): Promise<Dialer> {
  if (typeof carrier?.number !== 'string') throw new Error('there is nobody who dials');
  const { twilioDialer, twilioUrls } = await import('../../channels/twilio/index.ts');
  const { accountSid, authToken, apiUrl, number: from, publicUrl } = carrier;
  return twilioDialer({
    account: { accountSid, authToken, apiUrl },
    from,
    urls: twilioUrls(publicUrl),
  });
}
