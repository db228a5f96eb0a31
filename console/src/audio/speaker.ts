import { probeLevel, type LevelProbe } from './level.ts';

/** The desk's side of the sound. */
export interface Speaker {
  /** Plays a stream in place of the one before. */
  play(stream: MediaStream): void;
  /** 0 to 1. */
  level(): number;
  /** Plays on another device, if the browser lets pages choose. */
  choose(deviceId: string): Promise<void>;
  /** Starts to play after the browser kept the page silent. Only a click may. */
  unblock(): void;
  close(): void;
}

/** @param options.onBlocked told whether the browser keeps the page silent until it is clicked */
export function openSpeaker(options: {
  readonly context: AudioContext;
  readonly deviceId: string | undefined;
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

  async function choose(deviceId: string): Promise<void> {
    if ('setSinkId' in element) await element.setSinkId(deviceId);
  }

  if (options.deviceId !== undefined) void choose(options.deviceId).catch(() => undefined); // gone
  return {
    play(stream) {
      probe?.close();
      element.srcObject = stream;
      probe = probeLevel(context, stream);
      start();
    },
    level: () => probe?.level() ?? 0,
    choose,
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
