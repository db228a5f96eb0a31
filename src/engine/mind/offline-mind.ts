import {
  argsOf,
  argumentsOf,
  fillFrom,
  readSession,
  replay,
  sessionReader,
  sameCall,
  summary,
  type ReadSession,
  type Replayed,
  type Session,
} from './dialogue/index.ts';
import { goingOn, withoutInterjections } from './going-on.ts';
import { renamed } from './naming.ts';
import { readOutcome } from './outcome.ts';
import type { Mind, MindAct, MindInput, MindItem } from './port.ts';
import { render } from './render.ts';
import { fits, type Tool } from './toolbox.ts';
import type { WordVectors } from './vectors/index.ts';

/**
 * A mind without a model: a deterministic dialogue policy.
 *
 * It knows what any model is given (instructions, tools, conversation) and nothing else: no clock,
 * no memory between responses. A response takes a few milliseconds at most.
 *
 * @param options.vectors What words mean, for wishes in other words than those of the tools.
 */
export function createOfflineMind(options: { readonly vectors?: WordVectors } = {}): Mind {
  const read = remembering(sessionReader(options.vectors));
  warmUp(read);
  return {
    async *respond(input, signal) {
      signal.throwIfAborted();
      yield* actsFor(input, read);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** How many sessions' readings are kept: those of the calls going on at once, and some. */
const remembered = 64;

/** Reads the same instructions and tools once. Only speed depends on it. */
function remembering(read: ReadSession): ReadSession {
  const kept = new Map<string, Session>();
  return (input) => {
    const key = JSON.stringify([input.instructions, input.tools]);
    const session = kept.get(key) ?? read(input);
    kept.delete(key); // the latest comes last
    kept.set(key, session);
    const [oldest] = kept.keys();
    if (kept.size > remembered && oldest !== undefined) kept.delete(oldest);
    return session;
  };
}

/** Runs the slow-to-start parts (date grammar, regular expressions) before the first caller waits for them. */
function warmUp(read: ReadSession): void {
  const tools = [
    {
      name: 'find_thing',
      description: 'Find a thing.',
      parameters: {
        type: 'object',
        properties: {
          day: { type: 'string', format: 'date' },
          code: { type: 'string', pattern: '^A\\d{4}$' },
          name: { type: 'string' },
        },
        required: ['day', 'code', 'name'],
      },
    },
  ];
  const said = [
    'please find a thing',
    'on the third of december at ten thirty',
    'a one two three four',
    'my name is ann lee',
    'thanks bye',
  ];
  const instructions = 'Today is Monday, 23 November 2026. Time zone: UTC.';
  const items = said.map((text) => ({ type: 'message', role: 'user', text }) as const);
  for (let round = 0; round < 3; round += 1)
    actsFor({ instructions, tools, toolChoice: 'auto', items }, read);
}

/** Everything a response does, at once. */
export function actsFor(said: MindInput, read: ReadSession = readSession): MindAct[] {
  const { input, back } = renamed(said);
  return respondTo(input, read).map(back);
}

function respondTo(input: MindInput, read: ReadSession): MindAct[] {
  const { exactly } = read(input).prompt;
  if (exactly !== undefined) return [{ type: 'say', text: exactly }];
  const rest = goingOn(input.items);
  if (rest !== null) return [{ type: 'say', text: rest }, ...callsBehind(input, read)];
  const heard = { ...input, items: withoutInterjections(input.items) };
  const replayed = replay(heard, read);
  const acts = render(replayed, heard.items);
  return honoured(heard, { replayed, acts: acts.length > 0 ? acts : toldBy(heard.items) });
}

/** What was to be called behind the sentence that a mere sound has cut off. */
function callsBehind(input: MindInput, read: ReadSession): readonly MindAct[] {
  const cut = input.items.at(-2);
  const unsaid = cut?.type === 'message' ? cut.unsaid?.trim() : undefined;
  const planned = respondTo({ ...input, items: input.items.slice(0, -2) }, read);
  const at = planned.findIndex((act) => act.type === 'say' && act.text.endsWith(unsaid ?? '\n'));
  return at < 0 ? [] : planned.slice(at + 1);
}

/** After a person has left the line a system message says so, and the caller waits for a word. */
function toldBy(items: readonly MindItem[]): readonly MindAct[] {
  const last = items.at(-1);
  if (last?.type !== 'message' || last.role !== 'system') return [];
  return [{ type: 'say', text: 'I am back with you. Is there anything else I can do for you?' }];
}

/** Applies `tool_choice`, and drops a call that would only repeat the last one. */
function honoured(
  input: MindInput,
  made: { readonly replayed: Replayed; readonly acts: readonly MindAct[] },
): MindAct[] {
  const { toolChoice } = input;
  const kept = made.acts.filter((act) => act.type === 'say' || !repeats(act, input.items));
  const said = kept.filter(({ type }) => type === 'say');
  if (toolChoice === 'none')
    return said.length > 0 ? said : [{ type: 'say', text: 'One moment, please.' }];
  if (toolChoice === 'auto') return kept;
  const wanted =
    typeof toolChoice === 'object' ? [toolChoice.name] : input.tools.map(({ name }) => name);
  if (kept.some((act) => act.type === 'call' && wanted.includes(act.name))) return kept;
  const call = forced(input, made.replayed, wanted);
  return call ? [call] : said;
}

function repeats(act: Extract<MindAct, { type: 'call' }>, items: readonly MindItem[]): boolean {
  // Once the caller is known, what was refused before may be called again.
  const since = items.findLastIndex(
    (item) =>
      (item.type === 'message' && item.role === 'user') ||
      (item.type === 'function_call_output' && readOutcome(item.output).kind === 'verified'),
  );
  return items.some(
    (item, index) =>
      index > since &&
      item.type === 'function_call' &&
      item.name === act.name &&
      (item.arguments === act.arguments || sameArguments(item.arguments, act.arguments)),
  );
}

function sameArguments(a: string, b: string): boolean {
  return sameCall({ name: '', args: argumentsOf(a) }, { name: '', args: argumentsOf(b) });
}

/** A call that was demanded, if the caller has said what it needs. Nothing is made up for it. */
function forced(
  { items }: MindInput,
  { scene, state }: Replayed,
  wanted: readonly string[],
): MindAct | undefined {
  const said = items.flatMap((item) =>
    item.type === 'message' && item.role === 'user' ? [item.text] : [],
  );
  const text = said.at(-1) ?? '';
  const ranked = scene.score(text).map(({ tool }) => tool);
  const rest = scene.tools.filter((tool) => !ranked.includes(tool));
  for (const tool of [...ranked, ...rest]) {
    if (!wanted.includes(tool.name) || (wanted.length > 1 && tool.role !== 'own')) continue;
    const args = demandedArgs(tool);
    if (args) return { type: 'call', name: tool.name, arguments: JSON.stringify(args) };
  }
  return undefined;

  function demandedArgs(tool: Tool): Readonly<Record<string, unknown>> | undefined {
    if (tool.role === 'transfer') {
      const [reason] = tool.params;
      return reason ? { [reason.name]: summary(text) } : {};
    }
    const known = state.goal?.tool === tool.name ? state.goal.values : {};
    const filled = said.reduce(
      (values, words) => fillFrom(scene, tool, { text: words, values, overwrite: false }).values,
      known,
    );
    const args = argsOf(tool, filled);
    return tool.params.every(
      (param) => !param.required || param.nullable || fits(param, args[param.name]),
    )
      ? args
      : undefined;
  }
}
