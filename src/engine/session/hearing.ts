import { concatPcm, type Resampler } from '../../audio/index.ts';
import { messageOf, type Spawn } from '../../lib/index.ts';
import { earsRateHz, type Ears, type RecognizerContext, type VoiceDetector } from '../ears/port.ts';
import type { Listening } from './events.ts';
import { createTurnQueue, type TurnResult } from './turn-queue.ts';

/** What is heard. Times count from the first audio received, in milliseconds. */
export type Heard =
  | { readonly type: 'voice_started'; readonly atMs: number }
  | { readonly type: 'voice_stopped'; readonly atMs: number }
  | TurnResult;

/** The ears of one session: from the client's audio to turns and words. */
export interface Hearing extends AsyncDisposable {
  /** Audio at 24 kHz, any length. What it completes is reported before this returns. */
  push(samples: Int16Array): void;
  /** Null: turns are ended by {@link Hearing.bufferedMs} and {@link Hearing.finish} alone. */
  listen(listening: Listening | null): void;
  adapt(context: RecognizerContext): void;
  /** Opens a turn with the audio since `fromMs`. */
  begin(fromMs: number): void;
  /** Audio in the open turn. */
  bufferedMs(): number;
  /** Ends the open turn; its words are reported later. */
  finish(itemId: string): void;
  /** Drops the open turn and what the detector knows of it. */
  clear(): void;
}

/** One look of the detector: 32 ms, so that a boundary is acted on before more audio is taken. */
const windowSamples = 512;
/** Audio kept from before a turn opens: the longest prefix and what the detector takes to notice. */
const keptMs = 6_000;

/** @returns hearing over an engine's ears. The recogniser is made in the background. */
export function createHearing(options: {
  readonly ears: Ears;
  readonly resampler: Resampler;
  readonly spawn: Spawn;
  readonly report: (heard: Heard) => void;
}): Hearing {
  const { ears, resampler, spawn, report } = options;
  const turns = createTurnQueue({ spawn, report });
  const recognizer = ears.recognizer();
  spawn('make a recogniser', async () => {
    try {
      turns.attach(await recognizer);
    } catch (thrown) {
      turns.fail(messageOf(thrown));
      throw thrown;
    }
  });

  let detector: VoiceDetector | null = null;
  /** Where the detector's time began. */
  let detectorStart = 0;
  let position = 0;
  /** The last audio, for the start of a turn. */
  let kept: Int16Array[] = [];
  let keptSamples = 0;

  const toMs = (samples: number): number => (samples * 1_000) / earsRateHz;

  function keep(window: Int16Array): void {
    kept.push(window);
    keptSamples += window.length;
    while (toMs(keptSamples - (kept[0]?.length ?? 0)) > keptMs) {
      keptSamples -= kept.shift()?.length ?? 0;
    }
  }

  function take(window: Int16Array): void {
    position += window.length;
    keep(window);
    turns.push(window);
    if (!detector) {
      if (turns.openMs() === 0) {
        turns.begin();
        turns.push(window);
      }
      return;
    }
    for (const boundary of detector.push(window)) {
      const atMs = toMs(detectorStart) + boundary.atMs;
      if (boundary.type === 'started') report({ type: 'voice_started', atMs });
      else report({ type: 'voice_stopped', atMs: toMs(position) });
    }
  }

  function forget(): void {
    kept = [];
    keptSamples = 0;
  }

  return {
    push(samples) {
      const at16k = resampler.push(samples);
      for (let offset = 0; offset < at16k.length; offset += windowSamples) {
        take(at16k.slice(offset, offset + windowSamples));
      }
    },
    listen(listening) {
      if (listening && detector) detector.configure(listening);
      else {
        turns.cancel();
        detector?.[Symbol.dispose]();
        detector = listening ? ears.detector(listening) : null;
        detectorStart = position;
      }
    },
    adapt(context) {
      spawn('adapt the recogniser', async () => (await recognizer).adapt(context));
    },
    begin(fromMs) {
      turns.begin();
      const wanted = Math.max(0, position - Math.round((fromMs * earsRateHz) / 1_000));
      const all = concatPcm(kept);
      turns.push(all.subarray(Math.max(0, all.length - wanted)));
    },
    bufferedMs: () => turns.openMs(),
    finish: (itemId) => turns.finish(itemId),
    clear() {
      turns.cancel();
      forget();
      detector?.reset();
    },
    async [Symbol.asyncDispose]() {
      detector?.[Symbol.dispose]();
      turns[Symbol.dispose]();
      resampler[Symbol.dispose]();
      await (await recognizer.catch(() => null))?.[Symbol.asyncDispose]();
    },
  };
}
