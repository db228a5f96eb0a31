import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { CallContext, Customer } from './call-context.ts';
import { callState } from './call-state.ts';
import { deskTool, type DeskTool } from './tool.ts';
import { verificationAnswer, type VerificationSentences } from './verify-answer.ts';

const codeDigits = 6;
const validMs = 5 * 60_000;
/** Each one is a text message to somebody's phone. */
const maxCodesPerCall = 3;

/** How a desk reaches a customer to send a code to. */
export interface VerifyByCodeOptions<Input extends z.ZodObject> {
  /** What a caller says to be found by, e.g. a name or an invoice's number. */
  readonly parameters: Input;
  /** The customer, and the number that the desk has of them: never one that the caller gives. Null: nobody. */
  readonly findPhone: (
    call: CallContext,
    input: z.infer<Input>,
    signal: AbortSignal,
  ) => Promise<{ readonly customer: Customer; readonly phone: string } | null>;
  /** @default '<code> is your code for this call. It is valid for 5 minutes.' */
  readonly text?: (code: string) => string;
  readonly sentences?: VerificationSentences;
}

/** The code that was sent last. Only a salted hash of it is kept. */
const sentCode = callState(
  'verify_by_code',
  z.object({
    customer: z.object({ id: z.string(), name: z.string() }).nullable(),
    salt: z.string(),
    hash: z.string(),
    untilMs: z.number(),
    codesSent: z.int(),
  }),
  { customer: null, salt: '', hash: '', untilMs: 0, codesSent: 0 },
);

/**
 * The tools `send_code{…}` and `check_code{code}`.
 *
 * Whoever is not known is told that a code was sent, too: a line must not tell who its customers are.
 */
export function verifyByCode<Input extends z.ZodObject>(
  options: VerifyByCodeOptions<Input>,
): readonly [sendCode: DeskTool, checkCode: DeskTool] {
  const text = options.text ?? plainText;
  const sendCode = deskTool({
    name: 'send_code',
    description:
      'Send a code by text message to the number we have of the caller, so that they can verify who they are.',
    parameters: options.parameters,
    async execute(input, call, { signal }) {
      const { codesSent } = call.state.get(sentCode);
      if (codesSent >= maxCodesPerCall)
        return { error: 'I cannot send any more codes in this call.' };
      const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
      const salt = randomBytes(16).toString('hex');
      const found = await options.findPhone(call, input, signal);
      call.state.set(sentCode, {
        customer: found ? { id: found.customer.id, name: found.customer.name } : null,
        salt,
        hash: hashOf(salt, code).toString('hex'),
        untilMs: call.nowMs() + validMs,
        codesSent: codesSent + 1,
      });
      if (found) {
        await call.messages.send({
          callId: call.callId,
          kind: 'verification_code',
          to: found.phone,
          text: text(code),
          signal,
        });
      }
      return { sent: true, to: 'the number we have on file', valid_minutes: validMs / 60_000 };
    },
  });
  const checkCode = deskTool({
    name: 'check_code',
    description: 'Verify who is calling, by the code that was sent to them.',
    parameters: z.object({
      code: z
        .string()
        .regex(/^\d{6}$/)
        .describe('The code of six digits that the caller reads out'),
    }),
    verifies: true,
    redact: ['code'],
    async execute({ code }, call) {
      const { customer } = call.state.get(sentCode);
      const result = await call.verify({
        method: 'code_by_message',
        subjects: customer ? [`customer:${customer.id}`] : [],
        prove: async () => ownerOf(call, code),
      });
      // Good for once.
      if (result.ok) call.state.set(sentCode, { ...call.state.get(sentCode), customer: null });
      return verificationAnswer(result, options.sentences);
    },
  });
  return [sendCode, checkCode];
}

/** Whose code it is. Compares always, and in constant time. */
function ownerOf(call: CallContext, code: string): Customer | null {
  const { customer, salt, hash, untilMs } = call.state.get(sentCode);
  const wanted = Buffer.from(hash, 'hex');
  const given = hashOf(salt, code);
  const same = timingSafeEqual(given, wanted.length === given.length ? wanted : randomBytes(32));
  return same && call.nowMs() < untilMs ? customer : null;
}

function hashOf(salt: string, code: string): Buffer {
  return createHash('sha256').update(`${salt}\n${code}`).digest();
}

function plainText(code: string): string {
  return `${code} is your code for this call. It is valid for ${validMs / 60_000} minutes.`;
}
