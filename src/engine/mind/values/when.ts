import { freeTextIn } from './free-text.ts';

const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?';
const hour =
  '(?:\\d{1,2}(?::\\d\\d)?(?!\\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|lunch(?:time)?)';
const clock = `(?:(?:half past|quarter (?:past|to)) )?${hour}(?: (?:thirty|fifteen|forty[- ]five|o'?clock))?(?: ?[ap]\\.? ?m\\b(?:(?<=\\.m)\\.)?)?`;
const day = `(?:to-?day|tonight|(?:the day after )?to-?morrow|(?:(?:next|this|on|coming) )*(?:${weekday}|weekend)|(?:next|this|later this) (?:week|month))`;
const partOfDay = '(?:(?:in the|this|early|late) )*(?:mornings?|afternoons?|evenings?|night)';
const loose =
  '(?:as soon as (?:possible|you can)|right (?:now|away)|any ?time|whenever(?: you (?:can|like|want))?|in (?:an?|one|two|three|half an) hours?|later)';
const timed = `(?:between ${clock} and ${clock}|(?:at|after|before|around|about|by|from|till|until) ${clock})`;
const piece = `(?:${loose}|${day}|${partOfDay}|${timed})`;
/** What surely says when; a clock time alone may be part of anything. */
const sure = new RegExp(`\\b${piece}(?:,? (?:or )?${piece})*(?![\\w-]|\\s?\\d)`, 'i');
const hinting =
  /\d|\b(?:to-?day|to-?morrow|tonight|mornings?|noon|lunch(?:time)?|afternoons?|evenings?|night|weeks?|weekend|soon|later|now|any ?time|whenever|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/i;

/**
 * When something is to be, in the caller's own words: "tomorrow at ten", "as soon as possible".
 *
 * @param expected it was asked for: the whole utterance counts.
 */
export function whenIn(text: string, expected: boolean): string | undefined {
  if (!expected) return sure.exec(text)?.[0].trim();
  return hinting.test(text) ? text.trim() : freeTextIn(text, true);
}
