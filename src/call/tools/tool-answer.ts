import { messageOf, SwitchboardError } from '../../lib/index.ts';

/** What a function call is answered with. `ok` false: the output is an error the agent can speak about. */
export interface ToolAnswer {
  readonly ok: boolean;
  /** JSON text. */
  readonly output: string;
}

/** Sentences an agent may say when the runtime, not the desk, has bad news. */
export const sentences = {
  failed: 'That did not work just now.',
  timedOut: 'That is taking too long right now.',
  badArguments: 'I did not get all of that right.',
  notAvailable: 'I cannot do that here.',
  tooMuch: 'There is too much of that to go through on the phone.',
  stopped: 'The call is ending.',
  notVerified: 'First I need to know who I am speaking with.',
  toolLoop: 'I am getting nowhere with this. Could you tell me again what you need?',
  handedOver: 'The caller has been handed over.',
} as const;

/**
 * An error as every tool of a desk reports one.
 *
 * @param sentence for the caller's ears
 * @param detail for the model, so that it can repair its call; nothing secret
 */
export function errorAnswer(sentence: string, detail?: string): ToolAnswer {
  return { ok: false, output: JSON.stringify({ error: sentence, ...(detail ? { detail } : {}) }) };
}

/**
 * More than anyone could say in a call, and less than any engine refuses: OpenAI's sessions hold some
 * 28,000 tokens, and an output that is refused would be dead air.
 */
const maxOutputChars = 20_000;

/** What a tool returned, as JSON text. An object with a text `error` is a failure. */
export function answerFrom(result: unknown): ToolAnswer {
  const output =
    typeof result === 'string'
      ? asJsonText(result)
      : JSON.stringify(result === undefined ? null : result);
  if (output.length > maxOutputChars) {
    return errorAnswer(sentences.tooMuch, 'The result is too long. Ask for less of it.');
  }
  return { ok: !isError(output), output };
}

/** What a tool threw, as something the agent may say. The thrown message itself stays in our log. */
export function answerFromThrown(thrown: unknown): ToolAnswer {
  // What only the tool's own schema knows, such as a date that must be a real one.
  if (thrown instanceof Error && thrown.name === 'InvalidToolInputError') {
    return errorAnswer(sentences.badArguments, 'The arguments are not what the tool takes.');
  }
  const late = thrown instanceof SwitchboardError && thrown.code === 'tool_timeout';
  return errorAnswer(late ? sentences.timedOut : sentences.failed);
}

/** One line for the log: the first cause, because what is around it may hold what a caller said. */
export function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error && thrown.cause instanceof Error) return describeThrown(thrown.cause);
  return messageOf(thrown).split('\n', 1)[0] ?? '';
}

function asJsonText(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

function isError(output: string): boolean {
  const value: unknown = JSON.parse(output);
  return (
    typeof value === 'object' &&
    value !== null &&
    'error' in value &&
    typeof value.error === 'string'
  );
}

/** A handoff that may not be: the sentence for the caller's ears, and the code for whoever reads the trail. */
export function refusalAnswer(code: string, say: string): ToolAnswer {
  return { ok: false, output: JSON.stringify({ error: say, code, refused: true }) };
}

/** What a refusal says; `failed` for an error that is none. */
export function refusalIn({ output }: ToolAnswer): { readonly code: string; readonly say: string } {
  const value = JSON.parse(output) as { readonly code?: unknown; readonly error?: unknown } | null; // looked at below
  return {
    code: typeof value?.code === 'string' ? value.code : 'failed',
    say: typeof value?.error === 'string' ? value.error : sentences.failed,
  };
}
