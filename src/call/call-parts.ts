import { openAudioConverter } from '../audio/index.ts';
import { labelOf, toolNames } from '../desk/index.ts';
import { accountOf, firstWords } from './conversation/conversation-account.ts';
import { createConversation } from './conversation/conversation.ts';
import type { CallCore } from './call-core.ts';
import type { StartCallOptions } from './call.ts';
import { createDeskSide } from './desk-side.ts';
import { createEngineRouter } from './engine-link/engine-router.ts';
import { createEngineSession, type EngineSession } from './engine-link/engine-session.ts';
import { createEngineTrouble, type EngineTrouble } from './engine-link/engine-trouble.ts';
import { createFloorKeeper, type FloorKeeper } from './conversation/floor-keeper.ts';
import { createCallKeys } from './keys/call-keys.ts';
import type { CallerKeys } from './keys/caller-keys.ts';
import { createFunctionCalls } from './tools/function-calls.ts';
import { createHandoffs } from './handoff/handoff-runner.ts';
import type { Handoffs } from './handoff/handoffs.ts';
import { createAgentSilence, createPeople, type People } from './people/index.ts';
import { createReturnStack } from './handoff/return-stack.ts';
import { silenceBeforeStop, engineUrl } from './engine-link/session-config.ts';
import { createSafeguards } from './tools/safeguards.ts';
import { createSilence } from './conversation/silence.ts';
import { createSpeech } from './conversation/speech.ts';
import { shownArguments } from './tools/redact.ts';
import { createTransfers, type Transfers } from './handoff/transfers.ts';
import { EngineSocket } from './engine-link/transport/index.ts';
import type { Turns } from './conversation/turns.ts';
import { createAttachedMedia } from './attached/attached-media.ts';
import { relayedMedia, type CallMedia } from './conversation/media.ts';

const defaultGoodbyeTimeoutMs = 15_000;
/** OpenAI takes no longer ids of items. */
const maxIdChars = 32;

/** The parts of one call that its start and its caller's side drive. */
export interface CallParts {
  readonly socket: EngineSocket;
  readonly session: EngineSession;
  readonly floor: FloorKeeper;
  readonly turns: Turns;
  readonly handoffs: Handoffs;
  readonly transfers: Transfers;
  readonly people: People;
  readonly keys: CallerKeys;
  readonly trouble: EngineTrouble;
  /** Lets the caller hear a sentence without a turn of the agent. */
  say(text: string): void;
  /** The engine says that the call it has with the caller is over. */
  wasHungUp(): boolean;
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
  const { desk, clock, log, spawn, record, notify } = core;
  const { engine, attachTo } = options;
  const truncated = new Set<string>();
  const isOver = (): boolean => core.phase() === 'ended';
  const newItemId = (): string => options.newId('i').slice(0, maxIdChars);
  const activeAgent = (): string => handoffs.active();

  const media: CallMedia = attachTo
    ? createAttachedMedia({
        core,
        send(event) {
          if (socket.status === 'connected') socket.sendEvent(event);
        },
        changed: () => floor.refresh(),
        unheard: (responseId) =>
          handoffs.move({ type: 'response_ended', responseId, with: 'nothing' }),
      })
    : relayedMedia({
        leg: core.leg,
        truncate(itemId, audioEndMs) {
          if (!truncated.has(itemId)) truncate(itemId, audioEndMs);
        },
      });
  const { leg } = media;
  const floor = createFloorKeeper({
    clock,
    leg: { isPlaying: () => leg.isPlaying(), notify },
    isWorking: () => calls.isBusy() || handoffs.isSwitching(),
    activeAgent: () => people.queue() ?? activeAgent(),
    quiet() {
      if (core.phase() === 'closing') core.end('agent_ended');
    },
  });
  const converter = await openAudioConverter(leg.format);
  core.atRelease(() => converter[Symbol.dispose]());
  const agentSilence = createAgentSilence(() => ({ socket, floor, turns }));
  const people = createPeople({
    ...core,
    leg,
    ...agentSilence,
    converter,
    operators: core.services.operators,
    customer: () => deskSide.customer(),
    say: (text) => speech.say(text),
    callerHasFloor: () => floor.callerHasFloor(),
    changed: floor.refresh,
  });
  let instructions = '';
  const speech = createSpeech({
    log,
    request: (eventId, response) => socket.requestOwnResponse(eventId, { ...response }),
  });
  const safeguards = createSafeguards({
    core,
    speech,
    isQuiet: () =>
      !leg.isPlaying() &&
      !floor.callerHasFloor() &&
      !floor.isSpeaking() &&
      !people.isAgentOff() &&
      !keys.isPrivate(),
    agentOf: (responseId) => agentOf(responseId),
    instructions: () => instructions,
    cut({ itemId, responseId }) {
      if (floor.active().has(responseId)) socket.cancelResponse();
      turns.interrupt('guardrail');
      turns.refuse([responseId]);
      media.cutUnheard(itemId);
    },
    tellModel: (text) =>
      socket.sendEvent({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'system', content: [{ type: 'input_text', text }] },
      }),
  });
  const requestResponse = (): void => {
    if (!people.isAgentOff()) socket.requestResponse();
  };
  const silence = createSilence(clock, media.isAudible);
  const returns = createReturnStack(desk.firstAgent, () => firstWords(conversation.items()));
  const handoffs = createHandoffs({
    desk,
    clock,
    log,
    signal: core.signal,
    record,
    context: () => deskSide.context,
    callerTurns: () => turns.callerTurns(),
    callerHasFloor: () => floor.callerHasFloor(),
    // What is written and not yet heard keeps its turn, like a tool that runs.
    isWorking: () => calls.isBusy() || media.isBehind(),
    prepare: (agent) => deskSide.instructionsOf(agent, false),
    switchTo(name, text) {
      const agent = deskSide.agents.get(name);
      if (!agent) throw new Error(`there is no agent "${name}"`);
      session.switchTo(agent, text);
    },
    resendSession: () => socket.resendSession(),
    cutSpeech() {
      turns.interrupt('handoff');
      turns.refuse(floor.active());
      media.stop(floor.active());
    },
    cancelResponse: () => socket.cancelResponse(),
    requestResponse,
    carry: ({ context: rule }, functionCallId) =>
      conversation.carry(rule, { functionCallId, hop: handoffs.hops.length + 1 }),
    bringInPeople: people.bringIn,
    arrived: (hop, request) => returns.arrived(hop, request.reason),
    end: core.end,
    changed: floor.refresh,
  });
  const agentOf = handoffs.agentOf;
  const transfers = createTransfers({
    desk,
    clock,
    log,
    newId: options.newId,
    handoffs,
    returns,
    isLive: () => core.phase() === 'live',
    isWorking: () => calls.isBusy(),
    isResponding: () => floor.active().size > 0,
    cancelResponse: () => socket.cancelResponse(),
    createCall: ({ callId, name, arguments: text }) =>
      socket.sendEvent({
        type: 'conversation.item.create',
        item: { type: 'function_call', name, call_id: callId, arguments: text },
      }),
    createOutput: (callId, output) =>
      socket.sendEvent({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: callId, output },
      }),
  });
  const socket = new EngineSocket({
    url: engineUrl(engine),
    format: leg.format,
    over: attachTo?.over ?? null,
    log,
    observer: {
      audio: (delta) => {
        if (isOver()) return;
        // Before it is played, which ends the silence.
        const silentMs = handoffs.owesOpening() ? silence.ms(handoffs.askedMs()) : 0;
        speech.itemBegan(delta);
        if (turns.audio(delta) && !speech.owns(delta.responseId)) {
          handoffs.audio(delta.responseId, silentMs);
        }
      },
      frame: (text) => isOver() || routeFrame(text),
      answering: (id, answer) => calls.answering(id, answer),
      newItemId,
      outputSent: (output) => conversation.outputSent(output),
      answered: (id) => calls.answered(id),
      responseRequested: (own) => floor.move({ type: 'requested', own }),
      sessionSent(update) {
        instructions = update.instructions;
        handoffs.move({ type: 'session_sent', ...update });
      },
      interrupt: () => turns.interrupt(),
      closed: () => trouble.closed(wasHungUp()),
    },
  });
  const wasHungUp = (): boolean => attachTo !== undefined && socket.wasClosedInOrder();
  const calls = createFunctionCalls({
    clock,
    log,
    agentOf,
    isGone: (agent) => people.isAgentOff() || handoffs.isGone(agent),
    judge: (call, isTransfer) => safeguards.judge(call, isTransfer),
    shownArguments: (agent, call) => shownArguments(desk, agent, call),
    toolNames: (agent) => toolNames(desk, agent),
    isTransfer: transfers.isTransfer,
    transfer: transfers.perform,
    run: (call) => socket.run(call),
    record,
    answer: (call, output) => socket.answer(call, output),
    settled: transfers.settled,
    changed: floor.refresh,
  });
  const conversation = createConversation({
    newItemId,
    activeAgent,
    deleteItem: (itemId) => socket.sendEvent({ type: 'conversation.item.delete', item_id: itemId }),
    createItem: (item, after) =>
      socket.sendEvent({ type: 'conversation.item.create', previous_item_id: after, item }),
    account: (items) =>
      accountOf(items, {
        label: (agent) => labelOf(desk, agent),
        isTransfer: transfers.isTransfer,
      }),
  });
  const truncate = (itemId: string, audioEndMs: number): void => {
    if (!conversation.holds(itemId) || speech.ownsItem(itemId)) return;
    truncated.add(itemId);
    socket.sendEvent({
      type: 'conversation.item.truncate',
      item_id: itemId,
      content_index: 0,
      audio_end_ms: audioEndMs,
    });
  };
  const heardTurns = media.createTurns({
    notify,
    timeline: core.timeline,
    clock,
    spawn,
    agentOf,
    activeAgent,
    truncate,
    mayBeSaid(words) {
      speech.itemBegan(words);
      return safeguards.mayBeSaid(words);
    },
    heard: (itemId, text) => conversation.words(itemId, text),
    fellSilent: silence.agentFellSilent,
    changed: floor.refresh,
  });
  const turns = safeguards.watch(heardTurns);
  const trouble = createEngineTrouble({
    core,
    session: {
      refused: (error) => session.refused(error),
      closed: () => session.closed(),
      isReferred: () => session.isReferred(),
    },
    responseRejected: () => floor.move({ type: 'rejected' }),
    requestResponse,
  });
  const routeFrame = createEngineRouter({
    turns,
    conversation,
    log,
    floor: floor.move,
    handoff: handoffs.move,
    nowMs: () => clock.monotonicMs(),
    functionCall(call) {
      if (core.phase() === 'live') calls.received(call);
    },
    responseBegan(id, metadata) {
      const isOurs = speech.began(id, metadata);
      if (people.isAgentOff()) return agentSilence.hush(id);
      if (isOurs) return;
      handoffs.responseBegan(id);
      trouble.responseBegan();
    },
    responseEnded({ responseId, cancelled, failure }) {
      speech.ended(responseId);
      if (speech.owns(responseId)) return;
      const called = calls.isIn(responseId) ? 'function_call' : 'nothing';
      const how = cancelled ? 'cancelled' : failure === null ? called : 'failed';
      if (how !== 'nothing' || !media.isOwed(responseId)) {
        handoffs.move({ type: 'response_ended', responseId, with: how });
      }
      trouble.responseDone(failure);
      calls.responseEnded(responseId);
    },
    keyed: (key) => keys.press(key),
    callerSpeaks(speaking) {
      // The engine waits for this much silence before it says that the caller has stopped.
      silence.callerSpeaks(speaking, silenceBeforeStop(desk));
      if (people.isAgentOff() || keys.isPrivate()) return; // of what the engine heard before
      if (speaking && core.phase() === 'live') {
        turns.interrupt();
        turns.refuse(speech.active()); // an engine cancels only what is in the conversation
        media.stop(speech.active());
      }
      floor.callerSpeaks(speaking);
    },
    playback(event) {
      if (isOver()) return;
      // Before it is played, which ends the silence.
      const silentMs = handoffs.owesOpening() ? silence.ms(handoffs.askedMs()) : 0;
      if (!turns.playback(event) || event.type !== 'started') return;
      if (!speech.owns(event.responseId)) handoffs.audio(event.responseId, silentMs);
    },
    sessionUpdated: (instructions) => session.acknowledged(instructions),
    failed(error) {
      if (speech.rejected(error)) floor.move({ type: 'rejected' });
      else trouble.reported(error);
    },
  });
  const keys = createCallKeys({
    core: { ...core, leg },
    socket,
    floor,
    turns,
    speech,
    people,
    activeAgent,
    newItemId,
  });
  const deskSide = await createDeskSide({
    core,
    keys,
    calls,
    safeguards,
    activeAgent,
    instructions: () => instructions,
    handOff: (to, packet = {}) =>
      spawn('hand over as a tool asked', () => transfers.ask(to, packet, 'tool')),
    goodbyeTimeoutMs: options.goodbyeTimeoutMs ?? defaultGoodbyeTimeoutMs,
  });
  const session = createEngineSession({
    socket,
    engine,
    attachTo,
    desk,
    format: leg.format,
    firstAgent: deskSide.firstAgent,
    firstInstructions: deskSide.firstInstructions,
    context: deskSide.context,
    log,
    spawn,
    dropped() {
      if (!isOver()) calls.rescue();
    },
  });

  core.onRecord(people.observe);
  core.atEnd(people.end);
  core.atEnd(keys.end);
  core.atEnd(() => turns.finish());
  core.atEnd(() => calls.stop());
  core.atEnd(() => leg.clear());
  core.atRelease(() => handoffs.close());
  core.atRelease(() => floor.close());
  core.atRelease(() => session.close());
  core.atLast(() => session.over());
  const { say } = speech;
  return {
    ...{ wasHungUp, say, socket, session, floor, turns, handoffs, transfers, people, keys },
    trouble,
  };
}
