import {
  SwitchboardError,
  messageOf,
  supervised,
  withDeadline,
  type Clock,
  type Log,
  type Spawn,
} from '../lib/index.ts';
import type { Desk } from '../desk/index.ts';
import type { CallEndReason, TrailFact } from '../protocol/index.ts';
import type { CallEnd, StartCallOptions } from './call.ts';
import type { OutboundCall } from './outbound.ts';
import type { CallServices, CallerLeg } from './ports.ts';
import { createTimeline, type Timeline } from './trail/trail-timeline.ts';
import { createTrailWriter } from './trail/trail-writer.ts';

const lastWordsDeadlineMs = 5_000;

/** `closing`: the agent has ended the call, its goodbye is still being heard. */
export type CallPhase = 'opening' | 'live' | 'closing' | 'ended';

/** What every part of one call works with: its identity, its trail and its life. */
export interface CallCore {
  readonly callId: string;
  readonly desk: Desk;
  readonly services: CallServices;
  readonly callerNumber: string | null;
  /** Null: the caller called us. */
  readonly outbound: OutboundCall | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly spawn: Spawn;
  readonly leg: CallerLeg;
  /** Aborts when the call ends, however it does. */
  readonly signal: AbortSignal;
  readonly timeline: Timeline;
  /** Puts something that happened now on the trail. */
  record(fact: TrailFact): void;
  /** Tells of every fact as it is recorded; turns, which are written when they were heard, are not among them. */
  onRecord(task: (fact: TrailFact) => void): void;
  /** Tells the leg; a leg that throws is logged. */
  readonly notify: CallerLeg['notify'];
  phase(): CallPhase;
  /** The engine accepted the session and the trail has begun. */
  begin(): void;
  /** No new turn is to follow: what is being said is the last. */
  close(): void;
  /** Ends the call. Idempotent. */
  end(reason: CallEndReason, detail?: string): void;
  /** Gives everything back without a trail, for a call that never began. */
  abandon(): void;
  /** Runs `task` when a call ends, in the order of registration, before the trail's last event. */
  atEnd(task: () => void): void;
  /** Runs `task` once the call is over, also when it never began. */
  atRelease(task: () => void): void;
  /** Has {@link CallCore.ended} wait for something after that. It must not reject. */
  atLast(wait: () => Promise<void>): void;
  /** Resolves when everything recorded so far is durable. @throws SwitchboardError store_unavailable */
  flush(): Promise<void>;
  readonly ended: Promise<CallEnd>;
}

/** @returns the core of a call that has not begun. */
export function createCallCore(options: StartCallOptions): CallCore {
  const { desk, leg, clock } = options;
  const callId = options.newId('call');
  const log = options.log.with({ callId });
  const spawn = supervised(log);
  const root = new AbortController();
  const ended = Promise.withResolvers<CallEnd>();
  const endTasks: (() => void)[] = [];
  const releaseTasks: (() => void)[] = [];
  const lastWaits: (() => Promise<void>)[] = [];
  let phase: CallPhase = 'opening';

  const notify: typeof leg.notify = (notice) => {
    try {
      leg.notify(notice);
    } catch (thrown) {
      log.warn('leg could not be told', { notice: notice.type, error: messageOf(thrown) });
    }
  };
  const writer = createTrailWriter({
    callId,
    store: options.store,
    clock,
    durable: (event) => notify({ type: 'trail', event }),
    lost: (error) => end('failed', error.message),
  });
  const timeline = createTimeline(clock, (fact) => writer.write(fact));
  const recordTasks: ((fact: TrailFact) => void)[] = [];
  const record = (fact: TrailFact): void => {
    for (const task of recordTasks) task(fact);
    timeline.add(fact);
  };
  /** One part that fails on its way out must not keep the others from theirs. */
  const runAll = (tasks: readonly (() => void)[]): void => {
    for (const task of tasks) {
      try {
        task();
      } catch (thrown) {
        log.error('end of a call', { error: messageOf(thrown) });
      }
    }
  };
  const release = (): void => {
    root.abort(new SwitchboardError('tool_failed', 'The call has ended.'));
    runAll(releaseTasks.splice(0));
  };
  function end(reason: CallEndReason, detail?: string): void {
    if (phase === 'ended') return;
    phase = 'ended';
    spawn('end the call', async () => {
      runAll(endTasks);
      release();
      record({ type: 'call.ended', reason, ...(detail === undefined ? {} : { detail }) });
      await withDeadline(() => writer.flush(), {
        timeoutMs: lastWordsDeadlineMs,
        onTimeout: () =>
          new SwitchboardError('store_unavailable', 'The end of the call was not stored in time.'),
      }).catch((thrown: unknown) => log.error('trail incomplete', { error: messageOf(thrown) }));
      await Promise.all(lastWaits.map((wait) => wait()));
      ended.resolve({ callId, reason, detail });
    });
  }
  return {
    callId,
    desk,
    services: options.services,
    callerNumber: options.callerNumber ?? null,
    outbound: options.outbound ?? null,
    clock,
    log,
    spawn,
    leg,
    signal: root.signal,
    timeline,
    record,
    onRecord: (task) => void recordTasks.push(task),
    notify,
    phase: () => phase,
    begin() {
      if (phase === 'opening') phase = 'live';
    },
    close() {
      if (phase === 'live') phase = 'closing';
    },
    end,
    abandon() {
      phase = 'ended';
      release();
    },
    atEnd: (task) => void endTasks.push(task),
    atRelease: (task) => void releaseTasks.push(task),
    atLast: (wait) => void lastWaits.push(wait),
    flush: () => writer.flush(),
    ended: ended.promise,
  };
}
