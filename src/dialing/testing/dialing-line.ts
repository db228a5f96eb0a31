import type { CarrierCall, Dialer, PlaceCallRequest, PlaceCallResult } from '../../call/ports.ts';
import { countedIds, manualClock, silentLog } from '../../lib/index.ts';
import { memoryDialStore } from '../../testing/memory-dial-store.ts';
import { memoryDoNotCallList } from '../../testing/memory-services.ts';
import { createCallingHours } from '../calling-hours.ts';
import { createDialing, type DialRequest } from '../dialing.ts';
import { createAllowList } from '../numbers.ts';

/** A number that may be called. */
export const number = '+442079460000';
const retryMs = 10 * 60_000;

function fakeDialer() {
  const placed: PlaceCallRequest[] = [];
  const done: string[] = [];
  /** Calls that the carrier has; those without a time have just begun. */
  const known = new Map<string, CarrierCall & { readonly begunMs?: number }>();
  const state = {
    answer: (count: number): PlaceCallResult | Promise<PlaceCallResult> => ({
      ok: true,
      carrierCallId: `CA${count}`,
    }),
    takesMessages: true,
  };
  const dialer: Dialer = {
    carrier: 'fake',
    async place(request) {
      placed.push(request);
      return state.answer(placed.length);
    },
    find: async ({ sinceMs }) =>
      [...known.values()].filter(({ begunMs = Infinity }) => begunMs >= sinceMs),
    lookUp: async (id) => known.get(id) ?? null,
    async leaveMessage(id, text) {
      if (!state.takesMessages) throw new Error('no voice for it');
      done.push(`message ${id}: ${text}`);
    },
    hangUp: async (id) => void done.push(`hang up ${id}`),
  };
  return { dialer, placed, done, known, state };
}

/** Calls out from one server over a carrier that a test answers for, on a Monday at 10:00 in London. */
export function line(over: { hours?: string; maxActive?: number; prefixes?: string } = {}) {
  const clock = manualClock(Date.UTC(2026, 10, 23, 10));
  const carrier = fakeDialer();
  const doNotCall = memoryDoNotCallList();
  const store = memoryDialStore();
  const room = { isFree: true };
  const wakes: { dialId: string; atMs: number }[] = [];
  /** @param prefixes which may be dialled. @default as before */
  const open = (prefixes = over.prefixes ?? '+44,+1,!+1900') =>
    createDialing({
      store,
      doNotCall,
      dialer: carrier.dialer,
      wakeUps: { wakeAt: async (dialId, atMs) => void wakes.push({ dialId, atMs }) },
      policy: {
        allowed: createAllowList(prefixes),
        hours: createCallingHours(over.hours ?? '00:00-24:00'),
        ...{ maxActive: over.maxActive ?? 5, maxAttempts: 3, ringMs: 30_000 },
        retryMs,
      },
      isLineFree: () => room.isFree,
      findDesk: async (name) => ({ name, timeZone: 'Europe/London', language: 'en-GB' }),
      ...{ clock, newId: countedIds(), log: silentLog },
    });
  const dialing = open();
  /** Does what is due by then, as the job queue would. */
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (const wake of wakes.splice(0)) {
      if (wake.atMs <= clock.nowMs()) await dialing.wake(wake.dialId);
      else wakes.push(wake);
    }
  };
  const call = async (request: Partial<DialRequest> = {}) => {
    const { job } = await dialing.request({ number, desk: 'front-desk', ...request });
    await advance(0);
    return job.dialId;
  };
  const stateOf = async (dialId: string) => {
    const job = await dialing.get(dialId);
    return job && `${job.state} ${job.outcome ?? '-'} ${job.attempts}`;
  };
  return { ...carrier, clock, dialing, doNotCall, room, wakes, open, advance, call, stateOf };
}
