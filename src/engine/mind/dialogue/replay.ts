import { answererFor } from '../answering.ts';
import { scorerFor } from '../intent.ts';
import { readOutcome } from '../outcome.ts';
import type { MindInput, MindItem } from '../port.ts';
import { readPrompt } from '../prompt.ts';
import { toldParams } from '../told-params.ts';
import { readTools } from '../toolbox.ts';
import type { WordVectors } from '../vectors/index.ts';
import {
  blockedBy,
  handoversIn,
  identityIn,
  isTransferName,
  knownFrom,
  type Handed,
} from './handovers.ts';
import { hear } from './hear.ts';
import { receive } from './receive.ts';
import { takeUp } from './resume.ts';
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
  /** It goes on where it had stopped before, and has said nothing yet. */
  readonly isResumed: boolean;
}

/** What instructions and tools alone decide. */
export type Session = Omit<Scene, 'blocked' | 'before' | 'self'>;
/** Reads a session's instructions and tools; may remember what it read. */
export type ReadSession = (input: Pick<MindInput, 'instructions' | 'tools'>) => Session;

/** Makes what reads instructions and tools, with word vectors where there are any. */
export const sessionReader =
  (vectors?: WordVectors): ReadSession =>
  (input) => {
    const prompt = readPrompt(input.instructions);
    const tools = toldParams(readTools(input.tools), prompt);
    return {
      prompt,
      tools,
      score: scorerFor(tools, prompt, vectors),
      answer: answererFor(prompt, tools, vectors),
    };
  };

/** Reads instructions and tools without word vectors. */
export const readSession: ReadSession = sessionReader();

/** Where the conversation stands, and what is to be done now. */
interface Standing {
  readonly scene: Scene;
  readonly state: State;
  readonly plan: Plan;
}

/** A stretch of the conversation that one agent had, and how it came to have it. */
interface Part {
  readonly agent: string;
  readonly from: number;
  readonly to: number;
  readonly handed: Handed | undefined;
}

/** Goes through the present agent's parts of the conversation again and ends with what to do now. */
export function replay(input: MindInput, read: ReadSession = readSession): Replayed {
  const { items } = input;
  const session = read(input);
  const parts = partsOf(items);
  const present = parts.at(-1) ?? { agent: '', from: 0, to: 0, handed: undefined };
  const own = parts.filter(
    (part) => part === present || (part.agent !== '' && part.agent === present.agent),
  );
  let state = initialState;
  let taken: Taken = { plan: { do: 'open' }, isResumed: false };
  let standing: Standing | undefined;
  for (const part of own) {
    const said = items.slice(part.from, part.to);
    const before = items.slice(0, part.from);
    const scene: Scene = {
      ...session,
      blocked: blockedBy(before),
      self: part.agent,
      before: part.handed === undefined ? '' : (parts[parts.indexOf(part) - 1]?.agent ?? ''),
    };
    const { caller, lockedOut, selfSaid } = identityIn(before);
    state = {
      ...state,
      known: { ...state.known, ...knownFrom(before) },
      lockedOut,
      caller,
      selfSaid,
    };
    ({ state, ...taken } = beginning(scene, state, {
      ...{ part, said, items },
      hasEarlier: standing !== undefined,
    }));
    standing = play(
      {
        scene,
        state,
        plan: taken.plan,
        isHandedOver: part.handed !== undefined && standing === undefined,
      },
      said,
    );
    ({ state } = standing);
  }
  const said = items.slice(present.from);
  const isSilent = !said.some((item) => item.type === 'message' && item.role === 'assistant');
  const { scene, plan } = standing ?? {
    scene: { ...session, blocked: new Set<string>(), before: '', self: '' },
    ...taken,
  };
  return {
    ...{ scene, state, plan },
    takingOver: present.handed !== undefined && isSilent,
    isResumed: taken.isResumed && isSilent,
  };
}

interface Taken {
  readonly plan: Plan;
  readonly isResumed: boolean;
}

/** How an agent's part of the call begins: with what was handed over, or with the greeting. */
function beginning(
  scene: Scene,
  state: State,
  about: {
    readonly part: Part;
    readonly said: readonly MindItem[];
    readonly items: readonly MindItem[];
    readonly hasEarlier: boolean;
  },
): Taken & { readonly state: State } {
  const { part, said, items, hasEarlier } = about;
  if (part.handed) return takeUp(scene, state, { handed: part.handed, items, hasEarlier });
  const hasSpoken = said.some((item) => item.type === 'message' && item.role === 'assistant');
  return { state, plan: { do: hasSpoken ? 'nudge' : 'open' }, isResumed: false };
}

function partsOf(items: readonly MindItem[]): Part[] {
  const handovers = handoversIn(items);
  const first: Part = {
    agent: handovers[0]?.from ?? '',
    from: 0,
    to: handovers[0]?.callAt ?? items.length,
    handed: undefined,
  };
  return [
    first,
    ...handovers.map((handed, index) => ({
      ...{ agent: handed.to, from: handed.outputAt + 1, handed },
      to: handovers[index + 1]?.callAt ?? items.length,
    })),
  ];
}

/** Goes through one part, item by item. */
function play(
  begun: Standing & { readonly isHandedOver: boolean },
  said: readonly MindItem[],
): Standing {
  let { scene, state, plan } = begun;
  const open = new Map<string, { readonly name: string; readonly args: Values }>();
  for (const [index, item] of said.entries()) {
    const isLast = index === said.length - 1;
    if (item.type === 'message') {
      if (item.role === 'user') {
        scene = { ...scene, blocked: new Set() }; // new words may go anywhere
        ({ state, plan } = hear(scene, state, {
          text: item.text,
          confidence: item.confidence,
          carried: false,
          isFirst: begun.isHandedOver && !said.slice(0, index).some(isOfCaller),
        }));
      } else if (item.role === 'assistant') {
        if (isInvitation(item.text)) state = openAgain(state);
        if (isLast) plan = { do: 'nudge' };
      }
    } else if (item.type === 'function_call') {
      open.set(item.callId, { name: item.name, args: argumentsOf(item.arguments) });
      if (isTransferName(item.name))
        scene = { ...scene, blocked: new Set([...scene.blocked, item.name]) };
      if (isLast) plan = { do: 'silence' };
    } else {
      const call = open.get(item.callId);
      // An answer to a call of the agent before is not for this one.
      if (call)
        ({ state, plan } = receive(scene, state, { call, outcome: readOutcome(item.output) }));
    }
  }
  return { scene, state, plan };
}

/** Anything that the caller said, or that was done. */
const isOfCaller = (item: MindItem): boolean => item.type !== 'message' || item.role === 'user';

/** "What can I do for you?": whatever had been guessed before, the caller is asked for their matter. */
const isInvitation = (text: string): boolean =>
  /(?:^|[.!?] +)[^.!?]*\b(?:what can (?:i|we) do for you|how (?:can|may) (?:i|we) help(?: you)?(?: with (?:that|it|this))?(?: today)?|what is it about)\?$/i.test(
    text.trim(),
  );

/** Nobody but another mind (a model that failed) has asked so while something stood open here. */
const openAgain = (state: State): State =>
  state.asked.about === 'matter' || state.asked.about === 'more'
    ? state
    : { ...state, goal: undefined, asked: { about: 'matter' } };
