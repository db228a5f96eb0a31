import { limitsOf, type Desk } from '../../desk/index.ts';
import type { Clock } from '../../lib/index.ts';
import type { CallEndReason } from '../../protocol/index.ts';

/** How often it is looked whether anybody says anything. */
const lookEveryMs = 1_000;
const defaultPrompt = 'Are you still there?';
const defaultGoodbye = 'I cannot hear you any more, so I will end the call. Goodbye.';

/** What is asked of a call to notice a caller who says nothing. */
export interface CallerSilenceHost {
  readonly desk: Desk;
  readonly clock: Clock;
  /** An agent has the caller, nobody speaks or is about to, and the caller could be heard. */
  isQuiet(): boolean;
  /** The caller speaks, or is about to be answered. */
  callerHasFloor(): boolean;
  callerTurns(): number;
  /** Lets the caller hear a sentence without a turn of the agent. */
  say(text: string): void;
  end(reason: CallEndReason, detail: string): void;
}

/**
 * Asks a caller who says nothing whether they are there, and ends the call when they still say nothing:
 * a telephone left off the hook holds a line and an engine for hours.
 *
 * Silence counts while the caller is the one to speak, and from the beginning once anybody has spoken.
 *
 * @returns stops it
 */
export function watchCallerSilence(host: CallerSilenceHost): () => void {
  const { desk, clock } = host;
  const { callerSilenceMs, silenceGoodbyeMs } = limitsOf(desk);
  let said: 'nothing' | 'prompt' | 'goodbye' = 'nothing';
  let turns = 0;
  let quietFromMs = clock.monotonicMs();
  let cancel = clock.setTimer(lookEveryMs, look);

  function look(): void {
    cancel = clock.setTimer(lookEveryMs, look);
    const nowMs = clock.monotonicMs();
    const callerTurns = host.callerTurns();
    if (host.callerHasFloor() || callerTurns !== turns) said = 'nothing';
    const isQuiet = host.isQuiet() && callerTurns === turns;
    turns = callerTurns;
    if (!isQuiet) {
      quietFromMs = nowMs;
      return;
    }
    if (said === 'goodbye') {
      host.end('agent_ended', 'The caller said nothing any more.');
      return;
    }
    const limitMs = said === 'nothing' ? callerSilenceMs : silenceGoodbyeMs;
    if (nowMs - quietFromMs < limitMs) return;
    quietFromMs = nowMs;
    said = said === 'nothing' ? 'prompt' : 'goodbye';
    const { prompt = defaultPrompt, goodbye = defaultGoodbye } = desk.silence ?? {};
    host.say(said === 'prompt' ? prompt : goodbye);
  }
  return () => cancel();
}
