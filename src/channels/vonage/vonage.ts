import { z } from 'zod';
import type { Carrier } from '../../carrier/index.ts';
import type { Clock } from '../../lib/index.ts';
import { createVonageDialect } from './dialect.ts';
import { ncco } from './ncco.ts';
import { createSignatureCheck } from './signature.ts';

/** Which account. */
export interface VonageOptions {
  /** What its webhooks are signed with. */
  readonly signatureSecret: string;
  readonly clock: Clock;
}

const webhook = z.object({
  conversation_uuid: z.string().regex(/^[\w-]{2,128}$/),
  from: z
    .string()
    .regex(/^[1-9]\d{4,14}$/)
    .optional()
    .catch(undefined),
  to: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  /** What comes back of our own `notify` action. */
  payload: z.object({ status: z.string() }).optional().catch(undefined),
});
const finalStatuses: ReadonlySet<string | undefined> = new Set([
  ...['completed', 'busy', 'unanswered', 'failed', 'cancelled', 'rejected', 'timeout'],
]);
/** Of the socket's leg, when there is no socket any more; a call that rings has no status. */
const asking: ReadonlySet<string | undefined> = new Set([
  ...['disconnected', 'failed', 'unanswered', 'waited'],
]);

/** @returns Vonage, by call control objects and WebSockets of its Voice API. */
export function createVonage(options: VonageOptions): Carrier {
  return {
    dialect: createVonageDialect,
    webhookType: 'application/json',
    isSigned: createSignatureCheck(options),
    read(body) {
      const { data: call } = webhook.safeParse(parsedJson(body));
      if (!call) return null;
      // The socket is a leg of the conversation too, and says of its own end that it is completed.
      const isOfSocket = /^wss?:/.test(call.to ?? '');
      return {
        carrierCallId: call.conversation_uuid,
        callerNumber: isOfSocket || call.from === undefined ? undefined : `+${call.from}`,
        isOver: !isOfSocket && finalStatuses.has(call.status),
        isAsking: asking.has(call.payload?.status ?? call.status),
      };
    },
    answer: (step, carrierCallId, urls) => ({
      type: 'application/json',
      body: JSON.stringify(ncco(step, carrierCallId, urls)),
    }),
    // It tells at once when a socket is gone and the caller is not; it need not be asked.
    isThere: async () => Promise.reject(new Error('only Vonage itself can say')),
    timesG711: 3, // linear at 24 kHz, and no text around it
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
