import type { AudioPiece } from '../../../audio/index.ts';
import type { CallerLeg, LiveCall, TakeCall, TakeCallResult } from '../../../call/ports.ts';
import { countedIds, manualClock, silentLog } from '../../../lib/index.ts';
import type { CallEndReason, TrailEvent } from '../../../protocol/index.ts';
import { createBrowserCalls } from '../browser-calls.ts';
import { defaultLimits, type PageLimits } from '../limits.ts';
import type { VisitOptions } from '../visit.ts';

/** What every page is told of the line. */
export const opening = {
  desk: { name: 'front-desk', title: 'Green Bay' },
  agents: { triage: 'Triage' },
  hearing: { available: true },
};

/** Lets promises that are kept already run on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A line that takes one call, and everything a test may want to see of it. `ended` resolves when the
 * test says so, not when somebody hangs up.
 */
export function fakeLine(
  options: {
    readonly answer?: (leg: CallerLeg) => TakeCallResult;
    readonly take?: TakeCall;
    readonly keepMs?: number;
    readonly limits?: Partial<PageLimits>;
    /** What the store holds of the call. */
    readonly trail?: readonly TrailEvent[];
  } = {},
) {
  const clock = manualClock();
  const { promise: ended, resolve: end } = Promise.withResolvers<{ reason: CallEndReason }>();
  const heard: number[] = [];
  const typed: string[] = [];
  const pressed: string[] = [];
  const hungUp: (CallEndReason | undefined)[] = [];
  const dropped: string[] = [];
  const asked: (string | undefined)[] = [];
  const presence: string[] = [];
  let leg: CallerLeg | undefined;
  const call: LiveCall = {
    id: 'call_1',
    hearCaller: (audio: AudioPiece) => void heard.push(audio.samples().length),
    type: (text) => void typed.push(text),
    press: (keys) => void pressed.push(keys),
    hangUp: (reason) => void hungUp.push(reason),
    callerAway: () => void presence.push('away'),
    callerReturned: () => void presence.push('returned'),
    cutSpeech: () => void presence.push('cut'),
    ended,
  };
  const take: TakeCall = async (request) => {
    leg = request.leg;
    asked.push(request.desk);
    return options.answer?.(request.leg) ?? { ok: true, call, opening };
  };
  const newId = countedIds();
  const calls = createBrowserCalls({
    take: options.take ?? take,
    clock,
    log: silentLog,
    newToken: () => newId('token'),
    keepMs: options.keepMs ?? 20_000,
    readTrail: async (_callId, afterSeq) =>
      (options.trail ?? []).filter(({ seq }) => seq > afterSeq),
  });
  const visits: VisitOptions = {
    calls,
    clock,
    log: silentLog,
    limits: { ...defaultLimits, ...options.limits },
    onDropped: (reason) => void dropped.push(reason),
  };
  const legNow = (): CallerLeg => {
    if (!leg) throw new Error('No call was taken.');
    return leg;
  };
  return {
    ...{ visits, clock, call, end, heard, typed, pressed, hungUp, dropped, asked, presence },
    leg: legNow,
  };
}
