import type { DeskLimits } from '../../desk/index.ts';
import type { Clock } from '../../lib/index.ts';
import type { HandoffState } from './handoff.ts';

/** One timer, for whatever the call waits for in its phase. */
export function createPhaseTimer(
  clock: Clock,
  limits: Pick<DeskLimits, 'sessionTimeoutMs' | 'openingTimeoutMs'>,
): { follow(state: HandoffState, overdue: () => void): void; stop(): void } {
  let key = '';
  let cancel = (): void => undefined;
  return {
    follow(state, overdue) {
      const next = waitOf(state);
      if (next === key) return;
      key = next;
      cancel();
      if (next === '') return;
      const delayMs =
        state.phase === 'switching' ? limits.sessionTimeoutMs : limits.openingTimeoutMs;
      cancel = clock.setTimer(delayMs, overdue);
    },
    stop: () => cancel(),
  };
}

/** Names what is being waited for; empty when nothing is. */
function waitOf(state: HandoffState): string {
  if (state.phase === 'switching') return state.update ? `session ${state.update.eventId}` : '';
  if (state.phase !== 'opening') return '';
  return `opening ${state.opening.transfer.functionCallId} ${state.opening.wait}`;
}
