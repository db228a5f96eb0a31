import captureUrl from './capture.worklet.ts?worker&url';

/** Why there is no microphone, in words for the person on the page. */
export interface MicrophoneRefusal {
  readonly ok: false;
  readonly reason: 'blocked' | 'absent' | 'insecure' | 'failed';
  readonly message: string;
}

/** An open microphone. */
export interface Microphone {
  readonly ok: true;
  /** Stops capture and lets the browser's recording light go out. Idempotent. */
  close(): void;
}

/**
 * Asks for the microphone and delivers 20 ms frames (PCM16 mono, 24 kHz).
 *
 * @param onFrame gets each frame and its level (0 to 1).
 */
export async function openMicrophone(
  onFrame: (frame: ArrayBuffer, level: number) => void,
): Promise<Microphone | MicrophoneRefusal> {
  // Absent at run time on plain http origins, whatever the DOM types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices)
    return refuse(
      'insecure',
      'Browsers give the microphone only to https pages and to localhost. You can type instead.',
    );
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({
      audio: {
        channelCount: 1,
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    });
  } catch (error) {
    return explain(error);
  }
  try {
    const context = await captureContext(stream);
    const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => onFrame(data, levelOf(data));
    context.createMediaStreamSource(stream).connect(node);
    await context.resume();
    return {
      ok: true,
      close() {
        node.port.onmessage = null;
        for (const track of stream.getTracks()) track.stop();
        if (context.state !== 'closed') void context.close();
      },
    };
  } catch {
    for (const track of stream.getTracks()) track.stop();
    return refuse('failed', 'The microphone could not be started. You can type instead.');
  }
}

/** 24 kHz where the browser can join it to a microphone of another rate, else the device's rate. */
async function captureContext(stream: MediaStream): Promise<AudioContext> {
  let context = new AudioContext({ sampleRate: 24_000 });
  try {
    context.createMediaStreamSource(stream).disconnect();
  } catch {
    await context.close();
    context = new AudioContext();
  }
  await context.audioWorklet.addModule(captureUrl);
  return context;
}

function levelOf(frame: ArrayBuffer): number {
  const samples = new Int16Array(frame);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length) / 32_768;
}

function explain(error: unknown): MicrophoneRefusal {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError')
    return refuse(
      'blocked',
      'The microphone is blocked for this page. Allow it in the address bar and call again, or type.',
    );
  if (name === 'NotFoundError')
    return refuse('absent', 'No microphone was found. Plug one in and call again, or type.');
  return refuse('failed', 'The microphone could not be opened. You can type instead.');
}

function refuse(reason: MicrophoneRefusal['reason'], message: string): MicrophoneRefusal {
  return { ok: false, reason, message };
}
