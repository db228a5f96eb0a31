import type { HandoffBy } from '../../desk/index.ts';
import type { TrailFact } from '../../protocol/index.ts';

/** One handoff. `startedMs` is monotonic: when the engine had finished the function call. */
export interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly by: HandoffBy;
  readonly functionCallId: string;
  readonly startedMs: number;
}

/**
 * The opening turn that the next agent owes the caller: exactly one, whoever asked the engine for it.
 *
 * It begins when the handoff is allowed, and is over with the next agent's first audio.
 */
export interface Opening {
  readonly transfer: Transfer;
  readonly decidedMs: number;
  /** When the engine acknowledged the session; null before. */
  readonly sessionMs: number | null;
  readonly turn: OpeningTurn;
  readonly askedAgain: boolean;
  /** Audio that came before the engine acknowledged the session it belongs to. */
  readonly heard: Extract<OpeningEvent, { type: 'audio' }> | null;
  /** Grows whenever the wait for the first audio begins anew. */
  readonly wait: number;
}

/**
 * - `due`: nobody has asked the engine yet.
 * - `asked`: a `response.create` is on its way.
 * - `callers`: the caller has the floor, so the engine's answer to them is the opening.
 * - `answering`: the engine is at it.
 */
export type OpeningTurn =
  | { readonly of: 'due' }
  | { readonly of: 'asked' }
  | { readonly of: 'callers' }
  | { readonly of: 'answering'; readonly responseId: string };

/** What a response that gave no audio ended with. */
export type SilentEnd = 'nothing' | 'function_call' | 'cancelled' | 'failed';

/** What can happen to an opening turn. Times are monotonic. */
export type OpeningEvent =
  /** Everything the next agent needs is sent. */
  | { readonly type: 'opening_due'; readonly callerHasFloor: boolean }
  | { readonly type: 'response_began'; readonly responseId: string }
  /** The first audio of a response. */
  | {
      readonly type: 'audio';
      readonly responseId: string;
      readonly nowMs: number;
      /** What the caller has not heard until now. */
      readonly silenceMs: number;
      readonly budgetMs: number;
    }
  | { readonly type: 'response_ended'; readonly responseId: string; readonly with: SilentEnd }
  /** No audio in time. `busy`: the caller speaks, or a tool runs, so that silence is no fault. */
  | { readonly type: 'opening_overdue'; readonly busy: boolean };

/** What an opening turn asks for. */
export type OpeningEffect =
  | { readonly type: 'record'; readonly fact: TrailFact }
  /** The next agent is to be asked for its opening turn; a silent response is to be cancelled first. */
  | { readonly type: 'ask'; readonly cancel: boolean }
  /** The next agent stayed silent twice. */
  | { readonly type: 'stayed_silent'; readonly to: string };

/** Milliseconds as they are written down. */
export function roundMs(ms: number): number {
  return Math.max(0, Math.round(ms * 10) / 10);
}

/** @returns the opening turn of a handoff that was just allowed. */
export function openHandoff(transfer: Transfer, decidedMs: number): Opening {
  return {
    transfer,
    decidedMs,
    sessionMs: null,
    turn: { of: 'due' },
    askedAgain: false,
    heard: null,
    wait: 0,
  };
}

/** Null: the opening turn is over. */
export interface OpeningStep {
  readonly opening: Opening | null;
  readonly effects: readonly OpeningEffect[];
}

/** Pure transition. */
export function stepOpening(opening: Opening, event: OpeningEvent): OpeningStep {
  switch (event.type) {
    case 'opening_due':
      if (opening.turn.of !== 'due') return { opening, effects: [] };
      if (event.callerHasFloor) return wait(opening, { of: 'callers' });
      return wait(opening, { of: 'asked' }, [{ type: 'ask', cancel: false }]);
    case 'response_began': {
      const { turn, sessionMs } = opening;
      // Before the acknowledgement only an answer to what was asked after it can be the next agent's.
      if (sessionMs === null && turn.of !== 'asked') return { opening, effects: [] };
      return wait(opening, { of: 'answering', responseId: event.responseId });
    }
    case 'audio':
      if (!isOf(opening, event.responseId)) return { opening, effects: [] };
      if (opening.sessionMs === null)
        return { opening: { ...opening, heard: opening.heard ?? event }, effects: [] };
      return { opening: null, effects: [{ type: 'record', fact: opened(opening, event) }] };
    case 'response_ended':
      if (!isOf(opening, event.responseId) || opening.heard) return { opening, effects: [] };
      // Whoever that was: the wait for the next agent begins with the acknowledgement.
      if (opening.sessionMs === null) return wait(opening, { of: 'callers' });
      return ended(opening, event.with);
    case 'opening_overdue':
      if (event.busy) return wait(opening, opening.turn);
      return again(opening);
  }
}

function isOf({ turn }: Opening, responseId: string): boolean {
  return turn.of === 'answering' && turn.responseId === responseId;
}

function wait(
  opening: Opening,
  turn: OpeningTurn,
  effects: readonly OpeningEffect[] = [],
): OpeningStep {
  return { opening: { ...opening, turn, wait: opening.wait + 1 }, effects };
}

function ended(opening: Opening, how: SilentEnd): OpeningStep {
  switch (how) {
    case 'function_call':
      // The answer to it will be spoken about, unless it hands the caller on.
      return wait(opening, { of: 'due' });
    case 'cancelled':
      return wait(opening, { of: 'callers' });
    case 'failed':
      // A failed response is asked for again by whoever watches the engine.
      return wait({ ...opening, askedAgain: true }, { of: 'asked' });
    case 'nothing':
      return again(opening);
  }
}

function again(opening: Opening): OpeningStep {
  if (opening.askedAgain) {
    return { opening: null, effects: [{ type: 'stayed_silent', to: opening.transfer.to }] };
  }
  const cancel = opening.turn.of === 'answering';
  return wait({ ...opening, askedAgain: true }, { of: 'asked' }, [{ type: 'ask', cancel }]);
}

/** The opening turn as it is written down. */
export function opened(
  { transfer, decidedMs, sessionMs, askedAgain }: Opening,
  { nowMs, silenceMs, budgetMs }: Extract<OpeningEvent, { type: 'audio' }>,
): TrailFact {
  const { from, to, functionCallId, startedMs } = transfer;
  const firstAudioMs = roundMs(nowMs - startedMs);
  return {
    type: 'handoff.opened',
    from,
    to,
    functionCallId,
    decisionMs: roundMs(decidedMs - startedMs),
    sessionMs: roundMs((sessionMs ?? nowMs) - startedMs),
    firstAudioMs,
    silenceMs: roundMs(silenceMs),
    budgetMs,
    overBudget: firstAudioMs > budgetMs,
    askedAgain,
  };
}
