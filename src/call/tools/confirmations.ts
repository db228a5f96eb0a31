import type { Clock } from '../../lib/index.ts';
import { agreementOf, heard, propose, type Heard, type Proposal } from './confirmation.ts';

/** Longest wait for the words of a turn that the engine has answered before it wrote them down. */
const wordsDeadlineMs = 1_500;

/** The write that one call's agents wait for the caller's yes with. */
export interface Confirmations {
  /** The read-back of `key` is the answer to its function call. */
  propose(key: string): void;
  /** Whether the caller agreed to `key`. A yes is used up by asking. */
  agreed(key: string): Promise<boolean>;
  agentSpoke(): void;
  /** The caller has had a turn; null when its words are not known yet. */
  callerSaid(itemId: string, text: string | null): void;
}

/** @returns confirmations of a call in which nothing was proposed. */
export function createConfirmations(options: {
  readonly clock: Clock;
  /** BCP 47. */
  readonly language: string;
}): Confirmations {
  const { clock, language } = options;
  let open: Proposal | null = null;
  let waiting: (() => void)[] = [];
  const add = (more: Heard): void => {
    if (open) open = heard(open, more);
    const wake = waiting;
    waiting = [];
    for (const resolve of wake) resolve();
  };
  const agreement = (key: string) => (open?.key === key ? agreementOf(open, language) : 'open');
  const wordsKnown = async (key: string): Promise<void> => {
    const deadline = new AbortController();
    const cancel = clock.setTimer(wordsDeadlineMs, () => deadline.abort());
    while (!deadline.signal.aborted && agreement(key) === 'pending') {
      await new Promise<void>((resolve) => {
        deadline.signal.addEventListener('abort', () => resolve(), { once: true });
        waiting.push(resolve);
      });
    }
    cancel();
  };
  return {
    propose(key) {
      open = propose(open, key);
    },
    async agreed(key) {
      // Whoever wants to write something else has dropped this.
      if (open?.key !== key) open = null;
      if (agreement(key) === 'pending') await wordsKnown(key);
      const verdict = agreement(key);
      if (verdict === 'yes' || verdict === 'no') open = null;
      return verdict === 'yes';
    },
    agentSpoke: () => add({ who: 'agent' }),
    callerSaid(itemId, text) {
      // The words of what was said before the read-back are no answer to it.
      const isOld =
        text !== null && !open?.heard.some((one) => one.who === 'caller' && one.itemId === itemId);
      if (!isOld) add({ who: 'caller', itemId, text });
    },
  };
}
