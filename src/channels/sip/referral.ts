import type { EngineCalls, Operators } from '../../call/ports.ts';
import { messageOf, type Log } from '../../lib/index.ts';

/** Where callers of one telephone call may be sent on to. */
export interface ReferralOptions {
  /** By the name of a queue: `+441632960000`, or a SIP address. No other number is ever dialled. */
  readonly numbers: Readonly<Record<string, string>>;
  /** The call at the engine; null while it is not accepted. */
  readonly call: () => { readonly callId: string; readonly calls: EngineCalls } | null;
  readonly log: Log;
}

/**
 * People who are reached by sending the caller on to their number (SIP REFER). The caller and they go on
 * without us: nobody can be handed back.
 *
 * @see https://platform.openai.com/docs/guides/realtime-sip
 */
export function referredOperators({ numbers, call, log }: ReferralOptions): Operators {
  return {
    async offer({ queue }, { signal, heard }) {
      const number = Object.hasOwn(numbers, queue) ? numbers[queue] : undefined;
      const there = call();
      if (number === undefined || !there) return { accepted: false, code: 'nobody' };
      // Who announces a number does not do so to a caller who is gone already.
      await Promise.race([heard(), aborted(signal)]);
      if (signal.aborted) return { accepted: false, code: 'nobody' };
      try {
        await there.calls.refer(there.callId, targetOf(number), signal);
      } catch (thrown) {
        log.warn('a caller could not be sent on', { queue, error: messageOf(thrown) });
        return { accepted: false, code: 'nobody' };
      }
      return {
        accepted: true,
        line: {
          operator: number,
          hearCaller: () => undefined,
          left: Promise.resolve({ handBack: false, elsewhere: true }),
          hangUp: () => undefined,
        },
      };
    },
  };
}

function targetOf(number: string): string {
  return /^sips?:/i.test(number) ? number : `tel:${number}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
