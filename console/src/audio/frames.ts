/** Where the audio thread's two programs are served; a page of another origin has them elsewhere. */
export interface Worklets {
  readonly capture: string;
  readonly playback: string;
}

const rateHz = 24_000;

/** Sound as the call socket has it: PCM16, mono, 24 kHz. */
export interface FrameCapture {
  close(): void;
}

/** Delivers a track's sound in frames of 20 ms; the buffers are the listener's own. */
export async function captureFrames(
  track: MediaStreamTrack,
  options: { readonly worklet: string; readonly onFrame: (frame: ArrayBuffer) => void },
): Promise<FrameCapture> {
  const stream = new MediaStream([track]);
  const context = contextFor(stream);
  await context.audioWorklet.addModule(options.worklet);
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
  node.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => options.onFrame(data);
  context.createMediaStreamSource(stream).connect(node);
  void context.resume();
  return {
    close() {
      node.port.onmessage = null;
      if (context.state !== 'closed') void context.close();
    },
  };
}

/** 24 kHz where the browser can join it to a microphone of another rate, else the device's rate. */
function contextFor(stream: MediaStream): AudioContext {
  const context = new AudioContext({ sampleRate: rateHz });
  try {
    context.createMediaStreamSource(stream).disconnect();
    return context;
  } catch {
    void context.close();
    return new AudioContext();
  }
}

/** Turns frames back into a stream. */
export interface FramePlayer {
  readonly stream: MediaStream;
  /** Queues one frame. The buffer is handed over. */
  play(frame: ArrayBuffer): void;
  /** Silence, at once. */
  clear(): void;
  close(): void;
}

/** Opens a player of frames. */
export async function openFramePlayer(worklet: string): Promise<FramePlayer> {
  const context = new AudioContext({ sampleRate: rateHz, latencyHint: 'interactive' });
  await context.audioWorklet.addModule(worklet);
  const node = new AudioWorkletNode(context, 'playback', {
    numberOfInputs: 0,
    outputChannelCount: [1],
  });
  const output = context.createMediaStreamDestination();
  node.connect(output);
  void context.resume();
  return {
    stream: output.stream,
    play: (frame) => node.port.postMessage(frame, [frame]),
    clear: () => node.port.postMessage('clear'),
    close() {
      if (context.state !== 'closed') void context.close();
    },
  };
}
