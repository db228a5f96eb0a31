import type { z } from 'zod';
import type { CallContext } from './call-context.ts';

/**
 * A question that an agent may put to another one while it keeps the call. The answer is a tool's
 * result; the caller never meets the one who was asked.
 */
export interface Consult<Name extends string = string> {
  /** Agent who is asked: with a model, its instructions answer. */
  readonly agent: Name;
  /** When to ask. */
  readonly description: string;
  /** @default `consult_<agent>` */
  readonly toolName?: string;
  /** What is asked. @default an object with `question` */
  readonly parameters?: z.ZodObject;
  /** A rule that answers. Left out, the text model does, which then must be configured. */
  readonly answer?: (
    question: Readonly<Record<string, unknown>>,
    call: CallContext,
    signal: AbortSignal,
  ) => unknown;
  /** @default the desk's `toolTimeoutMs` */
  readonly timeoutMs?: number;
  /** What the caller hears when the answer takes longer. */
  readonly filler?: string;
}
