import { isEmptyTalk, plain, socialOf } from '../language/index.ts';
import { scorerFor } from '../intent.ts';
import { readOutcome } from '../outcome.ts';
import type { MindInput, MindItem } from '../port.ts';
import { readPrompt } from '../prompt.ts';
import { readTools } from '../toolbox.ts';
import { hear } from './hear.ts';
import { receive } from './receive.ts';
import {
  argumentsOf,
  initialState,
  type Plan,
  type Scene,
  type State,
  type Values,
} from './state.ts';

/** The scene and the plan at the end of a conversation. */
export interface Replayed {
  readonly scene: Scene;
  readonly state: State;
  readonly plan: Plan;
  /** The agent took over a call that was under way, and has said nothing yet. */
  readonly takingOver: boolean;
}

/** What instructions and tools alone decide. */
export type Session = Omit<Scene, 'blocked'>;
/** Reads a session's instructions and tools; may remember what it read. */
export type ReadSession = (input: Pick<MindInput, 'instructions' | 'tools'>) => Session;

/** Reads instructions and tools. */
export const readSession: ReadSession = (input) => {
  const prompt = readPrompt(input.instructions);
  const tools = readTools(input.tools);
  return { prompt, tools, score: scorerFor(tools, prompt) };
};

/** Goes through the present agent's part of the conversation again and ends with what to do now. */
export function replay(input: MindInput, read: ReadSession = readSession): Replayed {
  const { items } = input;
  const transfers = transfersIn(items);
  const scene: Scene = { ...read(input), blocked: blockedBy(items, transfers) };
  const last = transfers.at(-1);
  const part = items.slice(last === undefined ? 0 : last.outputAt + 1);
  let state: State = {
    ...initialState,
    known: knownFrom(items.slice(0, items.length - part.length)),
  };
  let plan: Plan = part.some((item) => item.type === 'message' && item.role === 'assistant')
    ? { do: 'nudge' }
    : { do: 'open' };
  if (last !== undefined) {
    ({ state, plan } = hear(scene, state, {
      text: carriedText(items, last),
      confidence: undefined,
      carried: true,
    }));
  }
  const open = new Map<string, { readonly name: string; readonly args: Values }>();
  for (const [index, item] of part.entries()) {
    if (item.type === 'message') {
      if (item.role === 'user')
        ({ state, plan } = hear(scene, state, {
          text: item.text,
          confidence: item.confidence,
          carried: false,
        }));
      else if (item.role === 'assistant' && index === part.length - 1) plan = { do: 'nudge' };
    } else if (item.type === 'function_call') {
      open.set(item.callId, { name: item.name, args: argumentsOf(item.arguments) });
      if (index === part.length - 1) plan = { do: 'silence' };
    } else {
      const call = open.get(item.callId);
      if (call)
        ({ state, plan } = receive(scene, state, { call, outcome: readOutcome(item.output) }));
      else if (index === part.length - 1) plan = { do: 'nudge' };
    }
  }
  const takingOver =
    last !== undefined &&
    !part.some((item) => item.type === 'message' && item.role === 'assistant');
  return { scene, state, plan, takingOver };
}

interface Transfer {
  readonly name: string;
  readonly reason: string;
  readonly callAt: number;
  readonly outputAt: number;
}

/** Transfers that took place: an answer came and it was no error. */
function transfersIn(items: readonly MindItem[]): Transfer[] {
  return items.flatMap((item, callAt): Transfer[] => {
    if (item.type !== 'function_call' || !item.name.startsWith('transfer_to_')) return [];
    const outputAt = items.findIndex(
      (other, at) =>
        at > callAt && other.type === 'function_call_output' && other.callId === item.callId,
    );
    const output = items[outputAt];
    if (output?.type !== 'function_call_output' || readOutcome(output.output).kind === 'error')
      return [];
    const { reason } = argumentsOf(item.arguments);
    return [
      { name: item.name, reason: typeof reason === 'string' ? reason : '', callAt, outputAt },
    ];
  });
}

/** Agents that have had this very utterance: going back to them would be going in circles. */
function blockedBy(
  items: readonly MindItem[],
  transfers: readonly Transfer[],
): ReadonlySet<string> {
  const spokeAt = items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  const then = transfers.findLast(({ outputAt }) => outputAt < spokeAt);
  const since = transfers.filter(({ callAt }) => callAt > spokeAt);
  const tried = items.flatMap((item, index) =>
    index > spokeAt && item.type === 'function_call' && item.name.startsWith('transfer_to_')
      ? [item.name]
      : [],
  );
  return new Set([
    ...tried,
    ...(since.length > 0 && then ? [then.name] : []),
    ...since.map(({ name }) => name),
  ]);
}

/** What a new agent takes up: the caller's last words, and the reason when it says more. */
function carriedText(items: readonly MindItem[], transfer: Transfer): string {
  const said = items.findLast(
    (item, index) => index < transfer.callAt && item.type === 'message' && item.role === 'user',
  );
  const words = said?.type === 'message' && (said.confidence ?? 1) >= 0.35 ? said.text.trim() : '';
  const { reason } = transfer;
  if (reason === '' || plain(words).includes(plain(reason))) return words;
  if (
    words === '' ||
    plain(reason).includes(plain(words)) ||
    (isEmptyTalk(socialOf(words).rest) && !socialOf(words).bye)
  )
    return reason;
  return `${words}. ${reason}`;
}

/** Arguments of the tools that earlier agents ran, by name; which of them matter, the schema says. */
function knownFrom(items: readonly MindItem[]): Values {
  let known: Values = {};
  for (const item of items) {
    if (item.type === 'function_call' && !item.name.startsWith('transfer_to_'))
      known = { ...known, ...argumentsOf(item.arguments) };
  }
  return known;
}
