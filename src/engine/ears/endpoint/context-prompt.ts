import type { RecognizerContext } from '../port.ts';

/** A transcription prompt is cut at 224 tokens; this stays below. */
const mostChars = 600;
const mostNames = 40;

/**
 * Words to lean on for a model that takes a prompt: what was just asked, then the names that the
 * session's instructions and tools use. Nothing of what callers said.
 */
export function contextPrompt(
  context: RecognizerContext | null,
  asked: string | undefined,
): string {
  const names = context ? namesOf(context) : [];
  const parts = [asked?.trim() ?? '', names.length > 0 ? `${names.join(', ')}.` : ''];
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, mostChars);
}

/** Names: words written with a capital within a sentence, and the choices that tools offer. */
function namesOf({ instructions, tools }: RecognizerContext): readonly string[] {
  const capitals = instructions.matchAll(
    /(?<=[\p{Ll}\p{N},;:] )\p{Lu}[\p{L}\p{N}'-]+( \p{Lu}[\p{L}\p{N}'-]+)*/gu,
  );
  const names = new Set([...capitals].map(([name]) => name));
  for (const { parameters } of tools) for (const choice of choicesIn(parameters)) names.add(choice);
  return [...names].slice(0, mostNames);
}

/** Every text of every `enum` in a JSON Schema. */
function choicesIn(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(choicesIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'enum' && Array.isArray(value)
      ? value.filter((one) => typeof one === 'string').map((one) => one.replaceAll('_', ' '))
      : choicesIn(value),
  );
}
