export {
  digitSoundAlikes,
  fillers,
  letterNames,
  stopWords,
  thingConcepts,
  wishVerbs,
} from './lexicon.ts';
export {
  linesOf,
  plain,
  sentencesOf,
  stem,
  termsOf,
  unhyphened,
  wordsOf,
  type Line,
  type Term,
} from './words.ts';
export { likeness } from './sound-alike.ts';
export { isBareAnswer, isEmptyTalk, isNoise, socialOf, type Social } from './social.ts';
export { smallTalk } from './small-talk.ts';
