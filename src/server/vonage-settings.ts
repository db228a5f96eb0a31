import { z } from 'zod';
import { publicUrlFor, returnWithinMs } from './carrier-settings.ts';

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
  VONAGE_RETURN_WITHIN_MS: returnWithinMs,
} as const;

/** Null: there is no account. @throws SwitchboardError config_invalid */
export function vonageSettings(
  values: z.infer<z.ZodObject<typeof vonageEnvironment>> & {
    readonly PUBLIC_URL?: string | undefined;
  },
): VonageSettings | null {
  const { VONAGE_SIGNATURE_SECRET: signatureSecret, PUBLIC_URL } = values;
  if (signatureSecret === undefined) return null;
  return Object.freeze<VonageSettings>({
    signatureSecret,
    publicUrl: publicUrlFor('VONAGE_SIGNATURE_SECRET', PUBLIC_URL),
    returnWithinMs: values.VONAGE_RETURN_WITHIN_MS,
  });
}
