export { participleOf } from './event.ts';
export {
  factsSentence,
  listed,
  joinedLabels,
  listSentence,
  offerLabels,
  spokenValue,
} from './facts.ts';
export { firstName } from './person.ts';
export {
  abilitiesSentence,
  abilityOf,
  nounPhrase,
  questionsFor,
  sameSentence,
} from './questions.ts';
