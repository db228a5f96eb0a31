import { openAudioConverter } from '../audio/index.ts';
import type { NewId } from '../lib/index.ts';
import { labelOf, toolNames } from '../desk/index.ts';
import { accountOf } from './conversation/conversation-account.ts';
import { createConversation } from './conversation/conversation.ts';
import type { CallCore } from './call-core.ts';
import type { StartCallOptions } from './call.ts';
import { createDeskSide } from './desk-side.ts';
import { createEngineEvents } from './engine-link/engine-events.ts';
import { engineIds } from './engine-link/engine-ids.ts';
import { createEngineSession, type EngineSession } from './engine-link/engine-session.ts';
import { createEngineTrouble, type EngineTrouble } from './engine-link/engine-trouble.ts';
import { createFloorKeeper, type FloorKeeper } from './conversation/floor-keeper.ts';
import { createCallKeys } from './keys/call-keys.ts';
import type { CallerKeys } from './keys/caller-keys.ts';
import { createFunctionCalls } from './tools/function-calls.ts';
import { createCallHandoffs } from './handoff/call-handoffs.ts';
import type { Handoffs } from './handoff/handoffs.ts';
import { createAgentSilence, createPeople, type People } from './people/index.ts';
import { engineUrl } from './engine-link/session-config.ts';
import { createSafeguards } from './tools/safeguards.ts';
import { createSilence } from './conversation/silence.ts';
import { createSpeech } from './conversation/speech.ts';
import { shownArguments } from './tools/redact.ts';
import type { Transfers } from './handoff/transfers.ts';
import { EngineSocket } from './engine-link/transport/index.ts';
import type { Turns } from './conversation/turns.ts';
import { createAttachedMedia } from './attached/attached-media.ts';
import { relayedMedia, type CallMedia } from './conversation/media.ts';

const defaultGoodbyeTimeoutMs = 15_000;

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
  /** Makes ids of what is sent to the engine. */
  readonly newId: NewId;
  /** Lets the caller hear a sentence without a turn of the agent. */
  say(text: string): void;
  /** An agent has the caller, nobody speaks or is about to, and the caller could be heard. */
  isQuiet(): boolean;
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
  const newId = engineIds(options.newId);
  const newItemId = (): string => newId('i');
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
  const isQuiet = (): boolean =>
    !leg.isPlaying() &&
    !floor.callerHasFloor() &&
    !floor.isSpeaking() &&
    !people.isAgentOff() &&
    !keys.isPrivate();
  const safeguards = createSafeguards({
    core,
    speech,
    isQuiet,
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
  const { handoffs, transfers } = createCallHandoffs(core, newId, () => ({
    ...{ socket, session, media, turns, floor, conversation, calls, people, deskSide },
    requestResponse,
  }));
  const agentOf = handoffs.agentOf;
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
  const wasHungUp = (): boolean => attachTo !== undefined && socket.wasClosedInOrder();
  const socket = new EngineSocket({
    url: engineUrl(engine),
    format: leg.format,
    over: attachTo?.over ?? null,
    log,
    observer: createEngineEvents({
      ...{ core, media, turns, conversation, floor, silence, speech, calls, handoffs },
      ...{ people, agentSilence, trouble, newItemId, wasHungUp },
      keys: () => keys,
      instructed: (text) => void (instructions = text),
      acknowledged: (text) => session.acknowledged(text),
    }),
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
      if (core.phase() !== 'ended') calls.rescue();
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
    ...{ socket, session, floor, turns, handoffs, transfers, people, keys, trouble },
    ...{ newId, say, isQuiet, wasHungUp },
  };
}
