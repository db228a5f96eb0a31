import type { TestDesk } from '../../src/engine/mind/cases/test-desk.ts';

/** How hard an utterance is for somebody who answers a telephone. */
export type Level = 'easy' | 'ordinary' | 'hard';

/** A value that an argument must have. Strings match whatever their case; RegExps what they find. */
export type Value = string | number | boolean | null | RegExp;

/** A tool call or transfer that must be made, and what must be among its arguments. */
export interface WantedCall {
  readonly name: string;
  readonly args: Readonly<Record<string, Value>>;
}

/** One step of the conversation before the utterance. Calls are really made, as the caller's words are really heard. */
export type Step =
  | { readonly caller: string }
  | { readonly agent: string }
  | { readonly call: string; readonly args: Readonly<Record<string, unknown>> };

/** What the caller answers when a question (its last sentence first, then all that was said) matches. */
export type Reply = readonly [asked: RegExp, says: string];

/** A desk that a call is held with. */
export interface BenchDesk {
  readonly name: string;
  /** As the instructions name it. */
  readonly timeZone: string;
  /** What the clock at the desk shows, `HH:MM`; the day is always Monday, 23 November 2026. */
  readonly time: string;
  /** Tools that change data. */
  readonly writes: readonly string[];
  /** A desk whose data are as on the first day. */
  readonly open: () => TestDesk;
}

/** One thing that a caller says, and what must come of it. */
export interface UtteranceCase {
  readonly level: Level;
  readonly before: readonly Step[];
  readonly says: string;
  /** Calls to make, in this order. None: the mind must answer, ask, or say that it cannot. */
  readonly calls: readonly WantedCall[];
  /** Calls that are neither right nor wrong on the way. */
  readonly via: readonly string[];
  /** Where no tool is right: what must be said. */
  readonly answer?: RegExp;
  /** For a mind that must ask before it can act. What the utterance gives already is not among them. */
  readonly then: readonly Reply[];
}

/** A goal-driven caller, and the state that the call must end in. */
export interface CallerCase {
  readonly name: string;
  readonly level: Level;
  readonly opening: string;
  /** Tried in order. A question asked twice is answered twice. */
  readonly facts: readonly Reply[];
  /** Further matters, brought up one at a time when the last one is over, unless said already as an answer. */
  readonly more: readonly string[];
  readonly final: {
    /** All writes that take place, in any order; nothing else may be written. */
    readonly writes: readonly WantedCall[];
    /** Other calls that must have succeeded. */
    readonly reads: readonly WantedCall[];
    /** Said at some time. */
    readonly said: readonly RegExp[];
    /** How the call is over. `person`: a person has the caller. */
    readonly over: 'ended' | 'person';
  };
  /** Caller turns, goodbye included. */
  readonly maxTurns: number;
}

/** Cases of one desk in one part. */
export interface CaseSet {
  readonly desk: BenchDesk;
  readonly utterances: readonly UtteranceCase[];
  readonly dialogues: readonly CallerCase[];
}

/** A wanted call. */
export const call = (name: string, args: WantedCall['args'] = {}): WantedCall => ({ name, args });

/** Digits in a row, whatever stands between them. */
export const digits = (wanted: string): RegExp =>
  new RegExp(`^\\D*${wanted.replaceAll(/\d/g, '$&\\D*')}$`);

interface Wants {
  readonly calls?: readonly WantedCall[];
  readonly via?: readonly string[];
  readonly answer?: RegExp;
  readonly then?: readonly Reply[];
}

/** Says what must come of an utterance: calls, or, with none, an answer or a question. */
export const utterance = (
  level: Level,
  before: readonly Step[],
  [says, { calls = [], via = [], then = [], ...more }]: readonly [string, Wants],
): UtteranceCase => ({ level, before, says, calls, via, then, ...more });

interface Caller extends Pick<CallerCase, 'name' | 'opening' | 'facts'> {
  readonly level?: Level;
  readonly more?: readonly string[];
  readonly final: Partial<CallerCase['final']>;
  readonly maxTurns?: number;
}

/**
 * A dialogue.
 *
 * @param caller.level @default 'ordinary'
 * @param caller.maxTurns @default 12
 * @param caller.final.over @default 'ended'
 */
export const dialogue = ({
  level = 'ordinary',
  more = [],
  maxTurns = 12,
  ...caller
}: Caller): CallerCase => ({
  ...caller,
  level,
  more,
  maxTurns,
  final: { writes: [], reads: [], said: [], over: 'ended', ...caller.final },
});

/** Steps that bring the caller from one agent to another. */
export const handedTo = (
  agent: string,
  [caller, spoken]: readonly [string, string],
  packet = {},
): readonly Step[] => [
  { caller },
  { agent: spoken },
  { call: `transfer_to_${agent}`, args: { reason: caller, ...packet } },
];
