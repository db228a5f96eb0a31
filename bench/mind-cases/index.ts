import type { CaseSet } from './case.ts';
import { frontDeskTuned } from './tuned/front-desk.ts';
import { garageTuned } from './tuned/garage.ts';

/** A set of cases, and whether the mind may be worked on with them. */
export interface ScoredSet extends CaseSet {
  readonly part: 'tuned on' | 'held apart';
  /** No case of this desk is ever tuned on. */
  readonly isUnseenDesk: boolean;
}

const tuned = { part: 'tuned on', isUnseenDesk: false } as const;

/** All conversation cases. */
export const caseSets: readonly ScoredSet[] = [
  { ...frontDeskTuned, ...tuned },
  { ...garageTuned, ...tuned },
];
