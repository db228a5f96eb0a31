// The audio worklet's global scope, which TypeScript's DOM library leaves out.
// https://webaudio.github.io/web-audio-api/#audioworkletglobalscope
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
