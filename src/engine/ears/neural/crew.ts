import { concatPcm } from '../../../audio/index.ts';
import { messageOf, SwitchboardError, type Clock, type Log } from '../../../lib/index.ts';
import { earsRateHz, type Transcript, type Utterance } from '../port.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/**
 * The part of a worker thread that a crew uses; `Worker` of `node:worker_threads` fits. It is asked to
 * end, never made to: the native library ends the process when its thread goes while it decodes.
 */
export interface CrewWorker {
  postMessage(message: ToWorker, transfer: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (message: FromWorker) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** What a {@link Crew} is made of. */
export interface CrewOptions {
  readonly start: () => CrewWorker;
  readonly size: number;
  /** Audio is handed over in pieces of this length; infinite: a whole turn at its end. */
  readonly pieceSamples: number;
  /** Turns that one worker finishes at once. */
  readonly atOnce: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Worker threads with a model each, which many turns share. */
export interface Crew extends AsyncDisposable {
  /** @param onPartial told the words so far when they change, until `finish` or `cancel`. */
  begin(onPartial?: (text: string) => void): Utterance;
  /** Turns that are open or being finished. */
  busy(): number;
  /** Resolves when one worker is ready. @throws SwitchboardError speech_failed when it cannot start */
  ready(): Promise<void>;
}

/** Turns that may wait for a worker to have a hand free. */
const mostWaiting = 16;
/** Sound that a worker may lag behind, all its turns together: 20 s. */
const mostLagSamples = 20 * earsRateHz;
/** A worker that takes longer to finish a turn hangs. */
const finishWithinMs = 15_000;
/** How long a worker may take to end when all is closed. */
const endWithinMs = 5_000;
/** A worker that could not start is not started again before. */
const restartAfterMs = 5_000;

interface Turn {
  readonly id: number;
  member: Member | null;
  state: 'open' | 'waiting' | 'finishing' | 'over';
  readonly onPartial: ((text: string) => void) | undefined;
  pieces: Int16Array[];
  kept: number;
  readonly result: PromiseWithResolvers<Transcript>;
  cancelTimer: () => void;
}

interface Member {
  readonly worker: CrewWorker;
  isReady: boolean;
  lagSamples: number;
  readonly turns: Map<number, Turn>;
}

/**
 * A worker that dies fails the turns it has and is replaced; one that died before it was ready is
 * tried again after a while.
 */
export function createCrew(options: CrewOptions): Crew {
  const { start, size, pieceSamples, atOnce, clock, log } = options;
  let members: Member[] = [];
  let waiting: Turn[] = [];
  let lastId = 0;
  let closed = false;
  const firstReady = Promise.withResolvers<undefined>();
  firstReady.promise.catch(() => undefined); // whoever waits for it is told
  const restarts = new Set<() => void>();

  function hire(): void {
    if (closed || members.length >= size) return;
    const member: Member = { worker: start(), isReady: false, lagSamples: 0, turns: new Map() };
    let reason = 'its thread ended';
    members.push(member);
    member.worker.on('message', (message) => receive(member, message));
    member.worker.on('error', (error) => (reason = messageOf(error)));
    member.worker.on('exit', () => lose(member, reason));
  }

  function receive(member: Member, message: FromWorker): void {
    if (message.type === 'ready') {
      member.isReady = true;
      firstReady.resolve(undefined);
      return;
    }
    const turn = member.turns.get(message.id);
    if (message.type === 'heard') {
      member.lagSamples -= message.samples;
      if (message.text !== undefined && turn?.state === 'open') turn.onPartial?.(message.text);
      return;
    }
    if (!turn) return;
    if (message.type === 'done') settle(turn, message.transcript);
    else settle(turn, failed(message.message));
  }

  function lose(member: Member, reason: string): void {
    if (!members.includes(member)) return;
    members = members.filter((other) => other !== member);
    if (closed) return;
    log.warn('a hearing thread died', { reason });
    const error = failed(reason);
    for (const turn of member.turns.values()) settle(turn, error);
    if (member.isReady) {
      hire();
      return;
    }
    firstReady.reject(error);
    const cancel = clock.setTimer(restartAfterMs, () => {
      restarts.delete(cancel);
      hire();
    });
    restarts.add(cancel);
  }

  /** Ends a turn for good; nobody may be waiting for it. */
  function settle(turn: Turn, outcome: Transcript | SwitchboardError): void {
    turn.state = 'over';
    turn.cancelTimer();
    turn.pieces = [];
    turn.member?.turns.delete(turn.id);
    waiting = waiting.filter((other) => other !== turn);
    turn.result.promise.catch(() => undefined);
    if (outcome instanceof SwitchboardError) turn.result.reject(outcome);
    else turn.result.resolve(outcome);
    next();
  }

  function next(): void {
    const turn = waiting[0];
    const member = turn && freeMember(turn);
    if (!turn || !member) return;
    waiting.shift();
    conclude(turn, member);
    next();
  }

  /** The worker that has the turn, or any with a hand free. */
  function freeMember(turn: Turn): Member | null {
    const candidates = turn.member ? [turn.member] : byLoad();
    const hands = (member: Member): number =>
      [...member.turns.values()].filter(({ state }) => state === 'finishing').length;
    return candidates.find((member) => hands(member) < atOnce) ?? null;
  }

  const byLoad = (): readonly Member[] =>
    members.toSorted((one, other) => one.turns.size - other.turns.size);

  function conclude(turn: Turn, member: Member): void {
    turn.state = 'finishing';
    hand(turn, member);
    member.worker.postMessage({ type: 'finish', id: turn.id }, []);
    turn.cancelTimer = clock.setTimer(finishWithinMs, () => {
      lose(member, `no answer within ${finishWithinMs} ms`);
      member.worker.postMessage({ type: 'close' }, []);
    });
  }

  /** Gives a worker what it has not had yet. */
  function hand(turn: Turn, member: Member): void {
    turn.member = member;
    member.turns.set(turn.id, turn);
    if (turn.kept === 0) return;
    const samples = Int16Array.from(concatPcm(turn.pieces));
    turn.pieces = [];
    turn.kept = 0;
    member.lagSamples += samples.length;
    member.worker.postMessage({ type: 'push', id: turn.id, samples }, [samples.buffer]);
  }

  function push(turn: Turn, samples: Int16Array): void {
    if (turn.state !== 'open') return;
    turn.pieces.push(samples.slice());
    turn.kept += samples.length;
    if (turn.kept < pieceSamples) return;
    const member = turn.member ?? byLoad()[0];
    if (!member) return; // it is kept until there is one
    hand(turn, member);
    if (member.lagSamples <= mostLagSamples) return;
    member.worker.postMessage({ type: 'cancel', id: turn.id }, []);
    settle(turn, failed('more callers speak than this machine can follow'));
  }

  function finish(turn: Turn): Promise<Transcript> {
    if (turn.state !== 'open') return turn.result.promise;
    if (closed || members.length === 0) settle(turn, failed('no worker is there'));
    else if (waiting.length >= mostWaiting) settle(turn, failed('too many turns wait already'));
    else {
      turn.state = 'waiting';
      waiting.push(turn);
      next();
    }
    return turn.result.promise;
  }

  function cancel(turn: Turn): void {
    if (turn.state === 'over') return;
    turn.member?.worker.postMessage({ type: 'cancel', id: turn.id }, []);
    settle(turn, { text: '', confidence: 0 });
  }

  /** Resolves when a worker has ended, or takes too long over what it is at. */
  function dismissed(member: Member): Promise<void> {
    return new Promise((resolve) => {
      const cancelTimer = clock.setTimer(endWithinMs, resolve);
      member.worker.on('exit', () => {
        cancelTimer();
        resolve();
      });
      member.worker.postMessage({ type: 'close' }, []);
    });
  }

  for (let count = 0; count < size; count += 1) hire();

  return {
    begin(onPartial) {
      const turn: Turn = {
        id: ++lastId,
        member: null,
        state: 'open',
        onPartial,
        pieces: [],
        kept: 0,
        result: Promise.withResolvers<Transcript>(),
        cancelTimer: () => undefined,
      };
      return {
        push: (samples) => push(turn, samples),
        finish: () => finish(turn),
        cancel: () => cancel(turn),
      };
    },
    busy: () => waiting.length + members.reduce((sum, { turns }) => sum + turns.size, 0),
    ready: () => firstReady.promise,
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      const error = failed('it was closed');
      firstReady.reject(error);
      for (const stop of restarts) stop();
      for (const turn of [...waiting, ...members.flatMap(({ turns }) => [...turns.values()])]) {
        settle(turn, error);
      }
      await Promise.all(members.map((member) => dismissed(member)));
    },
  };
}

function failed(reason: string): SwitchboardError {
  return new SwitchboardError('speech_failed', `The recogniser failed: ${reason}.`);
}
