import { SwitchboardError } from '../lib/index.ts';
import { limitsOf, type CallContext, type Customer } from '../desk/index.ts';
import { buildAgents, type CallAgent } from './agents.ts';
import { createCallContext } from './call-context.ts';
import type { CallCore } from './call-core.ts';
import { instructionsFor, todayLine } from './engine-link/instructions.ts';
import type { CallerKeys } from './keys/caller-keys.ts';
import type { FunctionCalls } from './tools/function-calls.ts';
import type { Safeguards } from './tools/safeguards.ts';
import { answerFrom } from './tools/tool-answer.ts';
import { createVerification } from './verification.ts';

/** What a desk gives to one call: its agents, what they are told, and what their tools see. */
export interface DeskSide {
  readonly context: CallContext;
  /** The verified caller; null before. */
  customer(): Customer | null;
  /** What reaches the engine. @param opening true for the first agent, who greets */
  instructionsOf(agent: string, opening: boolean): string | Promise<string>;
  readonly agents: ReadonlyMap<string, CallAgent>;
  readonly firstAgent: CallAgent;
  readonly firstInstructions: string;
}

/** What a desk's side of a call needs of the other parts. */
export interface DeskSideHost {
  readonly core: CallCore;
  readonly keys: Pick<CallerKeys, 'collect' | 'last'>;
  readonly calls: Pick<FunctionCalls, 'started' | 'returned'>;
  readonly safeguards: Pick<Safeguards, 'returned' | 'toolRun'>;
  activeAgent(): string;
  /** What the engine was last told to be; empty before. */
  instructions(): string;
  /** A tool asks for a handoff. */
  readonly handOff: CallContext['handOff'];
  /** Longest a goodbye may take after `end_call`. */
  readonly goodbyeTimeoutMs: number;
}

/** @throws SwitchboardError desk_invalid when the first agent is missing */
export async function createDeskSide(host: DeskSideHost): Promise<DeskSide> {
  const { core, calls, safeguards } = host;
  const { desk, clock, log, services } = core;
  const limits = limitsOf(desk);
  const verification = createVerification({
    callId: core.callId,
    desk: desk.name,
    callerNumber: core.callerNumber,
    attempts: services.attempts,
    limits,
    clock,
    log,
    signal: core.signal,
    activeAgent: host.activeAgent,
    record: core.record,
  });
  const context = createCallContext({
    callId: core.callId,
    desk,
    services,
    clock,
    callerNumber: core.callerNumber,
    outbound: core.outbound,
    verification,
    keys: host.keys,
    handOff: host.handOff,
  });
  const promptOf = (agent: string): string | Promise<string> => {
    const given = desk.agents[agent]?.instructions ?? '';
    return typeof given === 'string' ? given : given(context);
  };
  const instructionsOf = (agent: string, opening: boolean): string | Promise<string> => {
    const prompt = promptOf(agent);
    const made = (text: string): string =>
      instructionsFor(desk, text, { opening, nowMs: clock.nowMs(), outbound: core.outbound });
    return typeof prompt === 'string' ? made(prompt) : prompt.then(made);
  };
  const firstInstructions = await instructionsOf(desk.firstAgent, true);
  const agents = buildAgents(
    desk,
    {
      timeoutMs: limits.toolTimeoutMs,
      signal: core.signal,
      started: (id) => calls.started(id),
      returned(id, answer, failure) {
        if (answer.ok) safeguards.returned(answer.output);
        calls.returned(id, answer, failure);
      },
      ...safeguards.toolRun,
    },
    {
      instructions: () => host.instructions() || firstInstructions,
      consults: {
        textModel: services.textModel,
        prompt: async (agent) =>
          `${await promptOf(agent)}\n\n${todayLine(desk.timeZone, clock.nowMs())}`,
      },
      endCall(functionCallId) {
        const answer = answerFrom({ ended: true });
        calls.returned(functionCallId, answer, null);
        if (core.phase() === 'live') {
          core.close();
          core.atRelease(clock.setTimer(host.goodbyeTimeoutMs, () => core.end('agent_ended')));
        }
        return answer;
      },
    },
  );
  const firstAgent = agents.get(desk.firstAgent);
  if (!firstAgent) {
    throw new SwitchboardError(
      'desk_invalid',
      `Desk "${desk.name}" has no agent "${desk.firstAgent}".`,
    );
  }
  const customer = (): Customer | null => verification.customer();
  return { context, customer, instructionsOf, agents, firstAgent, firstInstructions };
}
