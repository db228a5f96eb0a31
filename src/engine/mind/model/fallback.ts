import type { Mind, MindAct, MindInput } from '../port.ts';
import { soundOf } from './speakable.ts';

/**
 * The offline mind's answer in place of a model's. What was already said stands, so of an answer that
 * broke off only its question or its tool call is taken: facts would be said twice.
 *
 * @param options.said the sentences of this turn that the caller has heard
 * @returns the acts that remain; empty when there are none
 */
export async function offlineActs(
  input: MindInput,
  options: { readonly mind: Mind; readonly said: readonly string[]; readonly signal: AbortSignal },
): Promise<readonly MindAct[]> {
  const { mind, said, signal } = options;
  const acts: MindAct[] = [];
  for await (const act of mind.respond(input, signal)) acts.push(act);
  if (said.length === 0) return acts;
  const calls = acts.filter(({ type }) => type === 'call');
  if (calls.length > 0) return calls;
  const known = new Set(said.map(soundOf));
  return acts.flatMap((act): MindAct[] => {
    if (act.type !== 'say') return [];
    const question = /[^.!?]*\?\s*$/.exec(act.text)?.[0].trim() ?? '';
    return question === '' || known.has(soundOf(question)) ? [] : [{ type: 'say', text: question }];
  });
}
