import type { KeysRequest, KeysResult } from '../../desk/index.ts';
import type { Clock } from '../../lib/index.ts';

/** Keys on their way to the code of one tool. */
export interface KeyCollection {
  press(keys: string): void;
  /** No more will come. Ignored once it is over. */
  stop(code: Extract<KeysResult, { ok: false }>['code']): void;
}

/** What a collection needs of its call. */
export interface KeyCollectionHost {
  readonly clock: Clock;
  /** Whether the caller still hears the prompt, or is about to. */
  isPrompting(): boolean;
  /** @param count how many keys were taken, whatever becomes of them */
  ended(result: KeysResult, count: number): void;
}

const defaultTimeoutMs = 10_000;
const longestTimeoutMs = 60_000;
const defaultLength = { min: 1, max: 32 };
/** The prompt is looked at again this often once the time for a key would be up. */
const lookAgainMs = 250;
/** Takes back what was pressed so far, where it does not end it. */
const startOverKey = '*';

/**
 * Waits for the first key from when the prompt was heard, and for each after it from the one before.
 *
 * @returns a collection that has begun; `ended` follows once
 */
export function createKeyCollection(
  request: Pick<KeysRequest, 'length' | 'finishOn' | 'timeoutMs'>,
  host: KeyCollectionHost,
): KeyCollection {
  const { finishOn = '#', length = defaultLength } = request;
  const timeoutMs = Math.min(request.timeoutMs ?? defaultTimeoutMs, longestTimeoutMs);
  const { min, max } = typeof length === 'number' ? { min: length, max: length } : length;
  let keys: string[] = [];
  let isOver = false;
  let cancelWait = (): void => undefined;

  const finish = (result: KeysResult): void => {
    if (isOver) return;
    isOver = true;
    cancelWait();
    const count = keys.length;
    keys = [];
    host.ended(result, count);
  };
  const complete = (): void =>
    finish(keys.length < min ? { ok: false, code: 'too_few' } : { ok: true, keys: keys.join('') });
  const wait = (): void => {
    cancelWait();
    cancelWait = host.clock.setTimer(timeoutMs, () => finish({ ok: false, code: 'timed_out' }));
  };
  const waitForPrompt = (): void => {
    if (!host.isPrompting()) return wait();
    cancelWait = host.clock.setTimer(lookAgainMs, waitForPrompt);
  };
  waitForPrompt();
  return {
    press(pressed) {
      for (const key of pressed) {
        if (isOver) return;
        if (key === finishOn) return complete();
        if (key === startOverKey) keys = [];
        else keys.push(key);
        if (keys.length >= max) return complete();
      }
      if (!isOver) wait();
    },
    stop: (code) => finish({ ok: false, code }),
  };
}
