import type { VerificationResult } from './call-context.ts';

/** What a caller is told who could not be verified. The same whether nobody matches or somebody else. */
export interface VerificationSentences {
  /** @default 'That does not match what we have.' */
  readonly notMatched?: string;
  /** @default 'I could not verify who you are, and cannot try again for a while.' */
  readonly lockedOut?: string;
}

/** What every tool that verifies returns to the model. */
export function verificationAnswer(
  result: VerificationResult,
  sentences: VerificationSentences = {},
): Readonly<Record<string, unknown>> {
  if (result.ok) return { verified: true, name: result.customer.name };
  const error =
    result.code === 'locked_out'
      ? (sentences.lockedOut ?? 'I could not verify who you are, and cannot try again for a while.')
      : (sentences.notMatched ?? 'That does not match what we have.');
  return { error, code: result.code, attempts_left: result.attemptsLeft };
}
