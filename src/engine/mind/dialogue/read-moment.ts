import { fits, type Param } from '../toolbox.ts';
import {
  correctedTo,
  datesIn,
  isContrasting,
  likelyTime,
  minutesFromNow,
  nightsIn,
  timeIn,
  timesIn,
  type ClockTime,
} from '../values/index.ts';
import { isDayFirst, type Looking, type Reading } from './looking.ts';
import type { Scene } from './state.ts';

/** What stands before the second one of two days or times. */
const secondCue =
  /\b(?:(?:to|until|till|through)(?= (?:on |at |the |next |this |about |around )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|to-?day|tomorrow|noon|midnight|half|quarter|\d|(?:twenty|thirty)\b|\w+(?:st|nd|rd|th)\b|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b))|(?:leave|leaving|returning|go(?:ing)? home)|(?:coming|come|be|due) back|departing|check(?:ing)? out|end(?:ing|s)?|finish(?:ing|es)?)\b/i;

/** Which of two days or times a parameter stands for, by its name. */
function edgeOf(param: Param): 'first' | 'second' | undefined {
  const name = param.name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const has = (words: string): boolean => new RegExp(`(?:^|_)(?:${words})(?:_|$)`).test(name);
  if (has('end|ends|to|until|till|return|checkout|check_out|departure|leave|out|dropoff|new'))
    return 'second';
  return has('start|starts|from|begin|begins|arrival|checkin|check_in|pickup|old|current')
    ? 'first'
    : undefined;
}

/** The words that a first or second day is to be looked for in. */
function ownWords(param: Param, { text, expected, beside = [] }: Looking): string | undefined {
  const edge = edgeOf(param);
  if (edge === undefined) return text;
  const cue = secondCue.exec(text);
  const isPair = beside.some((other) => other.kind === param.kind && edgeOf(other) !== undefined);
  if (edge === 'second') {
    if (cue) return text.slice(cue.index + cue[0].length);
    return expected || !isPair ? text : undefined;
  }
  if (!cue || !isPair) return text;
  const before = text.slice(0, cue.index);
  return expected && !/\w{3}/.test(before) ? text : before;
}

/** The day meant for a parameter; the last one named counts when something was taken back. */
export function dayFor(scene: Scene, param: Param, looking: Looking): string | undefined {
  const { text } = looking;
  const edge = edgeOf(param);
  // Of two days the first is where it begins; a month said behind both is that of both.
  if (edge !== undefined && correctedTo(text) === undefined && !isContrasting(text)) {
    const options = { dayFirst: isDayFirst(scene.prompt.timeZone) };
    const days = [...new Set(datesIn(text, scene.prompt.today, options))];
    if (days.length === 2) return edge === 'first' ? days[0] : days[1];
    const nights = edge === 'second' && days.length === 1 ? nightsIn(text) : undefined;
    if (nights !== undefined)
      return new Date(Date.parse(days[0] ?? '') + nights * dayMs).toISOString().slice(0, 10);
  }
  const own = ownWords(param, looking);
  return own === undefined ? undefined : dayIn(scene, own);
}

const term = /\bby (?:the )?(?:end of )?(?:the )?(?:(?:next |this )?(?:week|month|year)|\w+day)\b/i;

function dayIn({ prompt }: Scene, text: string): string | undefined {
  const options = { dayFirst: isDayFirst(prompt.timeZone) };
  const tail = correctedTo(text);
  const corrected = tail === undefined ? [] : datesIn(tail, prompt.today, options);
  const all = corrected.length > 0 ? corrected : datesIn(text, prompt.today, options);
  // Of a day and a term that it must be done by, the day is meant.
  const free = all.length > 1 ? datesIn(text.replace(term, ' '), prompt.today, options) : all;
  const days = free.length > 0 ? free : all;
  return isContrasting(text) ? days.at(-1) : days[0];
}

/** The time of day meant for a parameter. */
export function timeFor(scene: Scene, param: Param, looking: Looking): Reading {
  const text = ownWords(param, looking);
  if (text === undefined) return {};
  const isSecond = text !== looking.text && edgeOf(param) === 'second';
  const time = timeIn(text, looking.expected) ?? (isSecond ? firstHour(text) : undefined);
  const ahead = fromNow(scene, looking.text)?.slice(11, 16);
  const isEarly = /\b(?:wake|waking|alarm|breakfast|(?:be|get|getting) up)\b/i.test(looking.text);
  const hhmm = time
    ? likelyTime(isEarly ? { ...time, certain: true } : time, openingHour(scene.prompt))
    : ahead;
  return hhmm === undefined ? {} : firstFitting(param, [hhmm, `${hhmm}:00`]);
}

/** The hour at which the earliest opening time that is told begins; undefined when none is. */
function openingHour({ sentences }: Scene['prompt']): number | undefined {
  const hours = sentences.flatMap((sentence) =>
    [
      ...sentence.matchAll(
        /\b(?:from|between) (noon|\d{1,2})(?:[:.]\d{2})? ?(am|pm)? ?(?:to|until|till|and|-|–) ?(?:noon|midnight|\d{1,2})(?![\d/%]| (?:to|people|persons|guests|euros?|pounds?|dollars?|days?|weeks?|months?|years?|minutes?|nights?)\b)/gi,
      ),
    ].map(([, from = '', half]) => {
      const hour = from.toLowerCase() === 'noon' ? 12 : Number(from);
      const isLate =
        half === undefined ? hour < 6 || /\b(?:dinner|evening)\b/i.test(sentence) : /p/i.test(half);
      return isLate && hour < 12 ? hour + 12 : hour;
    }),
  );
  // Before noon a day begins when it always does, unless everything begins later.
  return hours.length === 0 ? undefined : Math.max(7, Math.min(...hours));
}

/** "Till four": the hour right behind the cue. */
const firstHour = (text: string): ClockTime | undefined => timesIn(`at ${text.trim()}`)[0];

/** A day and a time; where one of them is missing, the words are kept for when it comes. */
export function momentFor(scene: Scene, param: Param, looking: Looking): Reading {
  const { text, expected, part = '' } = looking;
  const { timeZone } = scene.prompt;
  const whole = part === '' ? text : `${part} ${text}`;
  const ahead = fromNow(scene, text);
  const day = dayIn(scene, text) ?? dayIn(scene, whole);
  const time = timeIn(text, expected) ?? timeIn(part, true);
  if (ahead === undefined && (day === undefined || !time))
    return (day !== undefined || time) && expected ? { part: text } : {};
  const local =
    ahead ??
    (time ? notOver(scene, text, `${day}T${likelyTime(time, openingHour(scene.prompt))}:00`) : '');
  if (timeZone === undefined) return firstFitting(param, [`${local}Z`]);
  const zoned = local + offsetOf(local, timeZone);
  return firstFitting(param, [zoned, new Date(zoned).toISOString().replace('.000Z', 'Z'), local]);
}

/** "Monday at ten", said on a Monday afternoon, is a week ahead. */
function notOver({ prompt: { today, time } }: Scene, text: string, local: string): string {
  if (!today || time === undefined || !/\b\w+day\b/i.test(text) || /\btoday\b/i.test(text))
    return local;
  const day = new Date(Date.UTC(today.year, today.month - 1, today.day)).toISOString().slice(0, 10);
  if (!local.startsWith(day) || local.slice(11, 16) > time) return local;
  return new Date(Date.parse(`${local}Z`) + weekMs).toISOString().slice(0, 19);
}
const dayMs = 24 * 60 * 60 * 1000;
const weekMs = 7 * dayMs;

/** "In two hours": local date and time, when the clock is known. */
function fromNow({ prompt: { today, time } }: Scene, text: string): string | undefined {
  const minutes = minutesFromNow(text);
  if (minutes === undefined || !today || time === undefined) return undefined;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Date(Date.UTC(today.year, today.month - 1, today.day, hour, minute + minutes))
    .toISOString()
    .slice(0, 19);
}

function firstFitting(param: Param, values: readonly string[]): Reading {
  const value = values.find((candidate) => fits(param, candidate));
  return value === undefined ? {} : { value };
}

function offsetOf(local: string, timeZone: string): string {
  try {
    const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(new Date(`${local}Z`))
      .find(({ type }) => type === 'timeZoneName')?.value;
    const offset = name?.replace('GMT', '') ?? '';
    return offset === '' ? '+00:00' : offset;
  } catch {
    return '+00:00'; // a zone this runtime does not know
  }
}
