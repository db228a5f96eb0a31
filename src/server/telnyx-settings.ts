import { z } from 'zod';
import { publicUrlFor, returnWithinMs } from './carrier-settings.ts';
import { httpAddress } from './setting-values.ts';

/** The Telnyx account whose numbers ring here. */
export interface TelnyxSettings {
  /** Of its webhooks' signatures, in base64. */
  readonly publicKey: string;
  /** Null: Telnyx cannot be asked whether a caller is still there. */
  readonly apiKey: string | null;
  /** Where its REST is reached; without a slash at the end. */
  readonly apiUrl: string;
  /** Where it reaches us; without a slash at the end. */
  readonly publicUrl: string;
  /** How long a call waits for a caller whose stream was lost. */
  readonly returnWithinMs: number;
}

/** Variables of {@link TelnyxSettings}, for the environment's schema. */
export const telnyxEnvironment = {
  /** What its webhooks are signed with; empty: none of its numbers ring here. */
  TELNYX_PUBLIC_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64, as Mission Control shows it')
    .optional(),
  /** Lets us ask whether a caller is still on the line. */
  TELNYX_API_KEY: z.string().optional(),
  /** Where its REST is reached, or a stand-in for tests. */
  TELNYX_API_URL: httpAddress.default('https://api.telnyx.com'),
  /** How long a call waits for a caller whose media stream was lost, in milliseconds. */
  TELNYX_RETURN_WITHIN_MS: returnWithinMs,
} as const;

/** Null: there is no account. @throws SwitchboardError config_invalid */
export function telnyxSettings(
  values: z.infer<z.ZodObject<typeof telnyxEnvironment>> & {
    readonly PUBLIC_URL?: string | undefined;
  },
): TelnyxSettings | null {
  const { TELNYX_PUBLIC_KEY: publicKey, PUBLIC_URL } = values;
  if (publicKey === undefined) return null;
  return Object.freeze<TelnyxSettings>({
    publicKey,
    apiKey: values.TELNYX_API_KEY ?? null,
    apiUrl: values.TELNYX_API_URL.replace(/\/+$/, ''),
    publicUrl: publicUrlFor('TELNYX_PUBLIC_KEY', PUBLIC_URL),
    returnWithinMs: values.TELNYX_RETURN_WITHIN_MS,
  });
}
