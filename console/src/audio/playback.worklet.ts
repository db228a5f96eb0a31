/**
 * Runs on the browser's audio thread: plays 24 kHz PCM16 frames in order, and drops everything
 * the moment it is told to, so that an interrupted agent falls silent at once.
 */
class PlaybackProcessor extends AudioWorkletProcessor {
  private queue: Int16Array[] = [];
  private offset = 0;

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
    for (let index = 0; index < output.length; index++) output[index] = this.next() / 32_768;
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
