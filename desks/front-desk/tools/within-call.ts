import type { RunContext } from '@openai/agents';
import type { RealtimeContextData } from '@openai/agents/realtime';
import { withDeadline } from '../../../src/lib/index.ts';
import type { CallContext } from '../../../src/desk/index.ts';

/** What the SDK passes to a tool as its second argument. */
export type Run = RunContext<RealtimeContextData<CallContext>> | undefined;

/** What a tool answers: small JSON data, or `{ error }` with a sentence that the agent may say. */
export type Answer = Readonly<Record<string, unknown>>;

/** The call that a tool runs in. @throws when a tool is run outside of one, which is a bug. */
export function callOf(run: Run): CallContext {
  if (!run) throw new Error('a tool of the front desk runs only within a call');
  return run.context;
}

/** A caller's words as they can be stored and sent: control characters are no part of a text. */
export function plainText(given: string): string {
  return given.replace(/\p{Cc}+/gu, ' ').trim();
}

/** How long handing a message on may take, so that a slow carrier never costs the caller the answer. */
const sendTimeoutMs = 3000;

/**
 * Sends a message and says how that went, in words for the agent. Never throws: what the message
 * is about has been stored already, and stays. Why it failed is the sender's to log.
 */
export async function sendMessage(
  call: CallContext,
  message: { readonly kind: 'payment_link' | 'booking_confirmation'; readonly text: string },
): Promise<'sent by text message' | 'could not be sent'> {
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
