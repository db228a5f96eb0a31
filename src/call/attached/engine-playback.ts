import type { Clock } from '../../lib/index.ts';

/**
 * What an engine plays to a caller by itself, as far as it tells: the audio does not pass through us.
 *
 * A response counts as playing from its first words until the engine says that it was heard to its end
 * or cut, so that no call is thought quiet between a text that is written and its sound.
 *
 * @see https://platform.openai.com/docs/guides/realtime-conversations "Client and server events for audio in WebRTC"
 */
export interface EnginePlayback {
  /** There is something to be heard of a response. Of no effect once it is over. */
  expect(responseId: string): void;
  /** The engine has nothing to add to a response. */
  written(responseId: string): void;
  /** The engine plays it from now on; what it played before is over. */
  started(responseId: string): void;
  /** It was heard to its end, or cut. */
  over(responseId: string): void;
  /** Whatever is played or to be played is no more. */
  clear(): void;
  /** Something is being heard, or is to be. */
  isPlaying(): boolean;
  /** Something is being heard. */
  isAudible(): boolean;
  isOver(responseId: string): boolean;
  /** It is to be heard, and has not begun to be. */
  isOwed(responseId: string): boolean;
  /** How long a response has been heard, as the engine's own events tell. 0 before its start. */
  heardMs(responseId: string): number;
  /** Resolves when nothing is playing any more. */
  drained(): Promise<void>;
  close(): void;
}

/** What it needs of its call. */
export interface EnginePlaybackHost {
  readonly clock: Clock;
  /** A response was over, or began, in whatever way. */
  changed(): void;
  /** The engine never said that it plays a response whose words it had written. */
  unheard(responseId: string): void;
}

/** An engine begins to play well before it has written everything; this long after, it will not. */
const startOverdueMs = 5_000;

interface Played {
  startedMs: number | null;
  heardMs: number;
  isOver: boolean;
  cancelOverdue: () => void;
}

/** @returns the playback of a call in which nothing was said. */
export function createEnginePlayback({
  clock,
  changed,
  unheard,
}: EnginePlaybackHost): EnginePlayback {
  const responses = new Map<string, Played>();
  const waiting: (() => void)[] = [];

  const of = (responseId: string): Played => {
    const played = responses.get(responseId) ?? {
      startedMs: null,
      heardMs: 0,
      isOver: false,
      cancelOverdue: () => undefined,
    };
    responses.set(responseId, played);
    return played;
  };
  const pending = (): [string, Played][] => [...responses].filter(([, { isOver }]) => !isOver);
  const soundOf = ({ startedMs, heardMs, isOver }: Played): number =>
    startedMs === null || isOver ? heardMs : clock.monotonicMs() - startedMs;
  const finish = (played: Played): void => {
    if (played.isOver) return;
    played.cancelOverdue();
    played.heardMs = soundOf(played);
    played.isOver = true;
  };
  const settle = (): void => {
    if (pending().length === 0) for (const resolve of waiting.splice(0)) resolve();
    changed();
  };
  return {
    expect(responseId) {
      if (responses.has(responseId)) return;
      of(responseId);
      changed();
    },
    written(responseId) {
      const played = responses.get(responseId);
      if (!played || played.isOver || played.startedMs !== null) return;
      played.cancelOverdue();
      played.cancelOverdue = clock.setTimer(startOverdueMs, () => {
        finish(played);
        unheard(responseId);
        settle();
      });
    },
    started(responseId) {
      const played = of(responseId);
      if (played.isOver || played.startedMs !== null) return;
      for (const [, other] of pending()) if (other.startedMs !== null) finish(other);
      played.cancelOverdue();
      played.startedMs = clock.monotonicMs();
      settle();
    },
    over(responseId) {
      finish(of(responseId));
      settle();
    },
    clear() {
      for (const [, played] of pending()) finish(played);
      settle();
    },
    isPlaying: () => pending().length > 0,
    isAudible: () => pending().some(([, { startedMs }]) => startedMs !== null),
    isOwed(responseId) {
      const played = responses.get(responseId);
      return played !== undefined && !played.isOver && played.startedMs === null;
    },
    isOver: (responseId) => responses.get(responseId)?.isOver ?? false,
    heardMs(responseId) {
      const played = responses.get(responseId);
      return played ? soundOf(played) : 0;
    },
    drained: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (pending().length === 0) for (const done of waiting.splice(0)) done();
      }),
    close() {
      for (const { cancelOverdue } of responses.values()) cancelOverdue();
    },
  };
}
