import { z } from 'zod';
import { SwitchboardError } from '../lib/index.ts';

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
  TELNYX_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .default('https://api.telnyx.com'),
  /** How long a call waits for a caller whose media stream was lost, in milliseconds. */
  TELNYX_RETURN_WITHIN_MS: z.coerce
    .number({ error: 'must be a whole number from 1000 to 600000' })
    .int('must be a whole number from 1000 to 600000')
    .min(1_000, 'must be at least 1000')
    .max(600_000, 'must be at most 600000')
    .default(20_000),
} as const;

/** Null: there is no account. @throws SwitchboardError config_invalid */
export function telnyxSettings(
  values: z.infer<z.ZodObject<typeof telnyxEnvironment>> & {
    readonly PUBLIC_URL?: string | undefined;
  },
): TelnyxSettings | null {
  const { TELNYX_PUBLIC_KEY: publicKey, PUBLIC_URL } = values;
  if (publicKey === undefined) return null;
  if (PUBLIC_URL === undefined) {
    throw new SwitchboardError(
      'config_invalid',
      'The environment variable PUBLIC_URL must be set, because TELNYX_PUBLIC_KEY is.',
    );
  }
  return Object.freeze<TelnyxSettings>({
    publicKey,
    apiKey: values.TELNYX_API_KEY ?? null,
    apiUrl: values.TELNYX_API_URL.replace(/\/+$/, ''),
    publicUrl: PUBLIC_URL.replace(/\/+$/, ''),
    returnWithinMs: values.TELNYX_RETURN_WITHIN_MS,
  });
}
