import { AudioPiece, formatFacts, type AudioFormat } from '../audio/index.ts';
import { createBudget, type Clock } from '../lib/index.ts';

/** Bounds of what is taken from a caller's line. */
export interface CallerAudioLimits {
  /** Audio kept until somebody listens; what is older is dropped. @default 2000 */
  readonly earlyAudioMs: number;
  /** Audio let through at once beyond real time; in the long run a quarter more than real time is. @default 2000 */
  readonly audioBurstMs: number;
  /** Silence put in for what is missing, at once and in each span of as long. @default 10000 */
  readonly paddingMs: number;
}

/** Defaults of {@link CallerAudioLimits}. */
export const callerAudioDefaults: CallerAudioLimits = {
  earlyAudioMs: 2_000,
  audioBurstMs: 2_000,
  paddingMs: 10_000,
};

/** What comes from the caller, made continuous: frames that went missing become silence. */
export interface CallerAudio {
  /** @param atMs place on the stream's clock; null: right behind the audio before it */
  take(audio: AudioPiece, atMs: number | null): void;
  /** Gives what was kept, and from now on everything at once. */
  listen(listener: (audio: AudioPiece) => void): void;
}

/** Clocks of carriers are as exact as their frames; less than half a frame is no gap. */
const smallestGapMs = 10;
const longestSilenceMs = 1_000;

/**
 * An engine counts time by the audio it gets: without the silence in place of what a network lost, its
 * times run behind those of the call. What a far end claims to have lost is believed only as far as it
 * could be true.
 */
export function createCallerAudio(options: {
  readonly clock: Clock;
  readonly format: AudioFormat;
  /** Told of audio that was dropped. */
  readonly dropped: (reason: 'audio_too_fast' | 'audio_too_early') => void;
  readonly limits?: Partial<CallerAudioLimits>;
}): CallerAudio {
  const { clock, format, dropped } = options;
  const limits = { ...callerAudioDefaults, ...options.limits };
  const audioMs = createBudget({ clock, perSecond: 1_250, burst: limits.audioBurstMs });
  const paddingMs = createBudget({ clock, perSecond: 1_000, burst: limits.paddingMs });
  const early: AudioPiece[] = [];
  let earlyMs = 0;
  let listener: ((audio: AudioPiece) => void) | null = null;
  /** Where the next audio is due on the stream's clock. */
  let dueMs: number | null = null;

  function give(audio: AudioPiece): void {
    if (listener) {
      listener(audio);
      return;
    }
    early.push(audio);
    earlyMs += audio.ms;
    for (let first = early[0]; first && earlyMs > limits.earlyAudioMs; first = early[0]) {
      early.shift();
      earlyMs -= first.ms;
      dropped('audio_too_early');
    }
  }

  function pad(gapMs: number): void {
    let leftMs = paddingMs.spendUpTo(Math.min(gapMs, limits.paddingMs));
    for (; leftMs >= 1; leftMs -= longestSilenceMs) give(silence(format, leftMs));
  }

  return {
    take(audio, atMs) {
      if (!audioMs.spend(audio.ms)) {
        dropped('audio_too_fast');
        dueMs = null; // nothing went missing on the way: it was too much
        return;
      }
      if (atMs !== null) {
        if (dueMs !== null && atMs - dueMs >= smallestGapMs) pad(atMs - dueMs);
        dueMs = atMs + audio.ms;
      } else if (dueMs !== null) {
        dueMs += audio.ms;
      }
      give(audio);
    },
    listen(next) {
      listener = next;
      earlyMs = 0;
      for (const audio of early.splice(0)) next(audio);
    },
  };
}

function silence(format: AudioFormat, ms: number): AudioPiece {
  const { bytesPerMs, silence: byte } = formatFacts[format];
  const samplesMs = Math.floor(Math.min(ms, longestSilenceMs));
  return AudioPiece.ofBytes(format, new Uint8Array(samplesMs * bytesPerMs).fill(byte));
}
