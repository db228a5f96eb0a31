import playbackUrl from './playback.worklet.ts?worker&url';

/** Plays what the server sends. */
export interface Speaker {
  /** Queues one frame: PCM16 mono, 24 kHz. The buffer is handed over. */
  play(frame: ArrayBuffer): void;
  /** Silence, at once. */
  clear(): void;
  close(): void;
}

/**
 * Opens the loudspeaker. Must follow a click, or browsers keep the context suspended.
 *
 * @param onLevel gets the level being played, 0 to 1, twenty times a second.
 */
export async function openSpeaker(onLevel: (level: number) => void): Promise<Speaker> {
  const context = new AudioContext({ sampleRate: 24_000, latencyHint: 'interactive' });
  await context.audioWorklet.addModule(playbackUrl);
  const node = new AudioWorkletNode(context, 'playback', {
    numberOfInputs: 0,
    outputChannelCount: [1],
  });
  node.port.onmessage = ({ data }: MessageEvent<number>) => onLevel(data);
  node.connect(context.destination);
  await context.resume();
  return {
    play: (frame) => node.port.postMessage(frame, [frame]),
    clear: () => node.port.postMessage('clear'),
    close() {
      node.port.onmessage = null;
      if (context.state !== 'closed') void context.close();
    },
  };
}
