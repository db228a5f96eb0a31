import type { CaseTurn, DialogueCase } from './dialogue-case.ts';
import { garage } from './garage.ts';

const one = (name: string, turns: readonly CaseTurn[]): DialogueCase => ({
  name,
  desk: garage,
  turns,
});

const wednesdayBays: CaseTurn = {
  caller: 'wednesday',
  calls: [['find_bays', { day: '2026-11-25' }]],
  says: /Olga, 8:00 and Femi, 1:00 PM on Wednesday, November 25/,
};

/** Dialogues on another kind of desk: nothing in the mind may depend on the first one. */
export const garageCases: readonly DialogueCase[] = [
  one('a lookup by a spelled plate', [
    { caller: 'is my car ready', calls: [], says: /number plate/ },
    {
      caller: 'k t one nine a b c',
      calls: [['check_repair_status', { plate: 'KT19ABC' }]],
      says: /ready.*£342\.50/,
    },
    { caller: 'thanks goodbye', calls: ['end_call'], ended: true },
  ]),
  one('an unknown plate is asked for again', [
    { caller: 'is my car ready', says: /number plate/ },
    { caller: 'x y five five', calls: ['check_repair_status'], says: /No car.*number plate/ },
  ]),
  one('a service with a kind of work, a bay, a plate and a yes', [
    {
      caller: "i'd like to bring my car in for an oil change",
      calls: ['transfer_to_workshop'],
      says: /What day/,
    },
    { ...wednesdayBays, calls: [['find_bays', { work: 'oil_change', day: '2026-11-25' }]] },
    { caller: 'the one with femi', calls: [], says: /number plate/ },
    { caller: 'kilo tango one nine alpha bravo charlie', calls: [], says: /courtesy car/ },
    {
      caller: 'yes please',
      calls: [
        ['reserve_bay', { bay_id: 'bay_9', plate: 'KT19ABC', courtesy_car: true, note: null }],
      ],
      says: /expected on Wednesday/,
    },
    { caller: "no that's it thanks", calls: ['transfer_to_front', 'end_call'], ended: true },
  ]),
  one('a full day, then another', [
    { caller: 'my brakes make a strange noise', calls: ['transfer_to_workshop'] },
    { caller: 'a brake check', calls: [], says: /What day/ },
    { caller: 'friday', calls: ['find_bays'], says: /no bays on Friday/ },
    { ...wednesdayBays, caller: 'wednesday then' },
    { caller: "one o'clock", calls: [], says: /number plate/ },
    { caller: 'kt19 abc', calls: [], says: /courtesy/ },
    { caller: 'no', calls: [['reserve_bay', { plate: 'KT19ABC', courtesy_car: false }]] },
  ]),
  one('numbers, an offer by its name, and a time', [
    { caller: 'how much are tyres', calls: ['transfer_to_parts'], says: /width/ },
    { caller: 'two hundred and five', calls: [], says: /how many tyres you need/ },
    {
      caller: 'four',
      calls: [['quote_tyres', { width: 205, count: 4 }]],
      says: /Michelin, £360\.00 and Hankook, £240\.00/,
    },
    { caller: 'the hankook', calls: [], says: /What time/ },
    {
      caller: 'half past four',
      calls: [['order_tyres', { offer_id: 'o2', pickup_time: '16:30' }]],
    },
  ]),
  one('the other one of two', [
    { caller: 'i want a full service on wednesday', calls: ['transfer_to_workshop', 'find_bays'] },
    { caller: 'the first', calls: [], says: /number plate/ },
    { caller: 'no the other one', calls: [], says: /number plate/ },
    { caller: 'kt19abc', calls: [], says: /courtesy/ },
    { caller: 'nope', calls: [['reserve_bay', { bay_id: 'bay_9' }]] },
  ]),
  one('a change of mind across agents', [
    { caller: 'i need new tyres', calls: ['transfer_to_parts'] },
    {
      caller: 'actually i want a full service tomorrow',
      calls: ['transfer_to_workshop', ['find_bays', { work: 'full_service', day: '2026-11-24' }]],
      says: /no bays on Tuesday/,
    },
  ]),
  one('questions that the instructions answer', [
    { caller: 'can i pay by card', calls: [], says: /any card/ },
    { caller: 'do i have to pay for the courtesy car', calls: [], says: /free of charge/ },
    { caller: 'can you fix my washing machine', neverSays: /yes/i },
  ]),
];
