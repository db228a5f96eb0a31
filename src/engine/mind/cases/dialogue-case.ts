import type { TestDesk } from './simulate.ts';

/** One caller turn and what must follow from it. */
export interface CaseTurn {
  readonly caller: string;
  /** 0 to 1, as the ears give it. */
  readonly confidence?: number;
  /** All calls of this turn in order, by name or with arguments that must be among those sent. */
  readonly calls?: readonly (string | readonly [string, Readonly<Record<string, unknown>>])[];
  /** What must be said in this turn. */
  readonly says?: RegExp;
  readonly neverSays?: RegExp;
  readonly agent?: string;
  readonly ended?: boolean;
}

/** A dialogue as data. */
export interface DialogueCase {
  readonly name: string;
  readonly desk: TestDesk;
  readonly turns: readonly CaseTurn[];
}

/** Makes cases on one desk; `suffix` tells the same dialogue on another desk apart. */
export const casesOn =
  (desk: TestDesk, suffix = '') =>
  (name: string, turns: readonly CaseTurn[]): DialogueCase => ({
    name: `${name}${suffix}`,
    desk,
    turns,
  });
