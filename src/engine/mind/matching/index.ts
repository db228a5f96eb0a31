export { documentsOf, type Document, type Passage } from './documents.ts';
export { aptness, takesCode, valueEvidence } from './evidence.ts';
export { toolTalk } from './rules.ts';
export { isValueWord } from './value-words.ts';
export { meaningBy } from './meaning.ts';
export { wordMatcher } from './word-matcher.ts';
export { commonness, nearnessBy, sentenceMatcher } from './sentence-matcher.ts';
export { moodOf } from './moods.ts';
