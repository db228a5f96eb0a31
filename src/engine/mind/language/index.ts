export { digitSoundAlikes, fillers, letterNames, stopWords } from './lexicon.ts';
export { plain, sentencesOf, stem, termsOf, wordsOf, type Term } from './words.ts';
export { likeness } from './sound-alike.ts';
export { isEmptyTalk, isNoise, socialOf, type Social } from './social.ts';
