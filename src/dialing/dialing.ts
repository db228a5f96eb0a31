import type { DialJob, MachineAction, OutboundCalls } from '../call/ports.ts';
import { SwitchboardError, messageOf } from '../lib/index.ts';
import { createAttempts } from './attempts.ts';
import type { DialingOptions } from './dial-policy.ts';
import { attemptIdOf } from './dial-step.ts';
import { readNumber } from './numbers.ts';

/** Somebody is to be called. */
export interface DialRequest {
  /** With its country, e.g. `+44 20 7946 0000`. */
  readonly number: string;
  readonly desk: string;
  /** Why, for the agent. @default '' */
  readonly purpose?: string | undefined;
  /** What is left on a machine. */
  readonly message?: string | undefined;
  /** @default 'hang_up' */
  readonly machine?: MachineAction | undefined;
  /** IANA zone of who is called. @default the desk's */
  readonly timeZone?: string | undefined;
  /** Not before, epoch milliseconds. @default now */
  readonly notBeforeMs?: number | undefined;
  /** @default the policy's */
  readonly maxAttempts?: number | undefined;
  /** The same key makes one job, however often it is asked for. */
  readonly idempotencyKey?: string | undefined;
}

/** Calls that we place. */
export interface Dialing extends OutboundCalls {
  /**
   * Takes a job. It is durable when this resolves, and is dialled at its time.
   *
   * @throws SwitchboardError dial_refused (the number, where it may be called, the list of those who want no
   *   calls), config_invalid, desk_not_found, store_unavailable
   */
  request(request: DialRequest): Promise<{ readonly job: DialJob; readonly isNew: boolean }>;
  get(dialId: string): Promise<DialJob | null>;
  list(options: { readonly limit: number }): Promise<readonly DialJob[]>;
  /** Ends a job, and the call that is under way for it. Null: there is none of that id. */
  cancel(dialId: string): Promise<DialJob | null>;
  /** Does what is due for a job; as often as one likes. @throws when it has to be tried again */
  wake(dialId: string): Promise<void>;
  /** Wakes whatever may have been forgotten, such as what a stopped server left behind. */
  sweep(): Promise<void>;
}

/** Looked for at once, as one may begin any moment. */
const sweepLimit = 100;

/** @returns dialling with nothing under way; {@link Dialing.sweep} finds what was. */
export function createDialing(options: DialingOptions): Dialing {
  const { store, policy, clock, log } = options;
  const attempts = createAttempts(options);

  async function jobFrom(request: DialRequest): Promise<DialJob> {
    const number = readNumber(request.number);
    if (number === null) {
      throw refused(`"${request.number}" is no number with its country, such as +442079460000.`);
    }
    if (!policy.allowed.allows(number)) {
      throw refused(`${number} may not be dialled: SWITCHBOARD_DIAL_PREFIXES does not allow it.`);
    }
    const { machine = 'hang_up', message = null } = request;
    if (machine === 'message' && message === null) {
      throw invalid('message: there must be one, to leave it on a machine');
    }
    const desk = await options.findDesk(request.desk);
    const { timeZone = desk.timeZone } = request;
    const nowMs = clock.nowMs();
    try {
      policy.hours.next(timeZone, nowMs);
    } catch {
      throw invalid(`timeZone: "${timeZone}" is no time zone such as Europe/London`);
    }
    if (await options.doNotCall.has(number)) throw refused(`${number} wants no calls from us.`);
    const maxAttempts = Math.min(request.maxAttempts ?? policy.maxAttempts, policy.maxAttempts);
    return {
      ...{ dialId: options.newId('dial'), desk: desk.name, number, language: desk.language },
      ...{ purpose: request.purpose ?? '', message, timeZone, machine, maxAttempts },
      ...{ state: 'waiting', attempts: 0, outcome: null, detail: null, answeredBy: null },
      ...{ dueAtMs: Math.max(nowMs, request.notBeforeMs ?? nowMs), placedAtMs: null },
      ...{ carrierCallId: null, callId: null, createdAtMs: nowMs },
    };
  }

  return {
    ...attempts,
    async request(request) {
      const made = await store.create(await jobFrom(request), request.idempotencyKey ?? null);
      if (made.isNew) {
        log.info('a call is to be placed', { dialId: made.job.dialId, desk: made.job.desk });
        await options.wakeUps.wakeAt(made.job.dialId, made.job.dueAtMs);
      }
      return made;
    },
    get: (dialId) => store.get(dialId),
    list: (range) => store.list(range),
    async cancel(dialId) {
      const job = await store.get(dialId);
      if (!job) return null;
      const cancelled = await store.change(
        dialId,
        { states: ['waiting', 'placing', 'ringing', 'answered'], attempt: job.attempts },
        { state: 'cancelled', outcome: 'cancelled' },
      );
      if (cancelled?.carrierCallId) {
        await attempts.hangUp(cancelled.carrierCallId, attemptIdOf(cancelled));
      }
      // Taken for an attempt between the two looks at it: the second time it is seen.
      if (!cancelled) {
        const now = await store.get(dialId);
        if (now && now.attempts !== job.attempts) return this.cancel(dialId);
        return now;
      }
      return cancelled;
    },
    async sweep() {
      const open = await store.open({ nowMs: clock.nowMs(), limit: sweepLimit });
      for (const dialId of open) {
        await attempts.wake(dialId).catch((thrown: unknown) => {
          log.warn('a job could not be looked after', { dialId, error: messageOf(thrown) });
        });
      }
    },
  };
}

function refused(message: string): SwitchboardError {
  return new SwitchboardError('dial_refused', message);
}

function invalid(message: string): SwitchboardError {
  return new SwitchboardError('config_invalid', message);
}
