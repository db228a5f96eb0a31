import type { CaseSet } from './case.ts';
import { courierHeldApart } from './held-apart/courier.ts';
import { frontDeskHeldApart } from './held-apart/front-desk.ts';
import { garageHeldApart } from './held-apart/garage.ts';
import { leisureHeldApart } from './held-apart/leisure.ts';
import { dealerPractice } from './practice/dealer.ts';
import { estateAgentPractice } from './practice/estate-agent.ts';
import { heatingPractice } from './practice/heating.ts';
import { hotelPractice } from './practice/hotel.ts';
import { libraryPractice } from './practice/library.ts';
import { restaurantPractice } from './practice/restaurant.ts';
import { vetPractice } from './practice/vet.ts';
import { frontDeskTuned } from './tuned/front-desk.ts';
import { garageTuned } from './tuned/garage.ts';

/** A set of cases, and whether the mind may be worked on with them. */
export interface ScoredSet extends CaseSet {
  readonly part: 'tuned on' | 'practice' | 'held apart';
  /** No case of this desk is ever tuned on. */
  readonly isUnseenDesk: boolean;
}

const tuned = { part: 'tuned on', isUnseenDesk: false } as const;

const heldApart = { part: 'held apart', isUnseenDesk: false } as const;
const unseen = { part: 'held apart', isUnseenDesk: true } as const;

const practice = { part: 'practice', isUnseenDesk: false } as const;

/** All conversation cases. */
export const caseSets: readonly ScoredSet[] = [
  { ...frontDeskTuned, ...tuned },
  { ...frontDeskHeldApart, ...heldApart },
  { ...garageTuned, ...tuned },
  { ...garageHeldApart, ...heldApart },
  { ...vetPractice, ...practice },
  { ...libraryPractice, ...practice },
  { ...heatingPractice, ...practice },
  { ...dealerPractice, ...practice },
  { ...restaurantPractice, ...practice },
  { ...estateAgentPractice, ...practice },
  { ...hotelPractice, ...practice },
  { ...courierHeldApart, ...unseen },
  { ...leisureHeldApart, ...unseen },
];
