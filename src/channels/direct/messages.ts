import { z } from 'zod';

/** Largest frame of a page, in bytes. */
export const maxFrameBytes = 16_384;

/** What a page may send over the control socket of a call whose audio goes straight to the engine. */
export const directClientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('connected'),
    /** The engine's id of the call; needed where the page went to the engine with a secret. */
    callId: z
      .string()
      .regex(/^[\w-]{1,128}$/)
      .optional(),
  }),
  z.strictObject({ type: z.literal('say'), text: z.string().min(1).max(2000) }),
  z.strictObject({ type: z.literal('press'), keys: z.string().regex(/^[0-9*#]{1,64}$/) }),
  z.strictObject({ type: z.literal('hang_up') }),
]);
export type DirectClientMessage = z.infer<typeof directClientMessage>;

/** Reads one frame. Null: it makes no sense. Never throws. */
export function readClientMessage(data: Buffer, isBinary: boolean): DirectClientMessage | null {
  if (isBinary || data.length > maxFrameBytes) return null;
  try {
    return directClientMessage.safeParse(JSON.parse(data.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
