import { frameSamples, playoutRateHz } from '../../audio/index.ts';
import type { Clock } from '../../lib/index.ts';

const frameMs = (frameSamples / playoutRateHz) * 1000;

/** A microphone that hears what it is given, and silence in between. */
export interface Microphone extends Disposable {
  /** Plays samples (24 kHz mono) behind what is playing already; resolves when the last was heard. */
  play(samples: Int16Array): Promise<void>;
}

/**
 * Sends a frame of 20 ms every 20 ms, like a real microphone: late timers catch up, so the stream
 * keeps real time.
 *
 * @param options.send takes one frame of 480 samples, its own from then on. Must not throw.
 */
export function openMicrophone(options: {
  readonly clock: Clock;
  readonly send: (frame: Int16Array) => void;
}): Microphone {
  const { clock, send } = options;
  const startMs = clock.monotonicMs();
  let queue: { samples: Int16Array; readonly done: () => void }[] = [];
  let sent = 0;
  let cancel = clock.setTimer(frameMs, tick);

  function tick(): void {
    const due = Math.floor((clock.monotonicMs() - startMs) / frameMs);
    while (sent < due) {
      sent += 1;
      send(nextFrame());
    }
    const nextAtMs = startMs + (sent + 1) * frameMs;
    cancel = clock.setTimer(Math.max(0, nextAtMs - clock.monotonicMs()), tick);
  }

  function nextFrame(): Int16Array {
    const frame = new Int16Array(frameSamples);
    let filled = 0;
    for (let head = queue[0]; head && filled < frameSamples; head = queue[0]) {
      const part = head.samples.subarray(0, frameSamples - filled);
      frame.set(part, filled);
      filled += part.length;
      head.samples = head.samples.subarray(part.length);
      if (head.samples.length > 0) break;
      head.done();
      queue.shift();
    }
    return frame;
  }

  return {
    play: (samples) => new Promise((done) => queue.push({ samples, done })),
    [Symbol.dispose]() {
      cancel();
      for (const waiting of queue) waiting.done();
      queue = [];
    },
  };
}
