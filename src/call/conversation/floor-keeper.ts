import type { Clock } from '../../lib/index.ts';
import { idleFloor, isBusy, stepFloor, type FloorEvent } from './floor.ts';
import type { CallerLeg } from '../ports.ts';
import { changesOnly, statusFrom } from './status.ts';

/** Keeps track of who has the floor and tells the leg when that changes. */
export interface FloorKeeper {
  move(event: FloorEvent): void;
  callerSpeaks(speaking: boolean): void;
  /** The caller speaks, or has spoken and the engine is about to answer by itself. */
  callerHasFloor(): boolean;
  /** A response is under way or asked for. */
  isSpeaking(): boolean;
  /** Responses under way. */
  active(): ReadonlySet<string>;
  /** Looks again once what is happening now has happened. */
  refresh(): void;
  close(): void;
}

/** What the floor is judged by. */
export interface FloorHost {
  readonly clock: Clock;
  readonly leg: Pick<CallerLeg, 'isPlaying' | 'notify'>;
  /** A tool runs, or a handoff is under way. */
  isWorking(): boolean;
  activeAgent(): string;
  /** Nobody speaks and no response is under way; the caller may. */
  quiet(): void;
}

/** A caller's turn that gets no response by then was noise to the engine. */
const answerOverdueMs = 2_000;

/** @returns the floor of a call in which nobody has spoken yet. */
export function createFloorKeeper(host: FloorHost): FloorKeeper {
  const { clock, leg } = host;
  const tell = changesOnly((status) => leg.notify(status));
  let floor = idleFloor;
  let callerSpeaking = false;
  let closed = false;
  let pending = false;
  let cancelOverdue = (): void => undefined;

  const look = (): void => {
    pending = false;
    if (closed) return;
    const playing = leg.isPlaying();
    const working = host.isWorking();
    const busy = isBusy(floor) || working;
    tell(statusFrom({ playing, busy, callerSpeaking, activeAgent: host.activeAgent() }));
    if (!playing && !working && floor.active.size === 0) host.quiet();
  };
  const refresh = (): void => {
    if (pending) return;
    pending = true;
    queueMicrotask(look);
  };
  const move = (event: FloorEvent): void => {
    floor = stepFloor(floor, event);
    cancelOverdue();
    if (floor.answerDue && !closed) {
      cancelOverdue = clock.setTimer(answerOverdueMs, () => move({ type: 'answer_overdue' }));
    }
    refresh();
  };
  return {
    move,
    callerSpeaks(speaking) {
      callerSpeaking = speaking;
      refresh();
    },
    callerHasFloor: () => callerSpeaking || floor.answerDue,
    isSpeaking: () => floor.active.size > 0 || floor.sent || floor.held.length > 0,
    active: () => floor.active,
    refresh,
    close() {
      closed = true;
      cancelOverdue();
    },
  };
}
