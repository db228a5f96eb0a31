import { handedTo, type Step } from '../case.ts';

// Where a call with the garage stands when the caller says something.

/** With the workshop, which asked what is wanted. */
export const workshop: readonly Step[] = [
  ...handedTo('workshop', ['i need to bring my car in', 'I will put you through to the workshop.']),
  { agent: 'What does your car need?' },
];

/** With the workshop about an oil change; asked for the day. */
export const oilChange: readonly Step[] = [
  ...workshop,
  { caller: 'an oil change' },
  { agent: 'On which day will the car come in?' },
];

/** With the workshop, which read out the two free bays of Wednesday, 25 November. */
export const bays: readonly Step[] = [
  ...oilChange,
  { caller: 'on wednesday' },
  { call: 'find_bays', args: { work: 'oil_change', day: '2026-11-25' } },
  {
    agent:
      'On Wednesday, November 25 there is 8:00 AM with Olga and 1:00 PM with Femi. Which one would you like?',
  },
];

/** With the workshop, which was told the bay, and asks for the number plate. */
export const plateAsked: readonly Step[] = [
  ...bays,
  { caller: 'eight in the morning' },
  { agent: 'What is the number plate of the car?' },
];

/** With the parts counter, which asked what is wanted. */
export const parts: readonly Step[] = [
  ...handedTo('parts', ['i need some tyres', 'I will put you through to the parts counter.']),
  { agent: 'Which tyres do you need?' },
];

/** With the parts counter, which quoted four winter tyres. */
export const quoted: readonly Step[] = [
  ...parts,
  { caller: 'four winter tyres two oh five' },
  { call: 'quote_tyres', args: { width: 205, count: 4, season: 'winter' } },
  {
    agent:
      'Four Michelin tyres are 360 pounds, and four Hankook tyres are 240 pounds. Which ones would you like?',
  },
];
