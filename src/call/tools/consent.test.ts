import { describe, expect, it } from 'vitest';
import { consentIn, type Consent } from './consent.ts';

describe('consent', () => {
  it.each<[string, Consent]>([
    ['Yes.', 'yes'],
    ['yes please', 'yes'],
    ['Yeah, that’s right', 'yes'],
    ['okay', 'yes'],
    ['Sure, go ahead.', 'yes'],
    ['that is correct', 'yes'],
    ['please do', 'yes'],
    ['No problem, go ahead', 'yes'],
    ['why not', 'yes'],
    ['I know, yes', 'yes'],
    ['no', 'no'],
    ['No, thank you', 'no'],
    ['yes, no, wait', 'no'],
    ['yes but not that one', 'no'],
    ['yeah actually make it Tuesday', 'no'],
    ['don’t do it', 'no'],
    ['hold on', 'no'],
    ['that is wrong', 'no'],
    ['not okay', 'no'],
    ['', 'passing'],
    ['Hmm…', 'passing'],
    ['sorry, what?', 'passing'],
    ['...', 'passing'],
    ['what does that cost', 'other'],
    ['Monday', 'other'],
    ['eyes', 'other'],
    ['is that right', 'other'],
    ['okay, what does that cost', 'other'],
    ['yes, that is what I want', 'yes'],
    ['yes, cancel that', 'yes'],
    ['all right then', 'yes'],
    ['I do', 'yes'],
    ['well, okay', 'yes'],
    ['do it please', 'yes'],
    ['what I said was one pack', 'other'],
    ['what I want is to speak to a vet', 'other'],
    ['I can’t wait that long', 'no'],
    ['don’t worry about it', 'other'],
    ['I am Alice', 'other'],
    ['I do have another question', 'other'],
    ['sure, but make it three', 'other'],
    ['my dog is certainly cute', 'other'],
    ['cancel that', 'other'],
    ['skip it', 'no'],
    ['do so tomorrow', 'other'],
    ['negative', 'no'],
    ['I refuse', 'no'],
  ])('%j is %s', (said, consent) => {
    expect(consentIn(said, 'en-GB')).toBe(consent);
  });

  it('takes anything but a no where it does not know the language', () => {
    expect(consentIn('Ja, bitte', 'xx')).toBe('yes');
    expect(consentIn('No, gracias', 'xx')).toBe('no');
    expect(consentIn('', 'xx')).toBe('passing');
  });
});
