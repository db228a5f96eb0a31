import { tool } from '@openai/agents/realtime';
import { z } from 'zod';
import { SwitchboardError, withDeadline } from '../../lib/index.ts';
import { policyOf, type CallContext, type DeskTool, type ToolPolicy } from '../../desk/index.ts';
import {
  answerFrom,
  answerFromThrown,
  describeThrown,
  errorAnswer,
  sentences,
  type ToolAnswer,
} from './tool-answer.ts';
import { argumentCheck } from './tool-arguments.ts';
import { proposalKey } from './confirmation.ts';
import type { Confirmations } from './confirmations.ts';

type Invoke = DeskTool['invoke'];

/** How a tool's run is bounded and watched. */
export interface ToolRun {
  readonly timeoutMs: number;
  /** Aborts when the call ends. */
  readonly signal: AbortSignal;
  /** Called once a run, before the output leaves. */
  readonly returned: (callId: string, answer: ToolAnswer, failure: string | null) => void;
  /** Called when a run begins. */
  readonly started: (callId: string) => void;
  /** Who asks the caller before anything is written. */
  readonly confirmations: Pick<Confirmations, 'propose' | 'agreed'>;
  /** The desk's own work begins: the caller is not left in silence until what is returned is called. */
  readonly watch: (filler: string | undefined) => () => void;
}

/** Where a tool stands. */
export interface ToolPlace {
  readonly agent: string;
  /** The agent's tool by which callers prove who they are, if it has one. */
  readonly verifyingTool: string | null;
  /** The runtime's own tools are quick, or have words of their own while they wait. @default true */
  readonly fills?: boolean;
}

/**
 * Wraps a desk's tool so that whatever happens the model gets an answer it can go on from.
 *
 * Checks the arguments, aborts the work (not only the wait) when time is up or the call ends, and
 * turns a throw into an error result. What the tool's policy demands is seen to in between: who the
 * caller is, that they agreed to a write, that the result is what it must be. The SDK meets a tool
 * that is switched off with silence, so it is looked at here and refused in words.
 */
export function runtimeTool(source: DeskTool, run: ToolRun, place: ToolPlace): DeskTool {
  const policy = policyOf(source);
  const check = argumentCheck(source.parameters);
  const timeoutMs = policy.timeoutMs ?? Math.min(run.timeoutMs, source.timeoutMs ?? Infinity);
  let enabled = true;
  const withinTime = <T>(job: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    withDeadline(job, {
      timeoutMs,
      signal: run.signal,
      onTimeout: () =>
        new SwitchboardError('tool_timeout', `${source.name} ran over ${timeoutMs} ms.`),
    });
  /** What keeps the tool from running now, as the answer to its call; null when nothing does. */
  const standsAgainst = async (input: string, call: CallContext): Promise<ToolAnswer | null> => {
    if (policy.verified && !call.customer()) return whoIsIt(place.verifyingTool);
    const { confirm } = policy;
    if (!confirm) return null;
    const key = proposalKey(place.agent, source.name, input);
    if (await run.confirmations.agreed(key)) return null;
    const outcome = await withinTime(async () => confirm(JSON.parse(input), call));
    if ('error' in outcome) return errorAnswer(outcome.error);
    run.confirmations.propose(key);
    return readBack(source.name, outcome.readBack);
  };

  const work = async (...[runContext, input, details]: Parameters<Invoke>): Promise<Outcome> => {
    const wrong = check(input);
    if (wrong !== null) {
      return { answer: errorAnswer(sentences.badArguments, wrong), failure: 'bad arguments' };
    }
    if (!enabled) return { answer: errorAnswer(sentences.notAvailable), failure: 'switched off' };
    const { context } = runContext;
    const against = await standsAgainst(input, context);
    if (against) return { answer: against, failure: null };
    const heardFrom = place.fills === false ? nobodyWaits : run.watch(policy.filler);
    const result: unknown = await withinTime(async (signal): Promise<unknown> =>
      source.invoke(runContext, input, { ...details, signal }),
    ).finally(heardFrom);
    if (result === (await sdkFailureText())) {
      return { answer: errorAnswer(sentences.failed), failure: 'the tool threw' };
    }
    return checkedAnswer(result, policy);
  };
  const wrapped: DeskTool = {
    ...source,
    async invoke(runContext, input, details) {
      const callId = details?.toolCall?.callId ?? '';
      run.started(callId);
      const { answer, failure } = await work(runContext, input, details).catch(
        (thrown: unknown): Outcome => ({
          answer: answerFromThrown(thrown),
          failure: describeThrown(thrown),
        }),
      );
      run.returned(callId, answer, failure);
      return answer.output;
    },
    // Asked by the SDK just before it runs the tool.
    async isEnabled(runContext, agent) {
      enabled = await source.isEnabled(runContext, agent);
      return true;
    },
  };
  delete wrapped.timeoutMs;
  return wrapped;
}

const nobodyWaits = (): void => undefined;

function whoIsIt(verifyingTool: string | null): ToolAnswer {
  const needs = verifyingTool === null ? {} : { needs: verifyingTool };
  return { ok: false, output: JSON.stringify({ error: sentences.notVerified, ...needs }) };
}

function readBack(tool: string, question: string): ToolAnswer {
  const then = `Read this to the caller. Call ${tool} again with the same arguments once they have said yes.`;
  return answerFrom({ confirm: question, then });
}

/** The result as its schema has it, so that what the schema does not name goes to no agent. */
function checkedAnswer(result: unknown, { output }: ToolPolicy): Outcome {
  const plain = answerFrom(result);
  if (!output || !plain.ok) return { answer: plain, failure: null };
  const fitted = output.safeParse(JSON.parse(plain.output));
  if (fitted.success) return { answer: answerFrom(fitted.data), failure: null };
  const faults = fitted.error.issues.map(
    ({ path, code }) => `${path.join('.') || 'result'}: ${code}`,
  );
  return {
    answer: errorAnswer(sentences.failed),
    failure: `the result is not what it must be (${faults.join('; ')})`,
  };
}

interface Outcome {
  readonly answer: ToolAnswer;
  readonly failure: string | null;
}

/**
 * The text by which the SDK's `tool()` hides what a tool threw. Asked of the SDK itself, so that a new
 * version with another text is followed.
 */
export const sdkFailureText = once(async () => {
  const probe = tool({
    name: 'probe',
    description: 'Throws.',
    parameters: z.object({}),
    execute: async () => {
      throw new Error('probe');
    },
  });
  // A tool's run context is of no use to one that throws before it looks at it.
  return probe.invoke(undefined as unknown as Parameters<typeof probe.invoke>[0], '{}');
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
