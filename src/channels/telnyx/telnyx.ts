import { parse } from 'node:querystring';
import { z } from 'zod';
import type { Carrier } from '../../carrier/index.ts';
import type { Clock } from '../../lib/index.ts';
import { createTelnyxDialect } from './dialect.ts';
import { createLiveness } from './rest.ts';
import { createSignatureCheck } from './signature.ts';
import { texml } from './texml.ts';

/** Which account, and where its REST is. */
export interface TelnyxOptions {
  /** Of its webhooks' signatures, in base64. */
  readonly publicKey: string;
  /** Null: Telnyx cannot be asked whether a caller is still there. */
  readonly apiKey: string | null;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly clock: Clock;
}

const webhook = z.object({
  CallSid: z.string().regex(/^[\w:.+/=-]{2,256}$/),
  From: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$/)
    .optional()
    .catch(undefined),
  CallStatus: z.string().optional().catch(undefined),
});
const finalStatuses: ReadonlySet<string | undefined> = new Set([
  ...['completed', 'busy', 'no-answer', 'failed', 'canceled'],
]);

/** @returns Telnyx, by TeXML and media streaming. @throws Error when the key is none */
export function createTelnyx(options: TelnyxOptions): Carrier {
  return {
    dialect: createTelnyxDialect,
    webhookType: 'application/x-www-form-urlencoded',
    isSigned: createSignatureCheck(options),
    read(body) {
      const { data: call } = webhook.safeParse(parse(body));
      if (!call) return null;
      const { CallSid: carrierCallId, From: callerNumber, CallStatus: status } = call;
      return { carrierCallId, callerNumber, isOver: finalStatuses.has(status), isAsking: true };
    },
    answer: (step, _carrierCallId, urls) => ({ type: 'text/xml', body: texml(step, urls) }),
    isThere: createLiveness(options),
  };
}
