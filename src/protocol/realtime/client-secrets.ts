import { z } from 'zod';
import { sessionPatch } from './session-config.ts';

/**
 * The body of `POST /v1/realtime/client_secrets`. Source of record: `ClientSecretCreateParams` of the
 * `openai` package.
 */
export const clientSecretRequest = z.strictObject({
  expires_after: z
    .strictObject({
      anchor: z.literal('created_at').exactOptional(),
      seconds: z.int().min(10).max(7_200).exactOptional(),
    })
    .exactOptional(),
  /** What sessions opened with the secret begin with. */
  session: sessionPatch.exactOptional(),
});
export type ClientSecretRequest = z.infer<typeof clientSecretRequest>;
