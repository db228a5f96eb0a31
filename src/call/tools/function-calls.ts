import type { TrailFact } from '../../protocol/index.ts';
import { whenReady, type Clock, type Eventually, type Log } from '../../lib/index.ts';
import { errorAnswer, refusalAnswer, sentences, type ToolAnswer } from './tool-answer.ts';
import { argumentsFault } from './tool-arguments.ts';
import type { LoopVerdict } from './loop-breaker.ts';
import type { TransferReply } from '../handoff/transfers.ts';
import type { FunctionCall, FunctionOutput } from '../engine-link/transport/index.ts';

/** The function calls of one call, from the engine's request to the answer. */
export interface FunctionCalls {
  /** The engine has finished a function call: judges it and has it run, now or when it is its turn. */
  received(call: FunctionCall): void;
  /** The tool begins to run. */
  started(callId: string): void;
  /** The tool has run, well or not; `failure` is for the log. */
  returned(callId: string, answer: ToolAnswer, failure: string | null): void;
  /** Looks at an output before it leaves; the SDK may be answering in place of a tool. */
  answering(callId: string, answer: FunctionOutput): FunctionOutput;
  /** The output has left. */
  answered(callId: string): void;
  /** Whether a response has made calls that are not all answered. */
  isIn(responseId: string): boolean;
  /** The engine has ended a response: no more function calls of it will come. */
  responseEnded(responseId: string): void;
  /** Answers what the SDK dropped on the way to a tool, which would be dead air. */
  rescue(): void;
  /** The call ends: what still runs is on the trail as stopped, whatever becomes of it. */
  stop(): void;
  /** When the engine had finished the call, monotonic. */
  requestedMs(callId: string): number;
  /** True while a tool runs or an answer is owed. */
  isBusy(): boolean;
}

interface Entry {
  readonly call: FunctionCall;
  readonly agent: string;
  readonly startedMs: number;
  readonly isTransfer: boolean;
  /** `waiting`: its turn within its response has not come. */
  phase: 'waiting' | 'dispatched' | 'running' | 'returned' | 'answered';
}

/** The function calls of one response, in the order in which they came. */
interface Group {
  readonly entries: Entry[];
  ended: boolean;
  /** Something is to be said about at least one answer. */
  wantsResponse: boolean;
}

/** What function calls are judged by and reported to. */
export interface FunctionCallHost {
  readonly clock: Clock;
  readonly log: Log;
  /** Who spoke in a response. */
  agentOf(responseId: string): string;
  /** Whether the agent no longer has the caller. */
  isGone(agent: string): boolean;
  /** Names the agent's session was given. */
  toolNames(agent: string): readonly string[];
  /** Whether the model may go on calling tools. */
  judge(call: FunctionCall, isTransfer: boolean): LoopVerdict;
  /** Arguments as they may be shown. */
  shownArguments(agent: string, call: FunctionCall): string;
  /** True for tools that hand the caller over, which have trail events of their own. */
  isTransfer(agent: string, name: string): boolean;
  /** Hands the caller over. Never rejects. */
  transfer(call: FunctionCall, agent: string, startedMs: number): Eventually<TransferReply>;
  /** Has the SDK run a tool. */
  run(call: FunctionCall): void;
  record(fact: TrailFact): void;
  /** Sends an output; {@link FunctionCalls.answering} and `answered` follow. */
  answer(call: FunctionCall, output: string): void;
  /** All calls of a response are answered; `wanted`: something is to be said about them. */
  settled(wanted: boolean): void;
  changed(): void;
}

/** Wire format of a call too many. */
const refusedLoop: ToolAnswer = {
  ok: false,
  output: JSON.stringify({ error: sentences.toolLoop, code: 'tool_loop' }),
};

/**
 * Every path through here ends in an answer, and only one (REALTIME, "Dead air").
 *
 * Calls of one response run side by side, but a transfer waits for those before it, and those after
 * it wait for the transfer: they run if it was refused, and are refused if the caller was handed over.
 * One response follows, once the last of them is answered.
 */
export function createFunctionCalls(host: FunctionCallHost): FunctionCalls {
  const entries = new Map<string, Entry>();
  const groups = new Map<string, Group>();
  const open = new Set<Entry>();
  let stopped = false;

  const recordCall = ({ agent, call }: Entry): void =>
    host.record({
      type: 'tool.called',
      agent,
      tool: call.name,
      functionCallId: call.callId,
      arguments: host.shownArguments(agent, call),
    });
  const recordReturn = (entry: Entry, answer: ToolAnswer): void => {
    const { call, agent } = entry;
    // A transfer that never became a handoff shows as the tool call that it was.
    if (entry.isTransfer) recordCall(entry);
    host.record({
      type: 'tool.returned',
      agent,
      tool: call.name,
      functionCallId: call.callId,
      ok: answer.ok,
      output: answer.output,
      durationMs: Math.max(0, Math.round((host.clock.monotonicMs() - entry.startedMs) * 10) / 10),
    });
  };
  const groupOf = (responseId: string): Group => {
    const group = groups.get(responseId) ?? { entries: [], ended: false, wantsResponse: false };
    groups.set(responseId, group);
    return group;
  };
  const send = (entry: Entry, answer: ToolAnswer, respond: boolean): void => {
    entry.phase = 'returned';
    if (respond) groupOf(entry.call.responseId).wantsResponse = true;
    host.answer(entry.call, answer.output);
  };
  const refuse = (entry: Entry, answer: ToolAnswer, respond = true): void => {
    host.log.warn('function call refused', { tool: entry.call.name, agent: entry.agent });
    recordReturn(entry, answer);
    send(entry, answer, respond);
  };
  const handOver = (entry: Entry): void => {
    entry.phase = 'running';
    void whenReady(host.transfer(entry.call, entry.agent, entry.startedMs), (reply) => {
      if (stopped) return;
      if (!reply.onTrail) recordReturn(entry, reply.answer);
      send(entry, reply.answer, reply.respond);
    });
  };
  const start = (entry: Entry): void => {
    const { call, agent } = entry;
    if (host.isGone(agent)) {
      return refuse(entry, refusalAnswer('handed_over', sentences.handedOver), false);
    }
    const verdict = host.judge(call, entry.isTransfer);
    if (verdict !== 'run') {
      return refuse(entry, refusedLoop, verdict === 'explain');
    }
    if (!host.toolNames(agent).includes(call.name)) {
      const detail = `There is no tool ${call.name} here.`;
      return refuse(entry, errorAnswer(sentences.notAvailable, detail));
    }
    const wrong = argumentsFault(call.arguments);
    if (wrong !== null) return refuse(entry, errorAnswer(sentences.badArguments, wrong));
    if (entry.isTransfer) return handOver(entry);
    entry.phase = 'dispatched';
    host.run(call);
  };
  /** Starts what may start now. Answers come in the meantime, so nothing is kept across a start. */
  const advance = (calls: readonly Entry[]): void => {
    const next = calls.findIndex(
      (entry, index) =>
        entry.phase === 'waiting' &&
        calls
          .slice(0, index)
          .every(
            (before) => before.phase === 'answered' || !(before.isTransfer || entry.isTransfer),
          ),
    );
    const entry = calls[next];
    if (!entry) return;
    start(entry);
    advance(calls);
  };
  const settle = (responseId: string, group: Group): void => {
    if (!group.ended || group.entries.some(({ phase }) => phase !== 'answered')) return;
    groups.delete(responseId);
    host.settled(group.wantsResponse);
  };

  return {
    received(call) {
      if (call.callId === '') {
        host.log.warn('function call without an id cannot be answered', { tool: call.name });
        return;
      }
      if (entries.has(call.callId)) {
        host.log.info('function call delivered again', { tool: call.name });
        return;
      }
      const agent = host.agentOf(call.responseId);
      const entry: Entry = {
        call,
        agent,
        startedMs: host.clock.monotonicMs(),
        isTransfer: host.isTransfer(agent, call.name),
        phase: 'waiting',
      };
      entries.set(call.callId, entry);
      open.add(entry);
      const group = groupOf(call.responseId);
      group.entries.push(entry);
      host.changed();
      if (!entry.isTransfer) recordCall(entry);
      advance(group.entries);
    },
    started(callId) {
      const entry = entries.get(callId);
      if (entry) entry.phase = 'running';
    },
    returned(callId, answer, failure) {
      const entry = entries.get(callId);
      if (!entry || stopped) return;
      if (failure !== null) host.log.warn('tool failed', { tool: entry.call.name, failure });
      entry.phase = 'returned';
      recordReturn(entry, answer);
    },
    answering(callId, answer) {
      const entry = entries.get(callId);
      if (!entry) return answer;
      const own = entry.phase === 'returned';
      const given = own ? answer : errorAnswer(sentences.notAvailable, answer.output);
      if (!own) recordReturn(entry, { ok: false, output: given.output });
      const group = groupOf(entry.call.responseId);
      if (answer.startResponse || !own) group.wantsResponse = true;
      // The one response to all of them is asked for when the last is answered.
      return { output: given.output, startResponse: false };
    },
    answered(callId) {
      const entry = entries.get(callId);
      if (!entry || entry.phase === 'answered') return;
      entry.phase = 'answered';
      open.delete(entry);
      host.changed();
      const { responseId } = entry.call;
      const group = groupOf(responseId);
      advance(group.entries);
      settle(responseId, group);
    },
    isIn: (responseId) => groups.has(responseId),
    responseEnded(responseId) {
      const group = groups.get(responseId);
      if (!group) return;
      group.ended = true;
      settle(responseId, group);
    },
    rescue() {
      for (const entry of [...open]) {
        if (entry.phase === 'dispatched') refuse(entry, errorAnswer(sentences.failed));
        else if (entry.phase === 'returned') send(entry, errorAnswer(sentences.failed), true);
      }
    },
    stop() {
      for (const entry of open) {
        const { phase, isTransfer } = entry;
        if (phase !== 'returned' && !isTransfer)
          recordReturn(entry, errorAnswer(sentences.stopped));
      }
      stopped = true;
    },
    requestedMs: (callId) => entries.get(callId)?.startedMs ?? host.clock.monotonicMs(),
    isBusy: () => open.size > 0,
  };
}
