/**
 * Runs on the browser's audio thread: plays 24 kHz PCM16 frames in order, and drops everything
 * the moment it is told to, so that an interrupted agent falls silent at once.
 */
const levelEverySamples = sampleRate / 20;

class PlaybackProcessor extends AudioWorkletProcessor {
  private queue: Int16Array[] = [];
  private offset = 0;
  private sum = 0;
  private counted = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ArrayBuffer | 'clear'>) => {
      if (data === 'clear') {
        this.queue = [];
        this.offset = 0;
      } else this.queue.push(new Int16Array(data));
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const output = outputs[0]?.[0];
    if (!output) return true;
    for (let index = 0; index < output.length; index++) {
      const sample = this.next() / 32_768;
      output[index] = sample;
      this.sum += sample * sample;
    }
    this.counted += output.length;
    if (this.counted >= levelEverySamples) {
      this.port.postMessage(Math.sqrt(this.sum / this.counted));
      this.sum = 0;
      this.counted = 0;
    }
    return true;
  }

  private next(): number {
    const frame = this.queue[0];
    if (!frame) return 0;
    const sample = frame[this.offset++] ?? 0;
    if (this.offset >= frame.length) {
      this.queue.shift();
      this.offset = 0;
    }
    return sample;
  }
}

registerProcessor('playback', PlaybackProcessor);

export {};
