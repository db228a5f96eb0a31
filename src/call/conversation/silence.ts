import type { Clock } from '../../lib/index.ts';

/** Since when the caller has heard nothing: neither an agent nor themselves. */
export interface Silence {
  /** Nothing of an agent is to be heard any more. */
  agentFellSilent(): void;
  /**
   * The caller has begun or stopped speaking.
   * @param agoMs how long ago they stopped; an engine waits before it says so. @default 0
   */
  callerSpeaks(speaking: boolean, agoMs?: number): void;
  /** How long it has been, in milliseconds; what was before `sinceMs` (monotonic) does not count. */
  ms(sinceMs: number): number;
}

/** @param isPlaying whether an agent is to be heard now */
export function createSilence(clock: Clock, isPlaying: () => boolean): Silence {
  let lastSoundMs = clock.monotonicMs();
  let callerSpeaking = false;
  return {
    agentFellSilent() {
      lastSoundMs = Math.max(lastSoundMs, clock.monotonicMs());
    },
    callerSpeaks(speaking, agoMs = 0) {
      callerSpeaking = speaking;
      if (!speaking) lastSoundMs = Math.max(lastSoundMs, clock.monotonicMs() - agoMs);
    },
    ms(sinceMs) {
      if (callerSpeaking || isPlaying()) return 0;
      return Math.max(0, clock.monotonicMs() - Math.max(lastSoundMs, sinceMs));
    },
  };
}
