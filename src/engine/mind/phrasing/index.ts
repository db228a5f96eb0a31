export { participleOf } from './event.ts';
export { factsSentence, listed, listSentence, offerLabels, spokenValue } from './facts.ts';
export { abilitiesSentence, abilityOf, questionsFor, sameSentence } from './questions.ts';
