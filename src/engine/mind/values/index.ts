export { amountIn } from './amounts.ts';
export { chooseAmong, timesOf, type Choice, type Offer } from './choices.ts';
export { addressIn } from './addresses.ts';
export { correctedTo, isContrasting } from './corrections.ts';
export { datesIn, isoDay, isRealDay, spokenDay, type Day } from './dates.ts';
export { emailIn } from './emails.ts';
export { causeIn, freeTextIn, placeIn, toldIn } from './free-text.ts';
export { identifierIn, spelledRuns, type IdentifierReading } from './identifiers.ts';
export { nameIn } from './names.ts';

export { numbersIn } from './numbers.ts';
export { optionIn, optionsNamed, type Option } from './options.ts';
export { pastDateIn } from './past-dates.ts';
export { internationally, phoneIn } from './phones.ts';
export {
  likelyTime,
  minutesFromNow,
  spokenTime,
  timeIn,
  timesIn,
  type ClockTime,
} from './times.ts';
export { whenIn } from './when.ts';
export { quantityIn } from './quantities.ts';
export { wantedAlong, yesOrNo } from './yes-no.ts';
export { soughtIn } from './sought.ts';
export { urgencyIn } from './urgency.ts';
export { areaIn, nightsIn } from './stays.ts';
