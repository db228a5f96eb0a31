import type { CallerLeg } from '../leg.ts';

/**
 * A caller's leg whose audio goes straight between caller and engine: for `startCall` with `attachTo`,
 * which learns from the engine what is heard.
 *
 * @param options.channel name of the channel in the trail.
 */
export function legWithoutAudio(options: {
  readonly channel: string;
  readonly notify: CallerLeg['notify'];
}): CallerLeg {
  return {
    channel: options.channel,
    format: 'audio/pcm', // nobody asks for any of it
    can: { tap: false, inject: false, resume: false },
    play: () => undefined,
    clear: () => undefined,
    heardMs: () => 0,
    isPlaying: () => false,
    drained: () => Promise.resolve(),
    notify: options.notify,
  };
}
