import { edgesOf, type Desk } from '../desk/index.ts';
import type { TrailFact } from '../protocol/index.ts';
import {
  activeAgent,
  stepHandoff,
  type HandoffEffect,
  type HandoffEvent,
  type HandoffState,
} from './handoff.ts';
import { answerFrom, errorAnswer, type ToolAnswer } from './tool-answer.ts';

/** One call's handoffs: the controller's state and what runs its effects. */
export interface Handoffs {
  /** Who has the call. */
  active(): string;
  /** True from a request to the engine's acknowledgement. */
  isSwitching(): boolean;
  move(event: HandoffEvent): void;
  /** What `transfer_to_<agent>` does. Answers as soon as the new session is sent. */
  transfer(to: string, request: TransferRequest): Promise<ToolAnswer>;
}

/** `startedMs`: when the engine had finished the function call, monotonic. */
export interface TransferRequest {
  readonly functionCallId: string;
  readonly packet: Readonly<Record<string, unknown>>;
  readonly startedMs: number;
}

/** What handoffs need of their call. */
export interface HandoffHost {
  readonly desk: Desk;
  record(fact: TrailFact): void;
  /** Sends the engine the agent's session. */
  switchTo(agent: string): Promise<void>;
  /** The engine rejected it: the SDK believes in the new agent, the engine in the old one. */
  rejected(to: string): void;
  changed(): void;
}

/** @returns the handoffs of a call that its first agent has. */
export function createHandoffs(host: HandoffHost): Handoffs {
  const { desk } = host;
  let state: HandoffState = { phase: 'steady', agent: desk.firstAgent };
  /** Runs what can be run at once; the rest is for who asked. */
  const step = (event: HandoffEvent): readonly HandoffEffect[] => {
    const next = stepHandoff(state, event);
    state = next.state;
    for (const effect of next.effects) {
      if (effect.type === 'record') host.record(effect.fact);
      if (effect.type === 'switch_failed') host.rejected(effect.to);
    }
    host.changed();
    return next.effects;
  };
  return {
    active: () => activeAgent(state),
    isSwitching: () => state.phase !== 'steady',
    move: (event) => void step(event),
    async transfer(to, request) {
      const edges = edgesOf(desk, activeAgent(state)).map((edge) => edge.to);
      const effects = step({ type: 'requested', to, edges, ...request });
      for (const effect of effects) {
        if (effect.type === 'refuse') return errorAnswer(effect.sentence);
        if (effect.type !== 'switch_agent') continue;
        try {
          await host.switchTo(effect.to);
        } catch (thrown) {
          step({ type: 'send_failed' });
          throw thrown;
        }
      }
      return answerFrom({ assistant: desk.agents[to]?.label ?? to });
    },
  };
}
