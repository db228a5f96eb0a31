import {
  edgesOf,
  goBackToolName,
  readInput,
  type Desk,
  type Edge,
  type HandoffBy,
  type PacketSchema,
  type RefusalCode,
} from '../../desk/index.ts';
import {
  messageOf,
  whenReady,
  type Clock,
  type Eventually,
  type Log,
  type NewId,
} from '../../lib/index.ts';
import type { HandOffResult } from '../call.ts';
import type { Handoffs, Route, TransferOutcome } from './handoffs.ts';
import type { ReturnStack } from './return-stack.ts';
import { errorAnswer, refusalAnswer, sentences, type ToolAnswer } from '../tools/tool-answer.ts';
import type { FunctionCall } from '../engine-link/transport/index.ts';

/** What a function call that moves the caller is answered with. */
export interface TransferReply {
  readonly answer: ToolAnswer;
  /** It became a handoff, so that the trail has it as one. */
  readonly onTrail: boolean;
  /** Whether the engine is to go on from it. */
  readonly respond: boolean;
}

/** Everything that may move the caller: the model's own calls, the way back, tools and the API. */
export interface Transfers {
  /** Whether a tool of the agent hands the caller over. */
  isTransfer(agent: string, tool: string): boolean;
  /** Performs such a call, if it may be: at once, if nothing is to be waited for. Never rejects. */
  perform(call: FunctionCall, agent: string, startedMs: number): Eventually<TransferReply>;
  /** Asks for a handoff that takes place once the function calls under way are answered. */
  ask(to: string, packet: Packet, by: 'tool' | 'api'): Promise<HandOffResult>;
  /** All function calls of a response are answered; `wanted`: something is to be said about them. */
  settled(wanted: boolean): void;
}

type Packet = Readonly<Record<string, unknown>>;

/** What transfers need of their call. */
export interface TransferHost {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes ids that the engine takes. */
  readonly newId: NewId;
  readonly handoffs: Handoffs;
  readonly returns: ReturnStack;
  /** Whether the call can still be handed over. */
  isLive(): boolean;
  /** A person has the caller, so that no agent can hand them over. */
  isWithPeople(): boolean;
  /** A function call is not answered. */
  isWorking(): boolean;
  /** A response is under way. */
  isResponding(): boolean;
  cancelResponse(): void;
  createCall(call: { readonly callId: string; readonly name: string; arguments: string }): void;
  createOutput(callId: string, output: string): void;
}

const noEdge = { code: 'no_edge' satisfies RefusalCode, say: 'I cannot put you through to them.' };

/** @returns the ways out of the first agent. */
export function createTransfers(host: TransferHost): Transfers {
  const { desk, handoffs, returns } = host;
  const queue: { readonly by: 'tool' | 'api'; run(): Promise<HandOffResult> }[] = [];

  const edgeOf = (agent: string, tool: string): Edge | undefined =>
    edgesOf(desk, agent).find(({ toolName }) => toolName === tool);
  const canReturn = (agent: string, tool: string): boolean =>
    tool === goBackToolName && desk.agents[agent]?.canReturn === true;

  function goBack(call: FunctionCall, agent: string, startedMs: number): Eventually<TransferReply> {
    const back = returns.last();
    if (!back) {
      const answer = refusalAnswer('nobody_before', 'There is nobody I could bring you back to.');
      return { answer, onTrail: false, respond: true };
    }
    const outcome = handoffs.transfer(
      {
        from: agent,
        to: back.agent,
        toPeople: false,
        gates: [],
        onHandoff: undefined,
        context: { since: back.since },
        edge: null,
      },
      {
        functionCallId: call.callId,
        by: 'return',
        packet: {},
        startedMs,
        reason: back.wanted,
        more: { returned: true, unfinished: back.wanted },
      },
    );
    return whenReady(outcome, replyOf);
  }
  function along(
    edge: Edge,
    packet: Packet,
    call: {
      readonly callId: string;
      readonly by: HandoffBy;
      readonly startedMs: number;
      announce?: () => void;
    },
  ): Eventually<TransferOutcome> {
    const route: Route = { ...edge, edge };
    return handoffs.transfer(route, {
      functionCallId: call.callId,
      by: call.by,
      packet,
      startedMs: call.startedMs,
      reason: reasonIn(packet),
      ...(call.announce ? { announce: call.announce } : {}),
    });
  }
  async function direct(to: string, packet: Packet, by: 'tool' | 'api'): Promise<HandOffResult> {
    if (!host.isLive())
      return { ok: false, code: 'call_ended' satisfies RefusalCode, say: sentences.stopped };
    if (host.isWithPeople())
      return { ok: false, code: 'handed_over' satisfies RefusalCode, say: sentences.handedOver };
    const edge = edgesOf(desk, handoffs.active()).find((one) => one.to === to);
    if (!edge) return { ok: false, ...noEdge };
    const parsed = readInput(strict(edge.packet), packet);
    if (!parsed.success) {
      host.log.warn('packet of a handoff refused', { to, by, fault: parsed.error.message });
      return {
        ok: false,
        code: 'packet_invalid' satisfies RefusalCode,
        say: sentences.badArguments,
      };
    }
    const callId = host.newId('handoff');
    const call = { callId, name: edge.toolName, arguments: JSON.stringify(parsed.data) };
    const said = { call: false };
    const announce = (): void => {
      said.call = true;
      if (host.isResponding()) host.cancelResponse();
      // As if the agent had asked for it, so that any model understands what happened.
      host.createCall(call);
    };
    const startedMs = host.clock.monotonicMs();
    const outcome = await along(edge, parsed.data, { callId, by, startedMs, announce });
    // To whoever asked by a tool the caller has been listening; the agent explains itself.
    if (!outcome.ok && by === 'tool' && !said.call) announce();
    if (said.call) host.createOutput(callId, outcome.answer.output);
    if (outcome.ok ? outcome.opens : said.call) handoffs.respond();
    if (outcome.ok) return { ok: true };
    const { code, say } = outcome;
    return { ok: false, code, say };
  }

  return {
    isTransfer: (agent, tool) => edgeOf(agent, tool) !== undefined || canReturn(agent, tool),
    perform(call, agent, startedMs) {
      const edge = edgeOf(agent, call.name);
      if (!edge) return goBack(call, agent, startedMs);
      const parsed = readInput(strict(edge.packet), JSON.parse(call.arguments));
      if (!parsed.success) {
        const faults = parsed.error.issues.map(
          ({ path, message }) => `${path.join('.') || 'arguments'}: ${message}`,
        );
        const answer = errorAnswer(sentences.badArguments, faults.join('; '));
        return { answer, onTrail: false, respond: true };
      }
      const { callId } = call;
      return whenReady(along(edge, parsed.data, { callId, by: 'agent', startedMs }), replyOf);
    },
    ask(to, packet, by) {
      if (!host.isWorking()) return direct(to, packet, by);
      const result = Promise.withResolvers<HandOffResult>();
      queue.push({
        by,
        run: async () => {
          const done = await direct(to, packet, by);
          result.resolve(done);
          return done;
        },
      });
      return result.promise;
    },
    settled(wanted) {
      const next = queue.shift();
      if (!next) {
        if (wanted) handoffs.respond();
        return;
      }
      void (async () => {
        const done = await next.run();
        // A refused tool has explained itself; what the API was refused, nobody heard of.
        const explained = done.ok || (next.by === 'tool' && done.code !== noEdge.code);
        if (!explained && wanted) handoffs.respond();
      })().catch((thrown: unknown) =>
        host.log.error('handoff failed', { error: messageOf(thrown) }),
      );
    },
  };
}

/** Made once for each packet: a schema takes longer to make than to use, and every handoff waits for it. */
const strictPackets = new WeakMap<PacketSchema, PacketSchema>();

/** A handoff carries what its edge names and nothing else: no number to dial, no other target. */
function strict(packet: PacketSchema): PacketSchema {
  const made = strictPackets.get(packet) ?? (packet.def.catchall ? packet : packet.strict());
  strictPackets.set(packet, made);
  return made;
}

function replyOf(outcome: TransferOutcome): TransferReply {
  return { answer: outcome.answer, onTrail: true, respond: outcome.ok ? outcome.opens : true };
}

/** What the caller wants, as far as a packet says. */
function reasonIn(packet: Packet): string {
  const { reason, summary } = packet;
  if (typeof reason === 'string') return reason;
  return typeof summary === 'string' ? summary : '';
}
