import type { Answerer } from '../answering.ts';
import type { Social } from '../language/index.ts';
import type { Outcome } from '../outcome.ts';
import type { Prompt } from '../prompt.ts';
import type { Ranked } from '../intent.ts';
import type { Tool } from '../toolbox.ts';
import type { Offer } from '../values/index.ts';

/** Arguments gathered for a tool. */
export type Values = Readonly<Record<string, unknown>>;

/** What does not change within one response. */
export interface Scene {
  readonly prompt: Prompt;
  readonly tools: readonly Tool[];
  readonly score: (text: string) => readonly Ranked[];
  /** The sentence of the instructions that answers a question. */
  readonly answer: Answerer;
  /** Transfers that would only send the caller in circles. */
  readonly blocked: ReadonlySet<string>;
  /** Who had the caller before, as people call them; empty when there was nobody. */
  readonly before: string;
  /** What people call the agent itself; empty when it is not known. */
  readonly self: string;
}

/** What the caller just said. */
export interface Said {
  readonly text: string;
  readonly social: Social;
}

/** What the caller is after. */
export interface Goal {
  readonly tool: string;
  readonly values: Values;
  /** Values for the tool that lists choices for this one. */
  readonly listValues: Values;
  /** What the caller said about it. */
  readonly words: readonly string[];
  /** Part of an identifier heard so far. */
  readonly part: string;
  readonly confirmed: boolean;
  /** What a lookup gave about it, to be read back before it is done. */
  readonly readBack?: Offer;
  /** What the caller is really after, set aside until this has been done for it. */
  readonly then?: Goal;
  /** Values that were not right together; one of them may have been. */
  readonly tried?: Values;
}

/** A question the caller may now answer. */
export type Asked =
  | { readonly about: 'nothing' }
  | { readonly about: 'matter' }
  | { readonly about: 'more' }
  | {
      readonly about: 'which';
      readonly tools: readonly string[];
      readonly words: string;
      /** How often it has been asked again. */
      readonly again?: number;
    }
  | {
      readonly about: 'value';
      readonly tool: string;
      readonly param: string;
      readonly times: number;
    }
  | {
      readonly about: 'choice';
      /** How often it has been asked again. */
      readonly again?: number;
    } /** `call` is what a tool asked to have confirmed; left out, the instructions did. */
  | { readonly about: 'confirm'; readonly call?: PastCall; readonly sentence?: string };

/** The last list a tool gave and how it came about. */
export interface Listing {
  readonly tool: string;
  readonly args: Values;
  readonly list: Extract<Outcome, { kind: 'list' }>;
  readonly chosen: number | undefined;
}

/** A tool call seen in the conversation. */
export interface PastCall {
  readonly name: string;
  readonly args: Values;
}

/** Where the conversation stands with the agent now speaking. */
export interface State {
  readonly asked: Asked;
  readonly goal: Goal | undefined;
  /** The goal just reached, for corrections. */
  readonly last: Goal | undefined;
  readonly listing: Listing | undefined;
  readonly unclear: number;
  /** Identifiers the caller has given in this call, by parameter name. */
  readonly known: Values;
  /** The call made since the caller last spoke, if any. */
  readonly sinceCaller: readonly PastCall[];
  /** The last result that was told, for questions about it. */
  readonly recent: { readonly tool: string; readonly facts: Offer } | undefined;
  /** A second wish of the caller's, to be taken up after the first. */
  readonly later: string;
  /** The last error that was said; a "yes" may take up what it offered. */
  readonly offered: string;
  /** What was said when the caller was locked out of proving who they are; empty otherwise. */
  readonly lockedOut: string;
  /** Who the caller has proved to be. */
  readonly caller: { readonly name: string } | undefined;
  /** In which words the caller has said who they are, latest first. */
  readonly selfSaid: readonly string[];
  /** Transfers that were refused in this call, by tool: how often, and what was said then. */
  readonly refusals: Readonly<Record<string, { readonly times: number; readonly say: string }>>;
  /** Tools here ask for a yes by themselves: the caller is not asked twice. */
  readonly readsBack: boolean;
  /** What a handover brought along: data, never a wish. */
  readonly given: Values;
  /** Left for want of a value, or because it was refused by mistake. */
  readonly withdrawn?: Goal | undefined;
  /** How often in a row a tool has refused what it was asked. */
  readonly failed?: { readonly tool: string; readonly times: number } | undefined;
  /** What was left for another matter, to be gone on with after that. */
  readonly paused?: Goal;
  /** What stood open when the caller was about to be handed over. */
  readonly parked?: { readonly goal: Goal | undefined; readonly isFarewell: boolean };
}

/** What to do next, without its wording. */
export type Plan =
  | { readonly do: 'open' }
  | {
      readonly do: 'ask';
      readonly tool: string;
      readonly param: string;
      readonly lead: Lead;
      readonly again: boolean;
    }
  | {
      readonly do: 'choose';
      readonly listing: Listing;
      readonly among: readonly Offer[];
      readonly lead: 'list' | 'narrow' | 'absent' | 'again';
    }
  | { readonly do: 'which'; readonly tools: readonly Tool[] }
  | {
      readonly do: 'confirm';
      readonly tool: Tool;
      readonly values: Values;
      readonly readBack?: Offer | undefined;
    }
  | { readonly do: 'call'; readonly name: string; readonly args: Values; readonly lead: string }
  | {
      readonly do: 'transfer';
      readonly tool: Tool;
      readonly reason: string;
      readonly farewell: boolean;
    }
  | {
      readonly do: 'report';
      readonly outcome: Outcome;
      readonly wrote: boolean;
      /** The tool that did it, if it did anything. */
      readonly by?: string; /** What goes on by itself after it. */
      readonly next?: Plan;
      readonly why?: 'paused' | 'later';
    }
  | {
      readonly do: 'fail';
      readonly sentence: string;
      readonly ask?: { readonly tool: string; readonly param: string };
    }
  /** A refusal, and what may be done instead. */
  | { readonly do: 'offer'; readonly sentence: string; readonly tools: readonly Tool[] }
  /** A sentence before another plan. */
  | { readonly do: 'after'; readonly sentence: string; readonly plan: Plan }
  /** The caller asks for what the assistant was told. */
  | { readonly do: 'private' }
  | {
      readonly do: 'goodbye';
      readonly end: Tool | undefined;
      readonly lead?: string;
    } /** What was read back is not right, and it was not understood what is. */
  | { readonly do: 'change' }
  | { readonly do: 'unclear'; readonly count: number }
  | { readonly do: 'cannot'; readonly asked?: boolean }
  | { readonly do: 'soothe' }
  /** Something indispensable is not to be had. */
  | { readonly do: 'without'; readonly tool: string; readonly param: string }
  /** The caller asks what is speaking, or for a person. */
  | { readonly do: 'machine'; readonly forPerson: boolean }
  | { readonly do: 'fact'; readonly sentence: string }
  /** Said as it is: what the runtime or a tool wants the caller to hear. */
  | { readonly do: 'say'; readonly sentence: string; readonly again: boolean }
  | { readonly do: 'invite'; readonly withAbilities: boolean; readonly lead?: string }
  | { readonly do: 'more'; readonly lead: '' | 'thanks' | 'dropped' | 'left' }
  | { readonly do: 'repeat' }
  | { readonly do: 'wait' }
  | { readonly do: 'nudge' }
  | { readonly do: 'silence' };

/** What a question or a failure begins with. */
export type Lead = '' | 'sure' | 'unheard' | 'part';

/** A new state and what follows from it. */
export interface Step {
  readonly state: State;
  readonly plan: Plan;
}

/** At the start of an agent's part of the call. */
export const initialState: State = {
  asked: { about: 'matter' },
  goal: undefined,
  last: undefined,
  listing: undefined,
  unclear: 0,
  known: {},
  sinceCaller: [],
  recent: undefined,
  later: '',
  offered: '',
  lockedOut: '',
  caller: undefined,
  selfSaid: [],
  refusals: {},
  readsBack: false,
  given: {},
};

/** The tool of that name. */
export const toolNamed = (scene: Scene, name: string | undefined): Tool | undefined =>
  scene.tools.find((tool) => tool.name === name);

/** A call's arguments; nothing when they are no JSON object. */
export function argumentsOf(text: string): Values {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Values)
      : {}; // a JSON object, checked field by field
  } catch {
    return {};
  }
}
