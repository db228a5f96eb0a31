import type { CaseSet } from '../case.ts';
import { frontDesk } from '../desks/front-desk.ts';
import { dialogues } from './front-desk.dialogues.ts';
import { utterances } from './front-desk.utterances.ts';

/** The shipped desk, tuned on. */
export const frontDeskTuned: CaseSet = { desk: frontDesk, utterances, dialogues };
