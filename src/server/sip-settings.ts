import { z } from 'zod';
import type { EngineEndpoint } from '../call/ports.ts';
import { SwitchboardError } from '../lib/index.ts';
import { listed } from './setting-values.ts';

/** Telephone calls that reach OpenAI by SIP and ring here. */
export interface SipSettings {
  readonly webhookSecret: string;
  /** Where calls are accepted. */
  readonly engine: EngineEndpoint;
  /** Desks by called number, E.164. */
  readonly desks: Readonly<Record<string, string>>;
  /** Numbers or SIP addresses by queue of people; no other is dialled. */
  readonly referrals: Readonly<Record<string, string>>;
}

const number = /^\+[1-9]\d{4,14}$/;
const desk = /^[a-z0-9][a-z0-9-]{0,63}$/;
const queue = /^[\w-]{1,64}$/;
const target = /^(\+[1-9]\d{4,14}|sips?:[\w.+-]+@[\w.-]+(:\d{1,5})?)$/i;

/** Pairs of `a=b, c=d`. */
const pairsOf = (text: string): readonly (readonly [string, string])[] =>
  listed(text).map((pair) => {
    const [left = '', right = ''] = pair.split('=', 2);
    return [left.trim(), right.trim()];
  });
const pairs = (key: RegExp, value: RegExp, error: string) =>
  z
    .string()
    .default('')
    .refine(
      (text) => pairsOf(text).every(([left, right]) => key.test(left) && value.test(right)),
      error,
    );
const recordOf = (text: string): Readonly<Record<string, string>> =>
  Object.freeze(Object.fromEntries(pairsOf(text)));

/** Variables of {@link SipSettings}, for the environment's schema. */
export const sipEnvironment = {
  /** What OpenAI signs its webhooks with (`whsec_…`). With it, telephone calls come in by SIP. */
  OPENAI_WEBHOOK_SECRET: z.string().optional(),
  /** Which desk takes calls to which number, such as `+442079460000=front-desk`, separated by commas. */
  OPENAI_SIP_DESKS: pairs(number, desk, 'must be pairs such as +442079460000=front-desk'),
  /** Where callers may be sent on to, by queue of people, such as `team=+442079460001`. */
  OPENAI_SIP_REFER: pairs(queue, target, 'must be pairs such as team=+442079460001'),
} as const;

/** Null: no calls come by SIP. @throws SwitchboardError config_invalid */
export function sipSettings(
  values: z.infer<z.ZodObject<typeof sipEnvironment>>,
  engine: EngineEndpoint | null,
): SipSettings | null {
  const { OPENAI_WEBHOOK_SECRET: webhookSecret } = values;
  if (webhookSecret === undefined) return null;
  if (!engine) {
    throw new SwitchboardError(
      'config_invalid',
      'The environment variable OPENAI_API_KEY must be set, because OPENAI_WEBHOOK_SECRET is: calls by SIP are answered by OpenAI.',
    );
  }
  return Object.freeze<SipSettings>({
    webhookSecret,
    engine,
    desks: recordOf(values.OPENAI_SIP_DESKS),
    referrals: recordOf(values.OPENAI_SIP_REFER),
  });
}
