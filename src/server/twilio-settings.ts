import { z } from 'zod';
import { SwitchboardError } from '../lib/index.ts';

/** The Twilio account whose numbers ring here. */
export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  /** Our number for calls that we place, E.164; null: we place none. */
  readonly number: string | null;
  /** Where its REST is reached. */
  readonly apiUrl: string;
  /** Where it reaches us; without a slash at the end. */
  readonly publicUrl: string;
  /** How long a call waits for a caller whose stream was lost. */
  readonly returnWithinMs: number;
}

/** Variables of {@link TwilioSettings}, for the environment's schema. */
export const twilioEnvironment = {
  /** Address under which carriers reach this server, such as `https://line.example.com`. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  /** Account whose numbers ring here; empty: none do. */
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits')
    .optional(),
  /** Its token, with which requests are signed. */
  TWILIO_AUTH_TOKEN: z.string().optional(),
  /** One of its numbers, shown to people whom we call. */
  TWILIO_NUMBER: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$/, 'must be a number such as +442079460000')
    .optional(),
  /** Where its REST is reached: another region's address, or a stand-in for tests. */
  TWILIO_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .default('https://api.twilio.com'),
  /** How long a call waits for a caller whose media stream was lost, in milliseconds. */
  TWILIO_RETURN_WITHIN_MS: z.coerce
    .number({ error: 'must be a whole number from 1000 to 600000' })
    .int('must be a whole number from 1000 to 600000')
    .min(1_000, 'must be at least 1000')
    .max(600_000, 'must be at most 600000')
    .default(20_000),
} as const;

/** Null: there is no account. @throws SwitchboardError config_invalid */
export function twilioSettings(
  values: z.infer<z.ZodObject<typeof twilioEnvironment>>,
): TwilioSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN, PUBLIC_URL } = values;
  if (accountSid === undefined) return null;
  const needed = (name: string, value: string | undefined): string => {
    if (value !== undefined) return value;
    throw new SwitchboardError(
      'config_invalid',
      `The environment variable ${name} must be set, because TWILIO_ACCOUNT_SID is.`,
    );
  };
  return Object.freeze<TwilioSettings>({
    accountSid,
    authToken: needed('TWILIO_AUTH_TOKEN', TWILIO_AUTH_TOKEN),
    number: values.TWILIO_NUMBER ?? null,
    apiUrl: values.TWILIO_API_URL,
    publicUrl: needed('PUBLIC_URL', PUBLIC_URL).replace(/\/+$/, ''),
    returnWithinMs: values.TWILIO_RETURN_WITHIN_MS,
  });
}

/** The name that carriers call this server by, to be answered to. */
export function publicHost(publicUrl: string | undefined): readonly string[] {
  return publicUrl === undefined ? [] : [new URL(publicUrl).hostname.toLowerCase()];
}
