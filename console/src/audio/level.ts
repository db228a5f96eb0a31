/** How loud a stream is right now. */
export interface LevelProbe {
  /** Root mean square of the last 40 ms or so, 0 to 1. */
  level(): number;
  close(): void;
}

/** Listens in to a stream without playing it. */
export function probeLevel(context: AudioContext, stream: MediaStream): LevelProbe {
  const source = context.createMediaStreamSource(stream);
  const analyser = context.createAnalyser();
  analyser.fftSize = 2_048;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      let sum = 0;
      for (const sample of samples) sum += sample * sample;
      return Math.sqrt(sum / samples.length);
    },
    close: () => source.disconnect(),
  };
}

/**
 * How high a meter stands after one more animation frame, 0 to 1.
 *
 * @param level 0 to 1; speech sits around −25 dBFS, and −50…−10 dBFS are all of the meter
 */
export function moveMeter(before: number, level: number): number {
  const decibels = 20 * Math.log10(Math.max(level, 1e-4));
  const target = Math.max(0, Math.min(1, (decibels + 50) / 40));
  return before + (target - before) * 0.35;
}
