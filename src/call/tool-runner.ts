import { tool } from '@openai/agents/realtime';
import { z } from 'zod';
import { SwitchboardError, withDeadline } from '../lib/index.ts';
import type { DeskTool } from '../desk/index.ts';
import {
  answerFrom,
  answerFromThrown,
  describeThrown,
  errorAnswer,
  sentences,
  type ToolAnswer,
} from './tool-answer.ts';
import { argumentCheck } from './tool-arguments.ts';

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
}

/**
 * Wraps a desk's tool so that whatever happens the model gets an answer it can go on from.
 *
 * Checks the arguments, aborts the work (not only the wait) when time is up or the call ends, and
 * turns a throw into an error result. The SDK meets a tool that is switched off with silence, so it is
 * looked at here and refused in words.
 */
export function runtimeTool(source: DeskTool, run: ToolRun): DeskTool {
  const check = argumentCheck(source.parameters);
  const timeoutMs = Math.min(run.timeoutMs, source.timeoutMs ?? Number.POSITIVE_INFINITY);
  let enabled = true;

  const work = async (...[runContext, input, details]: Parameters<Invoke>): Promise<Outcome> => {
    const wrong = check(input);
    if (wrong !== null) {
      return { answer: errorAnswer(sentences.badArguments, wrong), failure: 'bad arguments' };
    }
    if (!enabled) return { answer: errorAnswer(sentences.notAvailable), failure: 'switched off' };
    const result: unknown = await withDeadline(
      async (signal): Promise<unknown> => source.invoke(runContext, input, { ...details, signal }),
      {
        timeoutMs,
        signal: run.signal,
        onTimeout: () =>
          new SwitchboardError('tool_timeout', `${source.name} ran over ${timeoutMs} ms.`),
      },
    );
    if (result === (await sdkFailureText())) {
      return { answer: errorAnswer(sentences.failed), failure: 'the tool threw' };
    }
    return { answer: answerFrom(result), failure: null };
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
