import type { CallContext, ContextRule, Desk, Edge, HandoffBy } from '../../desk/index.ts';
import type { Clock, Eventually, Log } from '../../lib/index.ts';
import type { CallEndReason, TrailFact } from '../../protocol/index.ts';
import type { CountedHop } from './handoff-limits.ts';
import type { HandoffEvent } from './handoff.ts';
import type { ToolAnswer } from '../tools/tool-answer.ts';

/** Where a handoff leads and what is asked on the way: an edge, or the way back. */
export interface Route extends Pick<Edge, 'from' | 'to' | 'toPeople' | 'gates' | 'onHandoff'> {
  /** `since`: what the agent had to see at its own handoff, which was so many handoffs into the call. */
  readonly context: ContextRule | { readonly since: number };
  /** The edge itself, where people are at its end. */
  readonly edge: Edge | null;
}

/** `startedMs`: when the engine had finished the function call, monotonic. */
export interface TransferRequest {
  readonly functionCallId: string;
  readonly by: HandoffBy;
  /** Checked against the edge's schema. */
  readonly packet: Readonly<Record<string, unknown>>;
  readonly startedMs: number;
  /** What the caller wants, for the trail. */
  readonly reason: string;
  /** What the next agent is told beside. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Sends what must be in the conversation before the next agent's session. */
  readonly announce?: () => void;
}

/** How a handoff went. `answer` is for the model; a refusal is on the trail already. */
export type TransferOutcome =
  /** `opens`: an agent is to speak next, not a person. */
  | { readonly ok: true; readonly answer: ToolAnswer; readonly opens: boolean }
  | {
      readonly ok: false;
      readonly answer: ToolAnswer;
      readonly code: string;
      readonly say: string;
    };

/** What handoffs need of their call. */
export interface HandoffHost {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the call ends. */
  readonly signal: AbortSignal;
  record(fact: TrailFact): void;
  /** What tools and gates see of the call. */
  context(): CallContext;
  /** The caller's turns so far. */
  callerTurns(): number;
  /** The caller speaks, or has spoken and the engine is about to answer by itself. */
  callerHasFloor(): boolean;
  /** A function call is not answered. */
  isWorking(): boolean;
  /** Makes an agent's instructions, so that what fails does so before anything is changed. */
  prepare(agent: string): Eventually<string>;
  /** Sends the engine the agent's session. @throws Error when it cannot be sent */
  switchTo(agent: string, instructions: string): void;
  /** Sends the last session again as it was. */
  resendSession(): void;
  /** Silences an agent that still speaks; the desk wants it so. */
  cutSpeech(): void;
  cancelResponse(): void;
  requestResponse(): void;
  /** Takes from the engine what the next agent is not to see, and gives it what it is. */
  carry(route: Route, functionCallId: string): void;
  /** Asks people at the end of an edge to take the caller. */
  bringInPeople(edge: Edge, request: TransferRequest): Promise<ToolAnswer>;
  /** A handoff took place. */
  arrived(hop: CountedHop, request: TransferRequest): void;
  end(reason: CallEndReason, detail: string): void;
  changed(): void;
}

/** One call's handoffs: the controller's state and what runs its effects. */
export interface Handoffs {
  /** Who has the call. */
  active(): string;
  /** True from a request to the engine's acknowledgement. */
  isSwitching(): boolean;
  /** Whether the agent no longer has the caller, or is about to have them no longer. */
  isGone(agent: string): boolean;
  /** True while the next agent owes its opening turn. */
  owesOpening(): boolean;
  move(event: HandoffEvent): void;
  responseBegan(responseId: string): void;
  /** Who spoke in a response. */
  agentOf(responseId: string): string;
  /** Silence before this, monotonic, is none of a handoff's that nobody in the call asked for. */
  askedMs(): number;
  /** The first or any later audio of a response reaches the caller's leg after so much silence. */
  audio(responseId: string, silenceMs: number): void;
  /** All function calls of a response are answered: asks the engine to go on. */
  respond(): void;
  /**
   * Hands the caller over, if limits and gates agree. At once, where nothing is to be waited for: the
   * next agent's session is then on its way before anything else happens. Never rejects.
   */
  transfer(route: Route, request: TransferRequest): Eventually<TransferOutcome>;
  readonly hops: readonly CountedHop[];
  /** Waits for nothing any more. */
  close(): void;
}
