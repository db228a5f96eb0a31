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
