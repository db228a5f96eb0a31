import { probeLevel, type LevelProbe } from './level.ts';

/** The desk's side of the sound. */
export interface Speaker {
  /** Plays a stream in place of the one before. */
  play(stream: MediaStream): void;
  /** 0 to 1. */
  level(): number;
  /** Plays on another device, if the browser lets pages choose. Rejects when it is gone. */
  choose(deviceId: string): Promise<void>;
  /** Starts to play after the browser kept the page silent. Only a click may. */
  unblock(): void;
  close(): void;
}

/** @param options.onBlocked told whether the browser keeps the page silent until it is clicked */
export function openSpeaker(options: {
  readonly context: AudioContext;
  readonly onBlocked: (isBlocked: boolean) => void;
}): Speaker {
  const { context, onBlocked } = options;
  const element = new Audio();
  element.autoplay = true;
  let probe: LevelProbe | null = null;
  let isClosed = false;

  function start(): void {
    void context.resume();
    element.play().then(
      () => onBlocked(false),
      (error: unknown) => {
        // Also rejects when the next stream comes before this one has begun.
        const isBlocked = error instanceof DOMException && error.name === 'NotAllowedError';
        if (isBlocked && !isClosed) onBlocked(true);
      },
    );
  }

  return {
    play(stream) {
      probe?.close();
      element.srcObject = stream;
      probe = probeLevel(context, stream);
      start();
    },
    level: () => probe?.level() ?? 0,
    async choose(deviceId) {
      if ('setSinkId' in element) await element.setSinkId(deviceId);
    },
    unblock: start,
    close() {
      isClosed = true;
      probe?.close();
      probe = null;
      element.pause();
      element.srcObject = null;
    },
  };
}
