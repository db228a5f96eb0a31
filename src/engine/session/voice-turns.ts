import { earsRateHz, type Ears, type VoiceDetector } from '../ears/port.ts';
import type { Listening } from './events.ts';
import { createOnset, measure } from './onset.ts';
import { pauseMs, silenceAfter, type TurnSoFar } from './turn-end.ts';

/** The caller began or finished a turn. Milliseconds from the first audio received. */
export type TurnBoundary =
  | { readonly type: 'started'; readonly atMs: number }
  /** `spokenMs`: from the first sound to the last. */
  | { readonly type: 'stopped'; readonly atMs: number; readonly spokenMs: number };

/** Finds a caller's turns in their sound. */
export interface VoiceTurns extends Disposable {
  /** One look: at most 32 ms of audio at 16 kHz. */
  push(window: Int16Array): readonly TurnBoundary[];
  configure(listening: Listening): void;
  /** Forgets what was heard; time goes on. */
  reset(): void;
}

/** A sound that goes on while the pause is over by the count is waited for this long, until it is known. */
const riseMs = 130;
/** How loud a sound has to be for that, against the turn's loudest. */
const riseLevel = 0.2;

type Phase =
  | { readonly name: 'silent' }
  /** Something is heard while the agent speaks, and is not yet known to be speech. */
  | { readonly name: 'held'; readonly startMs: number }
  | { readonly name: 'speaking'; readonly startMs: number }
  | { readonly name: 'pausing'; readonly startMs: number; readonly sinceMs: number };

/**
 * @param options.isAgentHeard whether the caller hears the agent now
 * @param options.soFar what the turn under way is judged by
 */
export function createVoiceTurns(options: {
  readonly ears: Ears;
  readonly listening: Listening;
  /** Audio received before, in milliseconds: where time begins. */
  readonly startMs: number;
  readonly isAgentHeard: () => boolean;
  readonly soFar: () => TurnSoFar;
}): VoiceTurns {
  const { ears, isAgentHeard, soFar } = options;
  let { listening, startMs: originMs } = options;
  let nowMs = originMs;
  let phase: Phase = { name: 'silent' };
  let onset = createOnset();
  let loudest = 0;
  const detector: VoiceDetector = ears.detector(settingsOf(listening));

  function begin(startMs: number): TurnBoundary {
    phase = { name: 'speaking', startMs };
    return { type: 'started', atMs: startMs };
  }

  function end(startMs: number, lastMs: number): TurnBoundary {
    phase = { name: 'silent' };
    loudest = 0;
    return { type: 'stopped', atMs: nowMs, spokenMs: lastMs - startMs };
  }

  function onStarted(atMs: number): TurnBoundary | null {
    if (phase.name === 'pausing') {
      phase = { name: 'speaking', startMs: phase.startMs };
      return null;
    }
    if (listening.by === 'words' && isAgentHeard() && !onset.isSpeech(nowMs - atMs)) {
      phase = { name: 'held', startMs: atMs };
      return null;
    }
    return begin(atMs);
  }

  function onStopped(lastMs: number): TurnBoundary | null {
    if (phase.name === 'held') phase = { name: 'silent' };
    if (phase.name !== 'speaking') return null;
    if (listening.by === 'silence') return end(phase.startMs, lastMs);
    phase = { name: 'pausing', startMs: phase.startMs, sinceMs: lastMs };
    return null;
  }

  /** What time alone brings about. */
  function onTime(level: number): TurnBoundary | null {
    if (phase.name === 'held' && onset.isSpeech(nowMs - phase.startMs)) return begin(phase.startMs);
    if (phase.name !== 'pausing') return null;
    const patienceMs =
      listening.by === 'words' ? silenceAfter(soFar(), listening.eagerness) : listening.silenceMs;
    const overMs = nowMs - phase.sinceMs - patienceMs;
    const rises = level > loudest * riseLevel && overMs < riseMs;
    return overMs >= 0 && !rises ? end(phase.startMs, phase.sinceMs) : null;
  }

  return {
    push(window) {
      nowMs += (window.length * 1_000) / earsRateHz;
      const { level } = onset.push(measure(window));
      const found: TurnBoundary[] = [];
      for (const { type, atMs } of detector.push(window)) {
        const at = originMs + atMs;
        const boundary = type === 'started' ? onStarted(at) : onStopped(at);
        if (boundary) found.push(boundary);
      }
      if (phase.name === 'speaking') loudest = Math.max(loudest, level);
      const late = onTime(level);
      if (late) found.push(late);
      return found;
    },
    configure(next) {
      listening = next;
      detector.configure(settingsOf(next));
    },
    reset() {
      detector.reset();
      originMs = nowMs;
      phase = { name: 'silent' };
      onset = createOnset();
      loudest = 0;
    },
    [Symbol.dispose]: () => detector[Symbol.dispose](),
  };
}

function settingsOf(listening: Listening): {
  readonly threshold: number;
  readonly silenceMs: number;
} {
  const { threshold } = listening;
  return { threshold, silenceMs: listening.by === 'words' ? pauseMs : listening.silenceMs };
}
