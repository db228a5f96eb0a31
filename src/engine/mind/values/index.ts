export { chooseAmong, timesOf, type Choice, type Offer } from './choices.ts';
export { datesIn, isoDay, isRealDay, spokenDay, type Day } from './dates.ts';
export { freeTextIn, toldIn } from './free-text.ts';
export { identifierIn, type IdentifierReading } from './identifiers.ts';
export { nameIn } from './names.ts';
export { numbersIn } from './numbers.ts';
export { pastDateIn } from './past-dates.ts';
export { likelyTime, spokenTime, timeIn } from './times.ts';
export { whenIn } from './when.ts';
