import type { TrailFact } from '../protocol/index.ts';
import type { Clock, Log } from '../lib/index.ts';
import { errorAnswer, sentences, type ToolAnswer } from './tool-answer.ts';
import { argumentsFault } from './tool-arguments.ts';
import type { FunctionCall, FunctionOutput } from './transport/index.ts';

/** The function calls of one call, from the engine's request to the answer. */
export interface FunctionCalls {
  /** Judges a call before the SDK sees it. False: it was dealt with here. */
  admit(call: FunctionCall): boolean;
  /** The tool begins to run. */
  started(callId: string): void;
  /** The tool has run, well or not; `failure` is for the log. */
  returned(callId: string, answer: ToolAnswer, failure: string | null): void;
  /** Looks at an output before it leaves; the SDK may be answering in place of a tool. */
  answering(callId: string, answer: FunctionOutput): FunctionOutput;
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
  phase: 'dispatched' | 'running' | 'returned' | 'answered';
}

/** What function calls are judged by and reported to. */
export interface FunctionCallHost {
  readonly clock: Clock;
  readonly log: Log;
  /** Who spoke in a response. */
  agentOf(responseId: string): string;
  /** Names the agent's session was given. */
  toolNames(agent: string): readonly string[];
  /** True for transfers, which have trail events of their own. */
  isTransfer(agent: string, name: string): boolean;
  record(fact: TrailFact): void;
  answer(call: FunctionCall, output: string): void;
  changed(): void;
}

/** @see REALTIME "Dead air": every path through here ends in an answer, and only one. */
export function createFunctionCalls(host: FunctionCallHost): FunctionCalls {
  const entries = new Map<string, Entry>();
  let stopped = false;

  const recordReturn = (entry: Entry, answer: ToolAnswer): void => {
    const { call, agent } = entry;
    const quiet = host.isTransfer(agent, call.name);
    if (quiet && answer.ok) return;
    // A refused transfer never became a handoff, so it shows as the tool call that it was.
    if (quiet) recordCall(entry);
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
  const recordCall = ({ agent, call }: Entry): void =>
    host.record({
      type: 'tool.called',
      agent,
      tool: call.name,
      functionCallId: call.callId,
      arguments: call.arguments,
    });
  const refuse = (entry: Entry, answer: ToolAnswer): false => {
    const { call } = entry;
    host.log.warn('function call refused', { tool: call.name, agent: entry.agent });
    recordReturn(entry, answer);
    entry.phase = 'returned';
    host.answer(call, answer.output);
    return false;
  };

  return {
    admit(call) {
      if (call.callId === '') {
        host.log.warn('function call without an id cannot be answered', { tool: call.name });
        return false;
      }
      if (entries.has(call.callId)) {
        host.log.info('function call delivered again', { tool: call.name });
        return false;
      }
      const entry: Entry = {
        call,
        agent: host.agentOf(call.responseId),
        startedMs: host.clock.monotonicMs(),
        phase: 'dispatched',
      };
      entries.set(call.callId, entry);
      host.changed();
      if (!host.isTransfer(entry.agent, call.name)) recordCall(entry);
      if (!host.toolNames(entry.agent).includes(call.name)) {
        return refuse(
          entry,
          errorAnswer(sentences.notAvailable, `There is no tool ${call.name} here.`),
        );
      }
      const wrong = argumentsFault(call.arguments);
      if (wrong !== null) {
        return refuse(entry, errorAnswer(sentences.badArguments, wrong));
      }
      return true;
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
      entry.phase = 'answered';
      host.changed();
      if (own) return answer;
      const refused = errorAnswer(sentences.notAvailable, answer.output);
      recordReturn(entry, refused);
      return { output: refused.output, startResponse: true };
    },
    rescue() {
      for (const entry of entries.values()) {
        if (entry.phase === 'dispatched') refuse(entry, errorAnswer(sentences.failed));
        else if (entry.phase === 'returned')
          host.answer(entry.call, errorAnswer(sentences.failed).output);
      }
    },
    stop() {
      for (const entry of entries.values()) {
        const runs = entry.phase === 'dispatched' || entry.phase === 'running';
        if (runs && !host.isTransfer(entry.agent, entry.call.name))
          recordReturn(entry, errorAnswer(sentences.stopped));
      }
      stopped = true;
    },
    requestedMs: (callId) => entries.get(callId)?.startedMs ?? host.clock.monotonicMs(),
    isBusy: () => [...entries.values()].some((entry) => entry.phase !== 'answered'),
  };
}
