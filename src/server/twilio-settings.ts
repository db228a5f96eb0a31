import { z } from 'zod';
import { needed, publicUrlFor, returnWithinMs } from './carrier-settings.ts';
import { httpAddress } from './setting-values.ts';

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
  TWILIO_API_URL: httpAddress.default('https://api.twilio.com'),
  /** How long a call waits for a caller whose media stream was lost, in milliseconds. */
  TWILIO_RETURN_WITHIN_MS: returnWithinMs,
} as const;

/** Null: there is no account. @throws SwitchboardError config_invalid */
export function twilioSettings(
  values: z.infer<z.ZodObject<typeof twilioEnvironment>> & {
    readonly PUBLIC_URL?: string | undefined;
  },
): TwilioSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: token, PUBLIC_URL } = values;
  if (accountSid === undefined) return null;
  return Object.freeze<TwilioSettings>({
    accountSid,
    authToken: needed('TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID', token),
    number: values.TWILIO_NUMBER ?? null,
    apiUrl: values.TWILIO_API_URL,
    publicUrl: publicUrlFor('TWILIO_ACCOUNT_SID', PUBLIC_URL),
    returnWithinMs: values.TWILIO_RETURN_WITHIN_MS,
  });
}
