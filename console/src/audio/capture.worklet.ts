/**
 * Runs on the browser's audio thread: turns microphone input into 20 ms frames of 24 kHz PCM16
 * and posts each to the page. Contexts that cannot run at 24 kHz are resampled here.
 */
const targetHz = 24_000;
const frameSamples = 480;

class CaptureProcessor extends AudioWorkletProcessor {
  private frame = new Int16Array(frameSamples);
  private filled = 0;
  /** Input samples per output sample. */
  private readonly step = sampleRate / targetHz;
  /** Where the next output sample lies, in input samples from the start of `window`. */
  private position = 0;
  private window = new Float32Array(0);

  process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0];
    if (!input) return true;
    if (this.step === 1) for (const sample of input) this.emit(sample);
    else this.resample(input);
    return true;
  }

  /** Averages the input over each output sample's span: a box filter, enough for speech. */
  private resample(input: Float32Array): void {
    const window = new Float32Array(this.window.length + input.length);
    window.set(this.window);
    window.set(input, this.window.length);
    while (this.position + this.step + 1 < window.length) {
      let sum = 0;
      let weight = 0;
      const end = this.position + this.step;
      for (let index = Math.floor(this.position); index < end; index++) {
        const share = Math.min(index + 1, end) - Math.max(index, this.position);
        sum += (window[index] ?? 0) * share;
        weight += share;
      }
      this.emit(sum / weight);
      this.position = end;
    }
    const used = Math.floor(this.position);
    this.window = window.slice(used);
    this.position -= used;
  }

  private emit(sample: number): void {
    this.frame[this.filled++] = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
    if (this.filled < frameSamples) return;
    this.port.postMessage(this.frame.buffer, [this.frame.buffer]);
    this.frame = new Int16Array(frameSamples);
    this.filled = 0;
  }
}

registerProcessor('capture', CaptureProcessor);

export {};
