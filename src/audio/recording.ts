import type { Clock } from '../lib/index.ts';
import { concatPcm } from './pcm.ts';
import { writeWav } from './wav.ts';

/** Both sides of one call on one time line. */
export interface Recording {
  /** Audio of the caller as it comes in real time. */
  caller(samples: Int16Array): void;
  /** Audio of the agent as it comes in real time, paced. */
  agent(samples: Int16Array): void;
  /** Drops agent audio that was sent ahead of time but cut off before it was heard. */
  cutAgent(): void;
  /** Stereo PCM 16 bit: caller left, agent right. Ends where the longer side ends. */
  toWav(): Uint8Array;
}

/** Frames come a little early or late; only a gap longer than this is a real pause. */
const toleranceMs = 100;

/**
 * Keeps a call's sound in memory (5.8 MB a minute at 24 kHz).
 *
 * @param options.rateHz rate of both sides. @default 24000
 */
export function createRecording(options: {
  readonly clock: Clock;
  readonly rateHz?: number;
}): Recording {
  const { clock, rateHz = 24_000 } = options;
  const startMs = clock.monotonicMs();
  const caller = createSide();
  const agent = createSide();

  const nowSamples = (): number => Math.round(((clock.monotonicMs() - startMs) * rateHz) / 1_000);

  function createSide() {
    let parts: Int16Array[] = [];
    let length = 0;
    return {
      add: (samples: Int16Array): void => {
        const gap = nowSamples() - length;
        if (gap > (toleranceMs * rateHz) / 1_000) {
          parts.push(new Int16Array(gap));
          length += gap;
        }
        parts.push(samples.slice());
        length += samples.length;
      },
      cut: (): void => {
        if (length <= nowSamples()) return;
        parts = [concatPcm(parts).slice(0, nowSamples())];
        length = nowSamples();
      },
      whole: (): Int16Array => concatPcm(parts),
    };
  }

  return {
    caller: caller.add,
    agent: agent.add,
    cutAgent: agent.cut,
    toWav: () => writeWav({ rateHz, channels: [caller.whole(), agent.whole()] }),
  };
}
