import { SwitchboardError, messageOf, supervised, withDeadline } from '../lib/index.ts';
import { edgesOf, limitsOf, toolNames } from '../desk/index.ts';
import type { CallEndReason, TrailFact } from '../protocol/index.ts';
import { buildAgents } from './agents.ts';
import { createCallContext } from './call-context.ts';
import type { Call, CallEnd, StartCallOptions } from './call.ts';
import { createEngineRouter, type EngineError } from './engine-router.ts';
import { createEngineSession } from './engine-session.ts';
import { createFloorKeeper } from './floor-keeper.ts';
import { createFunctionCalls } from './function-calls.ts';
import { createHandoffs } from './handoff-runner.ts';
import { instructionsFor } from './instructions.ts';
import { engineUrl } from './session-config.ts';
import { answerFrom } from './tool-answer.ts';
import { createTimeline } from './trail-timeline.ts';
import { createTrailWriter } from './trail-writer.ts';
import { EngineSocket } from './transport/index.ts';
import { createTurns } from './turns.ts';
import { createUpstream } from './upstream.ts';
import { createVerification } from './verification.ts';

const defaultOpenTimeoutMs = 10_000;
const defaultGoodbyeTimeoutMs = 15_000;
const lastWordsDeadlineMs = 5_000;
const maxTypedChars = 2_000;
/** OpenAI takes no longer item ids. */
const maxItemIdChars = 32;

/** `closing`: the agent has ended the call, its goodbye is still being heard. */
type Life = 'opening' | 'live' | 'closing' | 'ended';

/**
 * Connects a caller's leg with an engine and starts the call: the first agent greets.
 *
 * @throws SwitchboardError engine_refused when the engine rejects the key or the session (not retried)
 * @throws SwitchboardError engine_unavailable when it cannot be reached or does not answer in time
 * @throws SwitchboardError store_unavailable when the trail cannot be begun
 */
export async function startCall(options: StartCallOptions): Promise<Call> {
  const { desk, engine, leg, clock } = options;
  const callId = options.newId('call');
  const log = options.log.with({ callId });
  const spawn = supervised(log);
  const root = new AbortController();
  const ended = Promise.withResolvers<CallEnd>();
  let life: Life = 'opening';
  let failedResponses = 0;
  let askedAgain = false;
  let cancelGoodbye = (): void => undefined;
  const speakers = new Map<string, string>();
  const agentOf = (responseId: string): string => speakers.get(responseId) ?? handoffs.active();
  const isOver = (): boolean => life === 'ended';

  const writer = createTrailWriter({
    callId,
    store: options.store,
    clock,
    durable: (event) => notify({ type: 'trail', event }),
    lost: (error) => end('failed', error.message),
  });
  const timeline = createTimeline(clock, (fact) => writer.write(fact));
  const record = (fact: TrailFact): void => timeline.add(fact);
  const notify: typeof leg.notify = (notice) => {
    try {
      leg.notify(notice);
    } catch (thrown) {
      log.warn('leg could not be told', { notice: notice.type, error: messageOf(thrown) });
    }
  };
  const floor = createFloorKeeper({
    clock,
    leg: { isPlaying: () => leg.isPlaying(), notify },
    isWorking: () => calls.isBusy() || handoffs.isSwitching(),
    activeAgent: () => handoffs.active(),
    quiet() {
      if (life === 'closing') end('agent_ended');
    },
  });
  const handoffs = createHandoffs({
    desk,
    record,
    async switchTo(name) {
      const agent = agents.get(name);
      if (agent) await session.switchTo(agent);
    },
    rejected: (to) => end('failed', `The engine rejected the session of "${to}".`),
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
      admit: (call) => life === 'live' && calls.admit(call),
      answering: (id, answer) => calls.answering(id, answer),
      responseRequested: () => floor.move({ type: 'requested' }),
      sessionSent: (update) => handoffs.move({ type: 'session_sent', ...update }),
      interrupt: () => turns.interrupt(),
      closed: () => engineClosed(),
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
    timeline,
    clock,
    spawn,
    agentOf,
    activeAgent: () => handoffs.active(),
    truncate: (itemId, audioEndMs) =>
      socket.sendEvent({
        type: 'conversation.item.truncate',
        item_id: itemId,
        content_index: 0,
        audio_end_ms: audioEndMs,
      }),
    changed: floor.refresh,
  });
  const routeFrame = createEngineRouter({
    turns,
    log,
    floor: floor.move,
    handoff: handoffs.move,
    nowMs: () => clock.monotonicMs(),
    responseBegan: (id) => {
      speakers.set(id, handoffs.active());
      askedAgain = false;
    },
    responseDone: (failure) => responseDone(failure),
    callerSpeaks: (speaking) => {
      if (speaking && life === 'live') turns.interrupt();
      floor.callerSpeaks(speaking);
    },
    sessionUpdated: (instructions) => session.acknowledged(instructions),
    failed: (error) => engineFailed(error),
  });

  const verification = createVerification({
    callId,
    desk: desk.name,
    callerNumber: options.callerNumber ?? null,
    attempts: options.services.attempts,
    clock,
    signal: root.signal,
    activeAgent: () => handoffs.active(),
    record,
  });
  const context = createCallContext({
    callId,
    desk,
    services: options.services,
    clock,
    callerNumber: options.callerNumber ?? null,
    verification,
    handOff: () => undefined,
  });

  const promptOf = async (agent: string): Promise<string> => {
    const prompt = desk.agents[agent]?.instructions ?? '';
    return typeof prompt === 'string' ? prompt : prompt(context);
  };
  const agents = buildAgents(
    desk,
    {
      timeoutMs: limitsOf(desk).toolTimeoutMs,
      signal: root.signal,
      started: (id) => calls.started(id),
      returned: (id, answer, failure) => calls.returned(id, answer, failure),
    },
    {
      instructions: (agent) =>
        life === 'opening'
          ? firstInstructions
          : promptOf(agent).then((prompt) =>
              instructionsFor(desk, prompt, { opening: false, nowMs: clock.nowMs() }),
            ),
      transfer: (to, { functionCallId, packet }) =>
        handoffs.transfer(to, {
          functionCallId,
          packet,
          startedMs: calls.requestedMs(functionCallId),
        }),
      endCall(functionCallId) {
        const answer = answerFrom({ ended: true });
        calls.returned(functionCallId, answer, null);
        if (life === 'live') {
          life = 'closing';
          const capMs = options.goodbyeTimeoutMs ?? defaultGoodbyeTimeoutMs;
          cancelGoodbye = clock.setTimer(capMs, () => end('agent_ended'));
        }
        return answer;
      },
    },
  );
  const firstInstructions = instructionsFor(desk, await promptOf(desk.firstAgent), {
    opening: true,
    nowMs: clock.nowMs(),
  });
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

  function engineFailed(error: EngineError): void {
    const code = error.code ?? error.type ?? 'unknown';
    if (life === 'opening') return session.refused(error);
    log.warn('engine reported an error', { code, error: error.message });
    const ours = [error.event_id ?? '', error.message].some((text) =>
      /response[._]create/.test(text),
    );
    const taken = code === 'conversation_already_has_active_response';
    if (!ours && !taken) return;
    floor.move({ type: 'rejected' });
    // The engine was already speaking of its own accord; what it was asked about still needs an answer.
    if (taken && !askedAgain) {
      askedAgain = true;
      socket.requestResponse();
    }
  }
  function responseDone(failure: string | null): void {
    if (failure === null) {
      failedResponses = 0;
      return;
    }
    record({ type: 'engine.failed', code: failure, message: 'A response of the engine failed.' });
    // A second try is worth a pause in the conversation; a third is not.
    if (++failedResponses === 1) socket.requestResponse();
    else end('failed', `The engine cannot answer (${failure}).`);
  }
  function engineClosed(): void {
    if (life === 'opening') session.closed();
    if (life !== 'live' && life !== 'closing') return;
    const message = 'The connection to the engine ended.';
    record({ type: 'engine.failed', code: 'engine_lost', message });
    end('engine_lost', message);
  }
  function release(): void {
    floor.close();
    cancelGoodbye();
    options.signal?.removeEventListener('abort', stopped);
    root.abort(new SwitchboardError('tool_failed', 'The call has ended.'));
    session.close();
  }
  function end(reason: CallEndReason, detail?: string): void {
    if (life === 'ended') return;
    const begun = life !== 'opening';
    life = 'ended';
    spawn('end the call', async () => {
      if (begun) turns.finish();
      calls.stop();
      leg.clear();
      release();
      record({ type: 'call.ended', reason, ...(detail === undefined ? {} : { detail }) });
      await withDeadline(() => writer.flush(), {
        timeoutMs: lastWordsDeadlineMs,
        onTimeout: () =>
          new SwitchboardError('store_unavailable', 'The end of the call was not stored in time.'),
      }).catch((thrown: unknown) => log.error('trail incomplete', { error: messageOf(thrown) }));
      ended.resolve({ callId, reason, detail });
    });
  }
  function stopped(): void {
    if (life !== 'opening') end('server_stopped');
  }

  options.signal?.addEventListener('abort', stopped, { once: true });
  try {
    options.signal?.throwIfAborted();
    const timeoutMs = options.openTimeoutMs ?? defaultOpenTimeoutMs;
    await session.open({ timeoutMs, signal: options.signal });
    const { kind, model } = engine;
    record({
      type: 'call.started',
      desk: desk.name,
      channel: leg.channel,
      engine: { kind, model },
      voice: desk.voice,
    });
    record({ type: 'agent.started', agent: desk.firstAgent });
    await writer.flush();
  } catch (thrown) {
    life = 'ended';
    release();
    throw thrown;
  }
  life = 'live';
  const upstream = createUpstream((frame) => socket.sendSamples(frame));
  // What happened while the beginning of the trail was being stored.
  if (options.signal?.aborted) stopped();
  else if (socket.status !== 'connected') engineClosed();
  else socket.requestResponse();

  return {
    id: callId,
    ended: ended.promise,
    hearCaller(samples) {
      if (life === 'live') upstream.push(samples);
    },
    type(text) {
      const words = text.trim().slice(0, maxTypedChars);
      if (words === '' || life !== 'live') return;
      const itemId = options.newId('t').slice(0, maxItemIdChars);
      // In this order: an engine truncates only what it has finished.
      if (floor.active().size > 0) socket.sendEvent({ type: 'response.cancel' });
      turns.interrupt();
      turns.refuse(floor.active());
      turns.callerTyped(itemId, words);
      socket.sendEvent({
        type: 'conversation.item.create',
        item: {
          id: itemId,
          type: 'message',
          role: 'user',
          content: [{ type: 'input_text', text: words }],
        },
      });
      socket.requestResponse();
    },
    hangUp: (reason = 'caller_hung_up') => end(reason),
    async [Symbol.asyncDispose]() {
      end('caller_hung_up');
      await ended.promise;
    },
  };
}
