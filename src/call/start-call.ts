import { RealtimeSession } from '@openai/agents/realtime';
import { SwitchboardError, messageOf, supervised, withDeadline } from '../lib/index.ts';
import { toolNames, transferToolName, type CallContext } from '../desk/index.ts';
import type { CallEndReason, TrailFact } from '../protocol/index.ts';
import { buildAgents } from './agents.ts';
import type { Call, CallEnd, StartCallOptions } from './call.ts';
import { createEngineRouter, type EngineError } from './engine-router.ts';
import { idleFloor, isBusy, stepFloor, type FloorEvent } from './floor.ts';
import { createFunctionCalls } from './function-calls.ts';
import {
  activeAgent,
  stepHandoff,
  type HandoffEffect,
  type HandoffEvent,
  type HandoffState,
} from './handoff.ts';
import { instructionsFor } from './instructions.ts';
import { engineUrl, sessionConfig } from './session-config.ts';
import { changesOnly, statusFrom } from './status.ts';
import { answerFrom, errorAnswer, sentences } from './tool-answer.ts';
import { createTimeline } from './trail-timeline.ts';
import { createTrailWriter } from './trail-writer.ts';
import { EngineSocket } from './transport/index.ts';
import { createTurns } from './turns.ts';
import { createUpstream } from './upstream.ts';

const defaultToolTimeoutMs = 8_000;
const defaultOpenTimeoutMs = 10_000;
const defaultGoodbyeTimeoutMs = 15_000;
const lastWordsDeadlineMs = 5_000;
/** A caller's turn that gets no response by then was noise to the engine. */
const answerOverdueMs = 2_000;
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
  const accepted = Promise.withResolvers<void>();
  accepted.promise.catch(() => undefined); // may be rejected before anyone waits for it

  let life: Life = 'opening';
  let handoff: HandoffState = { phase: 'steady', agent: desk.firstAgent };
  let floor = idleFloor;
  let callerSpeaking = false;
  let failedResponses = 0;
  let askedAgain = false;
  let refreshing = false;
  let cancelOverdue = (): void => undefined;
  let cancelGoodbye = (): void => undefined;
  const speakers = new Map<string, string>();
  const agentOf = (responseId: string): string => speakers.get(responseId) ?? activeAgent(handoff);
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
  const tellStatus = changesOnly(notify);

  /** Looks again, once what is happening now has happened, at who has the floor and whether it is over. */
  const refresh = (): void => {
    if (refreshing) return;
    refreshing = true;
    queueMicrotask(() => {
      refreshing = false;
      if (isOver() || life === 'opening') return;
      const playing = leg.isPlaying();
      const busy = isBusy(floor) || calls.isBusy() || handoff.phase !== 'steady';
      tellStatus(statusFrom({ playing, busy, callerSpeaking, activeAgent: activeAgent(handoff) }));
      if (life === 'closing' && !playing && floor.active.size === 0 && !calls.isBusy())
        end('agent_ended');
    });
  };
  const moveFloor = (event: FloorEvent): void => {
    floor = stepFloor(floor, event);
    cancelOverdue();
    if (floor.answerDue) {
      cancelOverdue = clock.setTimer(answerOverdueMs, () => moveFloor({ type: 'answer_overdue' }));
    }
    refresh();
  };
  /** Runs what can be run at once; the rest is for who asked. */
  const moveHandoff = (event: HandoffEvent): readonly HandoffEffect[] => {
    const step = stepHandoff(handoff, event);
    handoff = step.state;
    for (const effect of step.effects) {
      if (effect.type === 'record') record(effect.fact);
      if (effect.type === 'switch_failed') {
        // The SDK believes in the new agent and the engine does not: nobody's tools can be trusted.
        end('failed', `The engine rejected the session of "${effect.to}".`);
      }
    }
    refresh();
    return step.effects;
  };

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
      responseRequested: () => moveFloor({ type: 'requested' }),
      sessionSent: (update) => moveHandoff({ type: 'session_sent', ...update }),
      interrupt: () => turns.interrupt(),
      closed: () => engineClosed(),
    },
  });
  const calls = createFunctionCalls({
    clock,
    log,
    agentOf,
    toolNames: (agent) => toolNames(desk, agent),
    isTransfer: (name) =>
      Object.keys(desk.agents).some((agent) => transferToolName(agent) === name),
    record,
    answer: (call, output) => socket.answer(call, output),
    changed: refresh,
  });
  const turns = createTurns({
    leg,
    notify,
    timeline,
    clock,
    spawn,
    agentOf,
    activeAgent: () => activeAgent(handoff),
    truncate: (itemId, audioEndMs) =>
      socket.sendEvent({
        type: 'conversation.item.truncate',
        item_id: itemId,
        content_index: 0,
        audio_end_ms: audioEndMs,
      }),
    changed: refresh,
  });
  const routeFrame = createEngineRouter({
    turns,
    log,
    floor: moveFloor,
    handoff: moveHandoff,
    nowMs: () => clock.monotonicMs(),
    responseBegan: (id) => {
      speakers.set(id, activeAgent(handoff));
      askedAgain = false;
    },
    responseFailed: (code) => responseFailed(code),
    callerSpeaks: (speaking) => {
      callerSpeaking = speaking;
      if (speaking && life === 'live') turns.interrupt();
      refresh();
    },
    sessionUpdated: (instructions) => {
      if (instructions === null || instructions === firstInstructions) accepted.resolve();
    },
    failed: (error) => engineFailed(error),
  });

  const agents = buildAgents(
    desk,
    {
      timeoutMs: desk.toolTimeoutMs ?? defaultToolTimeoutMs,
      signal: root.signal,
      started: (id) => calls.started(id),
      returned: (id, answer, failure) => calls.returned(id, answer, failure),
    },
    {
      instructions: (agent) =>
        life === 'opening'
          ? firstInstructions
          : instructionsFor(desk, agent, { opening: false, nowMs: clock.nowMs() }),
      async transfer(to, { functionCallId, reason }) {
        const effects = moveHandoff({
          type: 'requested',
          to,
          functionCallId,
          reason,
          startedMs: calls.requestedMs(functionCallId),
          edges: desk.agents[activeAgent(handoff)]?.handoffs ?? [],
        });
        const refusal = effects.find((effect) => effect.type === 'refuse');
        if (refusal) return errorAnswer(refusal.sentence);
        const next = agents.get(to);
        if (!next) return errorAnswer(sentences.notAvailable);
        try {
          await session.updateAgent(next);
        } catch (thrown) {
          moveHandoff({ type: 'send_failed' });
          throw thrown;
        }
        return answerFrom({ assistant: desk.agents[to]?.label ?? to });
      },
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
  const firstInstructions = instructionsFor(desk, desk.firstAgent, {
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
  const context: CallContext = {
    callId,
    desk: desk.name,
    database: options.context.database,
    messages: options.context.messages,
    timeZone: desk.timeZone,
    nowMs: () => clock.nowMs(),
  };
  const session = new RealtimeSession<CallContext>(firstAgent, {
    transport: socket,
    model: engine.model,
    config: sessionConfig(desk),
    // Its tracing would upload what callers say.
    tracingDisabled: true,
    context,
  });
  // Without a listener an `error` event of the engine would end the process.
  session.on('error', ({ error }) => {
    if (!(error instanceof Error) || isOver()) return;
    log.warn('the SDK gave up on something', { error: messageOf(error) });
    calls.rescue();
  });
  // Nobody is there to approve; unanswered, the model would wait for ever.
  session.on('tool_approval_requested', (_context, _agent, { approvalItem }) => {
    spawn('refuse an approval', () => session.reject(approvalItem));
  });

  function engineFailed(error: EngineError): void {
    const code = error.code ?? error.type ?? 'unknown';
    if (life === 'opening') {
      const line = `The engine refused the session (${code}): ${error.message.split('\n', 1)[0]}`;
      return accepted.reject(new SwitchboardError('engine_refused', line));
    }
    log.warn('engine reported an error', { code, error: error.message });
    const ours =
      error.event_id?.includes('response_create') || error.message.includes('response.create');
    const taken = code === 'conversation_already_has_active_response';
    if (!ours && !taken) return;
    moveFloor({ type: 'rejected' });
    // The engine was already speaking of its own accord; what it was asked about still needs an answer.
    if (taken && !askedAgain) {
      askedAgain = true;
      socket.requestResponse();
    }
  }
  function responseFailed(code: string): void {
    record({ type: 'engine.failed', code, message: 'A response of the engine failed.' });
    // A second try is worth a pause in the conversation; a third is not.
    if (++failedResponses === 1) socket.requestResponse();
    else end('failed', `The engine cannot answer (${code}).`);
  }
  function engineClosed(): void {
    accepted.reject(
      new SwitchboardError('engine_unavailable', 'The engine closed the connection at once.'),
    );
    if (life !== 'live' && life !== 'closing') return;
    const message = 'The connection to the engine ended.';
    record({ type: 'engine.failed', code: 'engine_lost', message });
    end('engine_lost', message);
  }
  function release(): void {
    cancelOverdue();
    cancelGoodbye();
    options.signal?.removeEventListener('abort', stopped);
    root.abort(new SwitchboardError('tool_failed', 'The call has ended.'));
    try {
      session.close();
    } catch (thrown) {
      log.debug('closing the engine session', { error: messageOf(thrown) });
    }
  }
  function end(reason: CallEndReason, detail?: string): void {
    if (life === 'ended') return;
    const begun = life !== 'opening';
    life = 'ended';
    spawn('end the call', async () => {
      if (begun) turns.finish();
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
    if (life === 'opening') accepted.reject(options.signal?.reason);
    else end('server_stopped');
  }

  options.signal?.addEventListener('abort', stopped, { once: true });
  try {
    options.signal?.throwIfAborted();
    await withDeadline(
      async () => {
        await session
          .connect({ apiKey: engine.apiKey, url: engineUrl(engine) })
          .catch((cause: unknown) => {
            throw socket.connectError(cause);
          });
        await accepted.promise;
      },
      {
        timeoutMs: options.openTimeoutMs ?? defaultOpenTimeoutMs,
        ...(options.signal ? { signal: options.signal } : {}),
        onTimeout: () =>
          new SwitchboardError(
            'engine_unavailable',
            'The engine did not accept the session in time.',
          ),
      },
    );
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
    options.signal?.throwIfAborted();
  } catch (thrown) {
    life = 'ended';
    release();
    throw thrown;
  }
  life = 'live';
  const upstream = createUpstream((frame) => socket.sendSamples(frame));
  // Greets; the engine lost in the meantime is noticed by the first thing sent.
  if (socket.status === 'connected') socket.requestResponse();
  else engineClosed();
  refresh();

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
      turns.interrupt();
      turns.refuse(floor.active);
      if (floor.active.size > 0) socket.sendEvent({ type: 'response.cancel' });
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
