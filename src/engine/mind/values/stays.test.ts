import { describe, expect, it } from 'vitest';
import { areaIn, nightsIn } from './stays.ts';
import { soughtIn } from './sought.ts';

describe('nights', () => {
  it.each([
    ['three nights from friday', 3],
    ['from the fifth for a week', 7],
    ['have you got anything for tonight', 1],
    ['friday to sunday', undefined],
  ])('%s', (text, nights) => expect(nightsIn(text)).toBe(nights));
});

describe('places', () => {
  it.each([
    ['two bedrooms in Redland for me', 'Redland'],
    ['something in the old town with a garden', 'the old town'],
    ['somewhere in december', undefined],
    ['could you ring me in an hour', undefined],
  ])('%s', (text, area) => expect(areaIn(text)).toBe(area));
});

describe('what is looked for', () => {
  it.each([
    ['have you got wolf hall in at all', [], 'wolf hall'],
    ["i'm looking for wolf hall as an audio book", ['audio book'], 'wolf hall'],
    ['could you bring two extra towels to room twelve', [], 'towels'],
    ['i need two packs of apoquel for my dog', [], 'apoquel'],
    ['good morning', [], undefined],
  ])('%s', (text, options, sought) => expect(soughtIn(text, options)).toBe(sought));
});
