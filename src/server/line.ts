import type {
  CallOpening,
  LegAbilities,
  TakeCall,
  TakeCallResult,
  TextModel,
  TrailStore,
} from '../call/ports.ts';
import type { Desk, DeskRegistry } from '../desk/index.ts';
import {
  messageOf,
  SwitchboardError,
  type Clock,
  type ErrorCode,
  type Log,
  type NewId,
} from '../lib/index.ts';
import type { TrailEvent } from '../protocol/index.ts';
import type { Apologies } from './apology.ts';
import { wireHearing } from './hearing.ts';
import type { HeldCall, Hearing, OpenStore, RunningEngine, StartCall } from './parts.ts';

/** Everything that must be there for a call to be taken. */
export interface OpenLine {
  readonly desks: Pick<DeskRegistry, 'current'>;
  /** Desk for calls that name none. @throws SwitchboardError desk_not_found */
  readonly defaultDesk: () => string;
  readonly engine: RunningEngine;
  readonly store: OpenStore;
  readonly startCall: StartCall;
}

/** The calls of this server. */
export interface Line {
  readonly take: TakeCall;
  /** Calls held right now. */
  activeCalls(): number;
  /** One of them. */
  find(callId: string): HeldCall | undefined;
  /** What can be done with the audio of one of them. */
  abilities(callId: string): LegAbilities | undefined;
  /** False while as many calls are held as may be. */
  hasRoom(): boolean;
  /** Why no call would be taken right now, as far as that is known without trying; counted as a refusal. */
  refusal(): Refusal<'busy' | 'not_ready'> | null;
  /** True once {@link Line.stop} was called. */
  isStopping(): boolean;
  /**
   * Takes no more calls and ends those that are held as `server_stopped`.
   * Resolves when all have ended, or after `withinMs`.
   */
  stop(withinMs: number): Promise<void>;
}

/** Why a call was not taken. */
interface Refusal<Code extends ErrorCode> {
  readonly ok: false;
  readonly code: Code;
  readonly message: string;
}

/** What a line works with. */
export interface LineOptions {
  /** What is there now; null while something is still missing. */
  readonly open: () => OpenLine | null;
  /** Why {@link LineOptions.open} is null, in one sentence. */
  readonly missing: () => string;
  readonly maxCalls: number;
  readonly apologies: Apologies;
  readonly textModel: TextModel | null;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Told of every durable event. */
  readonly onEvent: (desk: string, event: TrailEvent) => void;
  readonly onRefused: (code: ErrorCode) => void;
}

/** @returns a line that takes calls from any channel. */
export function createLine(options: LineOptions): Line {
  const { log, clock } = options;
  const calls = new Set<HeldCall>();
  const abilities = new Map<string, LegAbilities>();
  let beginning = 0;
  const stopped = new AbortController();
  const hasRoom = (): boolean => calls.size + beginning < options.maxCalls;
  const isStopping = (): boolean => stopped.signal.aborted;

  function refuse<Code extends ErrorCode>(code: Code, message: string): Refusal<Code> {
    options.onRefused(code);
    log.info('call refused', { code });
    return { ok: false, code, message };
  }

  /** The desk as its files are now: a call begins with what was last saved, and keeps it. */
  async function findDesk(
    line: OpenLine,
    name: string | undefined,
  ): Promise<Desk | TakeCallResult> {
    try {
      return await line.desks.current(name ?? line.defaultDesk());
    } catch (thrown) {
      const code = thrown instanceof SwitchboardError ? thrown.code : 'desk_not_found';
      return refuse(code, messageOf(thrown));
    }
  }

  function refusal(): Refusal<'busy' | 'not_ready'> | null {
    if (isStopping()) return refuse('not_ready', 'The server is stopping. Call again in a moment.');
    if (!options.open()) return refuse('not_ready', options.missing());
    return hasRoom() ? null : refuse('busy', 'All lines are taken. Call again in a moment.');
  }

  const take: TakeCall = async (request) => {
    const line = options.open();
    const early = refusal();
    if (early || !line) return early ?? refuse('not_ready', options.missing());
    const desk = await findDesk(line, request.desk);
    if ('ok' in desk) return desk;
    // Nothing is waited for from here until the call counts as one that begins.
    const late = refusal();
    if (late) return late;
    beginning += 1;
    const signal = AbortSignal.any([request.signal, stopped.signal]);
    const excuse = async (code: ErrorCode, message: string): Promise<TakeCallResult> => {
      await options.apologies.say(code, { desk, leg: request.leg, signal });
      return refuse(code, message);
    };
    try {
      if (!line.store.isUp()) return await excuse('store_unavailable', options.missing());
      const engine = line.engine.state();
      if (!engine.ok) return await excuse('engine_unavailable', engine.message);
      const call = await line.startCall({
        desk,
        engine: engine.endpoint,
        leg: request.leg,
        store: observed(line.store.trail, (event) => options.onEvent(desk.name, event)),
        services: {
          ...line.store.services,
          operators: request.operators ?? null,
          textModel: options.textModel,
        },
        ...(request.attachTo === undefined ? {} : { attachTo: request.attachTo }),
        ...(request.callerNumber === undefined ? {} : { callerNumber: request.callerNumber }),
        ...(request.outbound === undefined ? {} : { outbound: request.outbound }),
        ...(request.recording === undefined ? {} : { recording: request.recording }),
        clock,
        newId: options.newId,
        log,
        signal,
      });
      calls.add(call);
      abilities.set(call.id, request.leg.can);
      void call.ended.finally(() => {
        calls.delete(call);
        abilities.delete(call.id);
      });
      if (isStopping()) call.hangUp('server_stopped');
      return { ok: true, call, opening: openingOf(desk, engine.hearing) };
    } catch (thrown) {
      if (request.signal.aborted) throw thrown; // the caller left; nobody is there to be told
      log.warn('call did not begin', { error: messageOf(thrown) });
      if (thrown instanceof SwitchboardError) return await excuse(thrown.code, thrown.message);
      throw thrown;
    } finally {
      beginning -= 1;
    }
  };

  return {
    take,
    activeCalls: () => calls.size,
    find: (callId) => [...calls].find(({ id }) => id === callId),
    abilities: (callId) => abilities.get(callId),
    hasRoom,
    refusal,
    isStopping,
    async stop(withinMs) {
      stopped.abort(new SwitchboardError('not_ready', 'The server is stopping.'));
      const ending = [...calls].map((call) => {
        call.hangUp('server_stopped');
        return call.ended;
      });
      let cancel = (): void => undefined;
      const deadline = new Promise<void>((resolve) => {
        cancel = clock.setTimer(withinMs, resolve);
      });
      await Promise.race([Promise.allSettled(ending), deadline]);
      cancel();
    },
  };
}

function openingOf(desk: Desk, hearing: Hearing): CallOpening {
  const targets = [...Object.entries(desk.agents), ...Object.entries(desk.people ?? {})];
  const labels = targets.map(([name, { label }]) => [name, label]);
  return {
    desk: { name: desk.name, title: desk.title },
    agents: Object.fromEntries(labels) as Record<string, string>, // fromEntries forgets the value type
    hearing: wireHearing(hearing),
  };
}

/** The same store; tells `onEvent` of each event once it is durable. */
function observed(store: TrailStore, onEvent: (event: TrailEvent) => void): TrailStore {
  return {
    async append(events) {
      await store.append(events);
      for (const event of events) onEvent(event);
    },
    read: (callId, range) => store.read(callId, range),
    listCalls: (range) => store.listCalls(range),
  };
}
