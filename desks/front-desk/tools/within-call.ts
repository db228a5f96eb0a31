import { z } from 'zod';
import { withDeadline } from '../../../src/lib/index.ts';
import type { CallContext } from '../../../src/desk/index.ts';

/** What a tool answers when it cannot be done: a sentence that the agent may say. */
export interface NoAnswer {
  readonly error: string;
}

/** What a tool of this desk returns: its own data, or why not. */
export function answerOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.union([z.strictObject({ error: z.string().min(1) }), z.strictObject(shape)]);
}

/** A caller's words as they can be stored and sent: control characters are no part of a text. */
export function plainText(given: string): string {
  return given.replace(/\p{Cc}+/gu, ' ').trim();
}

/** How long handing a message on may take, so that a slow carrier never costs the caller the answer. */
const sendTimeoutMs = 3000;

/** How sending a message went, in words for the agent. */
export const sendOutcome = z.enum(['sent by text message', 'could not be sent']);

/**
 * Sends a message and says how that went. Never throws: what the message is about has been stored
 * already, and stays. Why it failed is the sender's to log.
 */
export async function sendMessage(
  call: CallContext,
  message: { readonly kind: 'payment_link' | 'booking_confirmation'; readonly text: string },
): Promise<z.infer<typeof sendOutcome>> {
  try {
    await withDeadline(
      (signal) => call.messages.send({ ...message, callId: call.callId, signal }),
      {
        timeoutMs: sendTimeoutMs,
        onTimeout: () => new Error('the message was not handed on in time'),
      },
    );
    return 'sent by text message';
  } catch {
    return 'could not be sent';
  }
}
