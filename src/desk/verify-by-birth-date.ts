import { z } from 'zod';
import type { CallContext, Customer } from './call-context.ts';
import { deskTool, type DeskTool } from './tool.ts';
import { verificationAnswer, type VerificationSentences } from './verify-answer.ts';

/** How a desk knows a caller by their name and date of birth. */
export interface VerifyByBirthDateOptions {
  /**
   * Finds the one customer with this name and date of birth; how much names may differ is the desk's
   * business. Null: nobody, or more than one.
   */
  readonly find: (
    call: CallContext,
    claim: { readonly name: string; /** YYYY-MM-DD. */ readonly dateOfBirth: string },
    signal: AbortSignal,
  ) => Promise<Customer | null>;
  /** Names that `find` takes for the same should give the same, or they can be guessed at apart. @default the name in lower case */
  readonly subjectOf?: (name: string) => string;
  readonly sentences?: VerificationSentences;
}

/** The tool `verify_caller{name, date_of_birth}`. */
export function verifyByBirthDate(options: VerifyByBirthDateOptions): DeskTool {
  const subjectOf = options.subjectOf ?? plainName;
  return deskTool({
    name: 'verify_caller',
    description: 'Verify who is calling, by their full name and date of birth.',
    parameters: z.object({
      name: z.string().trim().min(1).max(80).describe("The caller's full name, as they say it"),
      date_of_birth: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .meta({ format: 'date', description: "The caller's date of birth, as YYYY-MM-DD" }),
    }),
    verifies: true,
    redact: ['date_of_birth'],
    async execute({ name, date_of_birth: dateOfBirth }, call) {
      // Misheard, not wrong: it costs no attempt.
      if (!isPastDay(dateOfBirth, call.nowMs()))
        return { error: 'There is no such date of birth.' };
      const result = await call.verify({
        method: 'name_and_birth_date',
        subjects: [`name:${subjectOf(name)}`],
        prove: (signal) => options.find(call, { name, dateOfBirth }, signal),
      });
      return verificationAnswer(result, options.sentences);
    },
  });
}

function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function isPastDay(day: string, nowMs: number): boolean {
  const atMs = Date.parse(`${day}T00:00:00Z`);
  return atMs <= nowMs && new Date(atMs).toISOString().startsWith(day);
}
