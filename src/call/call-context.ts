import type { CallContext, CallStateKey, CallStateStore, Customer, Desk } from '../desk/index.ts';
import type { Clock } from '../lib/index.ts';
import type { OutboundCall } from './outbound.ts';
import type { CallServices } from './ports.ts';
import type { CallerKeys } from './keys/caller-keys.ts';
import type { Verification } from './verification.ts';

/** What a call's context is made of. */
export interface CallContextOptions {
  readonly callId: string;
  readonly desk: Desk;
  readonly services: CallServices;
  readonly clock: Clock;
  readonly callerNumber: string | null;
  readonly outbound: OutboundCall | null;
  readonly verification: Verification;
  readonly keys: Pick<CallerKeys, 'collect' | 'last'>;
  /** A tool asks for a handoff. */
  readonly handOff: CallContext['handOff'];
}

/**
 * What tools and gates of one call see.
 *
 * The SDK copies its context shallowly, so everything that changes during the call is a function.
 */
export function createCallContext(options: CallContextOptions): CallContext {
  const { callId, desk, services, clock, verification } = options;
  return {
    callId,
    desk: desk.name,
    database: services.database,
    messages: services.messages,
    timeZone: desk.timeZone,
    nowMs: () => clock.nowMs(),
    customer: (): Customer | null => verification.customer(),
    callerNumber: options.callerNumber,
    outbound: options.outbound && { purpose: options.outbound.purpose },
    verify: (claim) => verification.verify(claim),
    keyed: () => options.keys.last(),
    collectKeys: (request) => options.keys.collect(request),
    state: createCallState(),
    leaveNote: (note) =>
      services.notes.leave({ ...note, callId, desk: desk.name, atMs: clock.nowMs() }),
    async doNotCall(note) {
      const { callerNumber: number } = options;
      if (number === null) return { listed: false };
      const more = note === undefined ? {} : { note };
      await services.doNotCall.add({ number, source: 'caller', atMs: clock.nowMs(), ...more });
      return { listed: true };
    },
    handOff: options.handOff,
  };
}

function createCallState(): CallStateStore {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: CallStateKey<T>): T =>
      values.has(key.name) ? key.schema.parse(values.get(key.name)) : key.initial,
    set: (key, value) => void values.set(key.name, key.schema.parse(value)),
  };
}
