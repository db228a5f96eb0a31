import { SwitchboardError } from '../lib/index.ts';
import { edgesOf, limitsOf, toolNames } from '../desk/index.ts';
import { buildAgents } from './agents.ts';
import { createCallContext } from './call-context.ts';
import type { CallCore } from './call-core.ts';
import type { StartCallOptions } from './call.ts';
import { createEngineRouter } from './engine-router.ts';
import { createEngineSession, type EngineSession } from './engine-session.ts';
import { createEngineTrouble, type EngineTrouble } from './engine-trouble.ts';
import { createFloorKeeper, type FloorKeeper } from './floor-keeper.ts';
import { createFunctionCalls } from './function-calls.ts';
import { createHandoffs, type Handoffs } from './handoff-runner.ts';
import { instructionsFor } from './instructions.ts';
import { engineUrl } from './session-config.ts';
import { answerFrom } from './tool-answer.ts';
import { EngineSocket } from './transport/index.ts';
import { createTurns, type Turns } from './turns.ts';
import { createVerification } from './verification.ts';

const defaultGoodbyeTimeoutMs = 15_000;

/** The parts of one call that its start and its caller's side drive. */
export interface CallParts {
  readonly socket: EngineSocket;
  readonly session: EngineSession;
  readonly floor: FloorKeeper;
  readonly turns: Turns;
  readonly handoffs: Handoffs;
  readonly trouble: EngineTrouble;
}

/**
 * Makes the parts of a call and connects them. Each part is told what it may do to the others through
 * a small host of functions, so that none of them imports another.
 *
 * @throws SwitchboardError desk_invalid when the first agent is missing
 */
export async function createCallParts(
  core: CallCore,
  options: StartCallOptions,
): Promise<CallParts> {
  const { desk, clock, log, spawn, record, notify, leg } = core;
  const { engine } = options;
  const speakers = new Map<string, string>();
  const agentOf = (responseId: string): string => speakers.get(responseId) ?? handoffs.active();
  const isOver = (): boolean => core.phase() === 'ended';
  const activeAgent = (): string => handoffs.active();

  const floor = createFloorKeeper({
    clock,
    leg: { isPlaying: () => leg.isPlaying(), notify },
    isWorking: () => calls.isBusy() || handoffs.isSwitching(),
    activeAgent,
    quiet() {
      if (core.phase() === 'closing') core.end('agent_ended');
    },
  });
  const handoffs = createHandoffs({
    desk,
    record,
    async switchTo(name) {
      const agent = agents.get(name);
      if (agent) await session.switchTo(agent);
    },
    rejected: (to) => core.end('failed', `The engine rejected the session of "${to}".`),
    changed: floor.refresh,
  });
  const socket = new EngineSocket({
    url: engineUrl(engine),
    log,
    observer: {
      audio: (delta) => {
        if (!isOver()) turns.audio(delta);
      },
      frame: (text) => {
        if (!isOver()) routeFrame(text);
      },
      admit: (call) => core.phase() === 'live' && calls.admit(call),
      answering: (id, answer) => calls.answering(id, answer),
      responseRequested: () => floor.move({ type: 'requested' }),
      sessionSent: (update) => handoffs.move({ type: 'session_sent', ...update }),
      interrupt: () => turns.interrupt(),
      closed: () => trouble.closed(),
    },
  });
  const calls = createFunctionCalls({
    clock,
    log,
    agentOf,
    toolNames: (agent) => toolNames(desk, agent),
    isTransfer: (agent, name) => edgesOf(desk, agent).some(({ toolName }) => toolName === name),
    record,
    answer: (call, output) => socket.answer(call, output),
    changed: floor.refresh,
  });
  const turns = createTurns({
    leg,
    notify,
    timeline: core.timeline,
    clock,
    spawn,
    agentOf,
    activeAgent,
    truncate: (itemId, audioEndMs) =>
      socket.sendEvent({
        type: 'conversation.item.truncate',
        item_id: itemId,
        content_index: 0,
        audio_end_ms: audioEndMs,
      }),
    changed: floor.refresh,
  });
  const trouble = createEngineTrouble({
    core,
    session: {
      refused: (error) => session.refused(error),
      closed: () => session.closed(),
    },
    responseRejected: () => floor.move({ type: 'rejected' }),
    requestResponse: () => socket.requestResponse(),
  });
  const routeFrame = createEngineRouter({
    turns,
    log,
    floor: floor.move,
    handoff: handoffs.move,
    nowMs: () => clock.monotonicMs(),
    responseBegan(id) {
      speakers.set(id, handoffs.active());
      trouble.responseBegan();
    },
    responseDone: trouble.responseDone,
    callerSpeaks(speaking) {
      if (speaking && core.phase() === 'live') turns.interrupt();
      floor.callerSpeaks(speaking);
    },
    sessionUpdated: (instructions) => session.acknowledged(instructions),
    failed: trouble.reported,
  });
  const verification = createVerification({
    callId: core.callId,
    desk: desk.name,
    callerNumber: core.callerNumber,
    attempts: core.services.attempts,
    clock,
    signal: core.signal,
    activeAgent,
    record,
  });
  const context = createCallContext({
    callId: core.callId,
    desk,
    services: core.services,
    clock,
    callerNumber: core.callerNumber,
    verification,
    handOff: () => undefined,
  });

  const instructionsOf = async (agent: string, opening: boolean): Promise<string> => {
    const given = desk.agents[agent]?.instructions ?? '';
    const prompt = typeof given === 'string' ? given : await given(context);
    return instructionsFor(desk, prompt, { opening, nowMs: clock.nowMs() });
  };
  const firstInstructions = await instructionsOf(desk.firstAgent, true);
  const agents = buildAgents(
    desk,
    {
      timeoutMs: limitsOf(desk).toolTimeoutMs,
      signal: core.signal,
      started: (id) => calls.started(id),
      returned: (id, answer, failure) => calls.returned(id, answer, failure),
    },
    {
      instructions: (agent) =>
        core.phase() === 'opening' ? firstInstructions : instructionsOf(agent, false),
      transfer: (to, { functionCallId, packet }) =>
        handoffs.transfer(to, {
          functionCallId,
          packet,
          startedMs: calls.requestedMs(functionCallId),
        }),
      endCall(functionCallId) {
        const answer = answerFrom({ ended: true });
        calls.returned(functionCallId, answer, null);
        if (core.phase() === 'live') {
          core.close();
          const capMs = options.goodbyeTimeoutMs ?? defaultGoodbyeTimeoutMs;
          core.atRelease(clock.setTimer(capMs, () => core.end('agent_ended')));
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
  const session = createEngineSession({
    socket,
    engine,
    desk,
    firstAgent,
    firstInstructions,
    context,
    log,
    spawn,
    dropped() {
      if (!isOver()) calls.rescue();
    },
  });

  core.atEnd(() => turns.finish());
  core.atEnd(() => calls.stop());
  core.atEnd(() => leg.clear());
  core.atRelease(() => floor.close());
  core.atRelease(() => session.close());
  return { socket, session, floor, turns, handoffs, trouble };
}
