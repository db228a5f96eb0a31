import { z } from 'zod';
import {
  consultToolName,
  deskTool,
  type CallContext,
  type Consult,
  type DeskTool,
} from '../../desk/index.ts';
import type { TextModel } from '../ports.ts';

/** What a consult needs of its call. */
export interface ConsultHost {
  /** Null: only rules answer. */
  readonly textModel: TextModel | null;
  /** The consulted agent's prompt with today's date, made for this call. */
  prompt(agent: string): string | Promise<string>;
}

/** More than an agent should read out, and little enough not to crowd the conversation. */
const maxAnswerChars = 2_000;
const noAnswer = { error: 'I cannot find that out right now.' };

const plainQuestion = z.object({
  question: z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .describe('What the caller wants to know, in their own words'),
});

/**
 * The tool with which an agent asks another one and keeps the call: a rule answers, or the text model
 * with the other agent's prompt. The answer is data for the agent who asked.
 */
export function consultTool(consult: Consult, host: ConsultHost): DeskTool {
  const { description, parameters = plainQuestion, filler, timeoutMs } = consult;
  return deskTool({
    name: consultToolName(consult),
    description,
    parameters,
    ...(filler === undefined ? {} : { filler }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    execute: (question, call, { signal }) =>
      consult.answer
        ? byRule(consult.answer, { question, call, signal })
        : byModel(consult.agent, { question, host, signal }),
  });
}

type Question = Readonly<Record<string, unknown>>;

async function byRule(
  rule: NonNullable<Consult['answer']>,
  about: { readonly question: Question; readonly call: CallContext; readonly signal: AbortSignal },
): Promise<unknown> {
  const answer: unknown = await rule(about.question, about.call, about.signal);
  return isRefusal(answer) ? { error: answer.error } : { answer: answer ?? null };
}

async function byModel(
  agent: string,
  about: { readonly question: Question; readonly host: ConsultHost; readonly signal: AbortSignal },
): Promise<unknown> {
  const { host, signal } = about;
  if (!host.textModel) return noAnswer;
  const instructions = `${await host.prompt(agent)}\n\n${asColleague}`;
  const answer = await host.textModel.answer(
    { instructions, question: asText(about.question) },
    signal,
  );
  const text = answer.trim().slice(0, maxAnswerChars);
  return text === '' ? noAnswer : { answer: text };
}

/** The prompt was written for talking with callers, and none is on this line. */
const asColleague = `You are not on the phone now. A colleague who has a caller on the line puts a question to you. Answer the colleague in at most three short sentences, from what is written above alone. Say so when that does not answer it.`;

function asText(question: Question): string {
  const [[key, only] = [], ...more] = Object.entries(question);
  return key !== undefined && more.length === 0 && typeof only === 'string'
    ? only
    : JSON.stringify(question);
}

/** A rule that has no answer says so as any tool of a desk does. */
function isRefusal(answer: unknown): answer is { readonly error: string } {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'error' in answer &&
    typeof answer.error === 'string'
  );
}
