import type { Clock } from '../../lib/index.ts';

/** Keys that a caller presses one by one, until they make something whole. */
export interface KeyGatherer {
  press(keys: string): void;
  /** Some were pressed, and more may come. */
  isGathering(): boolean;
  /** Forgets what was pressed so far. */
  drop(): void;
}

/** Longest pause between two keys of one number: people read it off a letter in groups. */
export const keyPauseMs = 2_000;
/** The key that says "that was all". */
const endKey = '#';
/** No number that anybody has to key in is longer. */
const maxKeys = 64;

/**
 * @param host.gathered told of what was pressed, once there was a pause, `#`, or more than anyone keys
 *   in; without the `#` that ended it, unless that was all
 */
export function createKeyGatherer(host: {
  readonly clock: Clock;
  gathered(keys: string): void;
}): KeyGatherer {
  let pressed = '';
  let cancelPause = (): void => undefined;
  const deliver = (): void => {
    cancelPause();
    const keys = pressed;
    pressed = '';
    if (keys !== '') host.gathered(keys);
  };
  return {
    press(keys) {
      for (const key of keys) {
        if (key !== endKey || pressed === '') pressed += key;
        if (key === endKey || pressed.length >= maxKeys) deliver();
      }
      cancelPause();
      if (pressed !== '') cancelPause = host.clock.setTimer(keyPauseMs, deliver);
    },
    isGathering: () => pressed !== '',
    drop() {
      cancelPause();
      pressed = '';
    },
  };
}
