import type { MindAct, MindInput, MindItem } from '../port.ts';
import { fits, readTools, type Tool } from '../toolbox.ts';

/** What a caller hears when the model gave no answer: something else each time in a row. */
const again = [
  "I'm sorry, I lost my thread for a moment. Could you say that again, please?",
  "I'm sorry, I'm having trouble on my side. Please try me once more.",
] as const;
/** After these in a row, trying again is no help any more. */
const noHelp = [
  "I'm sorry, I can't help you right now, because something is not working on my side.",
  'It is still not working on my side, I am afraid.',
] as const;
const toPerson = 'Let me get someone who can.';
const goodbye = 'Please call again a little later. Goodbye.';
const later = 'Please call again a little later.';

/**
 * What is said and done instead of an answer. How often it was so before is read from the conversation;
 * the same words never come three times in a row. After a second failure in a row the caller is handed
 * to a person where a tool does that, else the call is ended where a tool does that.
 */
export function apologise(input: MindInput): readonly MindAct[] {
  const failedBefore = failuresInARow(input.items);
  const sorry = again[failedBefore];
  if (sorry !== undefined) return [{ type: 'say', text: sorry }];
  const said = noHelp[(failedBefore - again.length) % noHelp.length] ?? noHelp[0];
  const tools = input.toolChoice === 'none' ? [] : readTools(input.tools);
  const person = tools
    .filter((tool) => tool.person > 0 && !wasCalled(tool, input.items))
    .toSorted((a, b) => b.person - a.person)
    .find((tool) => plainArguments(tool) !== undefined);
  if (person) return [say(`${said} ${toPerson}`), callOf(person)];
  const end = tools.find((tool) => tool.role === 'end' && plainArguments(tool) !== undefined);
  return end ? [say(`${said} ${goodbye}`), callOf(end)] : [say(`${said} ${later}`)];
}

const say = (text: string): MindAct => ({ type: 'say', text });
const callOf = (tool: Tool): MindAct => ({
  type: 'call',
  name: tool.name,
  arguments: JSON.stringify(plainArguments(tool) ?? {}),
});

/** Arguments that can be given without knowing what the call is about. */
function plainArguments(tool: Tool): Readonly<Record<string, string>> | undefined {
  const required = tool.params.filter((param) => param.required);
  const reason = 'The assistant is not working; the caller needs help.';
  return required.every((param) => fits(param, reason))
    ? Object.fromEntries(required.map((param) => [param.name, reason]))
    : undefined;
}

function failuresInARow(items: readonly MindItem[]): number {
  let failures = 0;
  for (const item of items.toReversed()) {
    if (item.type !== 'message' || item.role !== 'assistant') continue;
    if (!isApology(item.text)) break;
    failures += 1;
  }
  return failures;
}

/** Also when the caller spoke over its end. */
const isApology = (text: string): boolean =>
  [...again, ...noHelp].some((sentence) => {
    const heard = text.slice(0, sentence.length).replace(/[\s,.]+$/, '');
    return heard.length >= 15 && sentence.startsWith(heard);
  });

/** Once is enough: whoever was not reached is not asked for again at each failure. */
function wasCalled({ name }: Tool, items: readonly MindItem[]): boolean {
  const firstApology = items.findIndex(
    (item) => item.type === 'message' && item.role === 'assistant' && isApology(item.text),
  );
  return items.some(
    (item, index) => index > firstApology && item.type === 'function_call' && item.name === name,
  );
}
