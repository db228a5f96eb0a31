import { z } from 'zod';
import { SwitchboardError } from '../lib/index.ts';

/** The Vonage application whose numbers ring here. */
export interface VonageSettings {
  /** What its webhooks are signed with. */
  readonly signatureSecret: string;
  /** Where it reaches us; without a slash at the end. */
  readonly publicUrl: string;
  /** How long a call waits for a caller whose socket was lost. */
  readonly returnWithinMs: number;
}

/** Variables of {@link VonageSettings}, for the environment's schema. */
export const vonageEnvironment = {
  /** What its webhooks are signed with; empty: none of its numbers ring here. */
  VONAGE_SIGNATURE_SECRET: z.string().min(8, 'must be at least 8 characters').optional(),
  /** How long a call waits for a caller whose media socket was lost, in milliseconds. */
  VONAGE_RETURN_WITHIN_MS: z.coerce
    .number({ error: 'must be a whole number from 1000 to 600000' })
    .int('must be a whole number from 1000 to 600000')
    .min(1_000, 'must be at least 1000')
    .max(600_000, 'must be at most 600000')
    .default(20_000),
} as const;

/** Null: there is no account. @throws SwitchboardError config_invalid */
export function vonageSettings(
  values: z.infer<z.ZodObject<typeof vonageEnvironment>> & {
    readonly PUBLIC_URL?: string | undefined;
  },
): VonageSettings | null {
  const { VONAGE_SIGNATURE_SECRET: signatureSecret, PUBLIC_URL } = values;
  if (signatureSecret === undefined) return null;
  if (PUBLIC_URL === undefined) {
    throw new SwitchboardError(
      'config_invalid',
      'The environment variable PUBLIC_URL must be set, because VONAGE_SIGNATURE_SECRET is.',
    );
  }
  return Object.freeze<VonageSettings>({
    signatureSecret,
    publicUrl: PUBLIC_URL.replace(/\/+$/, ''),
    returnWithinMs: values.VONAGE_RETURN_WITHIN_MS,
  });
}
