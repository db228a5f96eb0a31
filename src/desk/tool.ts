import type { FunctionTool } from '@openai/agents';
import { tool, type RealtimeContextData } from '@openai/agents/realtime';
import type { z } from 'zod';
import type { CallContext, Customer } from './call-context.ts';
import { withExamples } from './examples.ts';
import { readInput } from './tool-input.ts';

/**
 * A tool made with the Agents SDK's `tool()`, whatever its parameters and result. A tool both
 * takes these types and gives them back, so that no narrower type fits all; the SDK says `any` too.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type DeskTool = FunctionTool<RealtimeContextData<CallContext>, any, any>;

/** What the runtime enforces around a tool, beyond what the SDK knows of it. */
export interface ToolPolicy {
  /** Runs only for a caller who has proved who they are. The refusal names the tool that does it. */
  readonly verified?: boolean;
  /**
   * For tools that write: the first call is not run but read back, and the same call is run once the
   * caller has heard it and said yes. Makes the sentence to read back; a text with `error` refuses.
   */
  readonly confirm?: (
    input: unknown,
    call: CallContext,
  ) => ConfirmOutcome | Promise<ConfirmOutcome>;
  /** What the caller hears when it takes longer than `fillerAfterMs`. @default a phrase of the runtime's */
  readonly filler?: string;
  /** @default the desk's `toolTimeoutMs` */
  readonly timeoutMs?: number;
  /** What it must return; anything else is a failure that no agent sees. */
  readonly output?: z.ZodType;
  /** It is the tool by which a caller proves who they are: refusals of the others name it. @default false */
  readonly verifies?: boolean;
  /** Names of arguments that are secret: the trail shows that they were given, not what they were. */
  readonly redact?: readonly string[];
}

/** The sentence to read back, e.g. `Cancel the appointment on Monday at 10?`, or why it cannot be done at all. */
export type ConfirmOutcome = { readonly readBack: string } | { readonly error: string };

const policies = new WeakMap<object, ToolPolicy>();

/** What the runtime enforces around a tool; empty for one that was made with the SDK's `tool()` alone. */
export function policyOf(given: object): ToolPolicy {
  return policies.get(given) ?? {};
}

/** The same tool with a policy, for one made with the SDK's `tool()`. */
export function withPolicy<T extends DeskTool>(given: T, policy: ToolPolicy): T {
  const made = { ...given };
  policies.set(made, { ...policyOf(given), ...policy });
  return made;
}

/** What a tool gets beside its arguments. */
export interface ToolRunInfo {
  /** Aborts at the deadline and at the end of the call. */
  readonly signal: AbortSignal;
  /** The same for a repeated delivery of the same function call: call id and function call id. */
  readonly idempotencyKey: string;
}

/** What `deskTool()` makes a tool of. */
export interface DeskToolOptions<Input extends z.ZodObject, Verified extends boolean> extends Omit<
  ToolPolicy,
  'verified' | 'confirm'
> {
  /** Lower case letters, digits and underscores. */
  readonly name: string;
  readonly description: string;
  /** What callers say who want it, in their words; follow the description. */
  readonly examples?: readonly string[];
  readonly parameters: Input;
  /** Runs only for a verified caller, who is then `customer` of the call. @default false */
  readonly verified?: Verified;
  readonly confirm?: (
    input: z.infer<Input>,
    call: ToolCall<Verified>,
  ) => ConfirmOutcome | Promise<ConfirmOutcome>;
  /** Returns JSON-safe data, or `{ error }` with a sentence that the agent may say. */
  readonly execute: (input: z.infer<Input>, call: ToolCall<Verified>, run: ToolRunInfo) => unknown;
}

/** The call as a tool sees it; a tool for verified callers knows who that is. */
export type ToolCall<Verified extends boolean> = CallContext &
  (Verified extends true ? { readonly verified: Customer } : unknown);

/**
 * A tool of a desk: the Agents SDK's `tool()` with what the runtime enforces around it.
 *
 * What `execute` throws becomes an error result that the agent can speak about; the thrown message
 * itself goes to the log.
 */
export function deskTool<Input extends z.ZodObject, Verified extends boolean = false>(
  options: DeskToolOptions<Input, Verified>,
): DeskTool {
  const { name, description, parameters, verified, confirm } = options;
  const schema: z.ZodObject = parameters; // the SDK's types tell strict schemas from others by form
  const made = tool({
    name,
    description: withExamples(description, options.examples),
    parameters: schema,
    errorFunction: null,
    execute: async (input, runContext, details) => {
      const given = callOf(runContext);
      const signal = details?.signal ?? new AbortController().signal;
      const call: CallContext = {
        ...given,
        collectKeys: (request) => given.collectKeys({ signal, ...request }),
      };
      const functionCallId = details?.toolCall?.callId ?? '';
      return options.execute(input as z.infer<Input>, forTool(call, verified), {
        signal,
        idempotencyKey: `${call.callId}:${functionCallId}`,
      });
    },
  }) as DeskTool; // `tool()` infers its context as unknown, which any call's context is
  return withPolicy(made, {
    ...plainPolicy(options),
    ...(verified === undefined ? {} : { verified }),
    ...(confirm && {
      confirm: (input, call) => confirm(argumentsOf(parameters, input), forTool(call, verified)),
    }),
  });
}

/**
 * Arguments as the tool's schema has them.
 *
 * @throws an error by the name the SDK gives to arguments that are not what a tool takes
 */
function argumentsOf<Input extends z.ZodObject>(parameters: Input, input: unknown): z.infer<Input> {
  const read = readInput(parameters, input);
  if (read.success) return read.data;
  const error = new Error('The arguments are not what the tool takes.', { cause: read.error });
  error.name = 'InvalidToolInputError';
  throw error;
}

type PlainPolicy = Omit<ToolPolicy, 'verified' | 'confirm'>;

/** What is enforced as it was given; what was left out stays out, so that defaults hold. */
function plainPolicy(options: PlainPolicy): PlainPolicy {
  const { filler, timeoutMs, output, verifies, redact } = options;
  return {
    ...(filler === undefined ? {} : { filler }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(output === undefined ? {} : { output }),
    ...(verifies === undefined ? {} : { verifies }),
    ...(redact === undefined ? {} : { redact }),
  };
}

/** @throws when the runtime let a caller through who is nobody: a bug, so nothing is read for them */
function forTool<Verified extends boolean>(
  call: CallContext,
  verified: Verified | undefined,
): ToolCall<Verified> {
  if (verified !== true) return call as ToolCall<Verified>; // nothing is added to the call
  const customer = call.customer();
  if (!customer) throw new Error('a tool for verified callers ran without one');
  return { ...call, verified: customer }; // as its type says for a verified tool
}

/** The call a tool runs in. @throws when a tool is run outside of one, which is a bug */
function callOf(runContext: unknown): CallContext {
  const context = (runContext as { readonly context?: CallContext } | undefined)?.context; // typed unknown by `tool()`
  if (!context) throw new Error('a tool of a desk runs only within a call');
  return context;
}
