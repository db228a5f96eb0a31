import { plain, stopWords, unhyphened, wordsOf } from '../language/index.ts';
import { correctedTo, isContrasting } from './corrections.ts';
import { teenOf, tensOf, unitOf } from './numbers.ts';

/** A time of day. `certain` is false when morning or afternoon was left open. */
export interface ClockTime {
  readonly hour: number; // 0 to 23; as said when not certain
  readonly minute: number;
  readonly certain: boolean;
}

/** A time and where it stands in the text, hyphens between words taken for spaces. */
export interface TimeSpan extends ClockTime {
  readonly from: number;
  readonly to: number;
}

const smallHour = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
const hourWord = `${smallHour}|\\d{1,2}`;
const lateHour =
  '(?:oh |zero )(?:one|two|three|four|five|six|seven|eight|nine)|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?: (?:one|two|three))?';
const minuteWord =
  '(?:twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|oh (?:one|two|three|four|five|six|seven|eight|nine)';
const half =
  '(?:a\\.?m\\.?|p\\.?m\\.?|a m|p m|in the morning|in the afternoon|in the evening|at night|tonight|this morning|this afternoon|this evening)';
/** What is counted is no clock: "four people", "two nights", "ten days". */
const counted =
  '(?! (?:hundred|thousand|people|persons?|guests?|adults?|children|kids|of (?:us|them)|nights?|days?|weeks?|months?|years?|hours?|minutes?|rooms?|pounds?|dollars?|euros?|percent|pence|cents?|(?!(?:this|was|works|suits|does|thanks|perhaps|always|sounds|fits|seems|unless|as)\\b)[a-z]{3,}s)\\b)';

type Read = (match: RegExpExecArray) => readonly [hour: number, minute: number] | undefined;
type Shape = readonly [shape: RegExp, read: Read];

const shape = (source: string, read: Read): Shape => [new RegExp(source, 'g'), read];

const shapes: readonly Shape[] = [
  shape(
    '(?<![\\d.])([01]?\\d|2[0-3])[:.]([0-5]\\d)(?::[0-5]\\d)?(?!\\d|\\.\\d)',
    ([, hour, minute]) => [Number(hour), Number(minute)],
  ),
  shape(
    `\\b(half|quarter|${minuteWord}|five) (?:minutes )?(past|after|to|before|of) (${hourWord})\\b`,
    ([, amount = '', side, hourText = '']) => {
      const minutes = amount === 'half' ? 30 : amount === 'quarter' ? 15 : minuteOf(amount);
      const hour = hourOf(hourText);
      if (minutes === undefined || hour === undefined) return undefined;
      return side === 'past' || side === 'after'
        ? [hour, minutes]
        : [(hour + 11) % 12 || 12, 60 - minutes];
    },
  ),
  // "Half two" is half past two.
  shape(`\\bhalf (${smallHour})\\b`, ([, hourText = '']) => {
    const hour = hourOf(hourText);
    return hour === undefined ? undefined : [hour, 30];
  }),
  shape(
    `(?<!number )\\b(${lateHour}|nine|ten|eleven|twelve) hundred(?: hours)?\\b(?! (?:and|pounds|dollars|euros|people))`,
    ([, hourText = '']) => onTheHour(hourText),
  ),
  shape(
    `(?<!number )\\b(${lateHour}|${hourWord}) (${minuteWord})\\b${counted}`,
    ([, hourText = '', minuteText = '']) => {
      const hour = hourOf(hourText);
      const minute = minuteOf(minuteText);
      return hour === undefined || minute === undefined ? undefined : [hour, minute];
    },
  ),
  shape(`\\b(${hourWord}) ?(?:o'? ?clock|${half})(?= |$)`, ([, hourText = '']) =>
    onTheHour(hourText),
  ),
  shape('\\b(?:noon|midday|lunch ?time)\\b', () => [12, 0]),
  shape('\\bmidnight\\b', () => [0, 0]),
  shape('\\bfirst thing\\b', () => [9, 0]),
  // An hour alone, believed after `at`, `around` and the like.
  shape(
    `\\b(?:at|around|about|by|(?:just |any ?time )?(?:after|before)|since|until|till|between|from|(?:move|change|make|push|shift|switch) (?:it|that|this|them) (?:back |forward )?to) (${hourWord})(?:[ -]?ish)?(?= |$)${counted}`,
    ([, hourText = '']) => onTheHour(hourText),
  ),
  shape(`\\b(${smallHour})[ -]?ish\\b`, ([, hourText = '']) => onTheHour(hourText)),
];

const untilHour = new RegExp(`^ (?:and|to|till|until|or) (${hourWord})(?= |$)${counted}`);

/** "ten", "no sorry make it eleven": an hour with nothing else of substance around it. */
function lonelyHour(said: string): string | undefined {
  const words = wordsOf(said);
  if (words.length === 1) return words[0];
  const telling = words.filter(
    (word) => !stopWords.has(word) && !/^(?:make|works?|time)$/.test(word),
  );
  const [only] = telling;
  return telling.length === 1 && !/^(?:first|second|third)$/.test(only ?? '') ? only : undefined;
}

function onTheHour(text: string): readonly [number, number] | undefined {
  const hour = hourOf(text);
  return hour === undefined ? undefined : [hour, 0];
}

function hourOf(text: string): number | undefined {
  const words = text.replace(/^(?:oh|zero) /, '').split(' ');
  const [head = '', tail] = words;
  const value = /^\d+$/.test(head)
    ? Number(head)
    : head === 'twenty'
      ? 20 + (unitOf(tail ?? 'zero') ?? 0)
      : (unitOf(head) ?? teenOf(head));
  return value !== undefined && value >= 0 && value <= 23 ? value : undefined;
}

function minuteOf(text: string): number | undefined {
  const [head = '', tail = ''] = text.split(/[ -]/);
  if (head === 'oh') return unitOf(tail);
  const tens = tensOf(head);
  if (tens !== undefined) return tens < 60 ? tens + (unitOf(tail) ?? 0) : undefined;
  return unitOf(head) ?? teenOf(head);
}

const spoken = (text: string): string =>
  unhyphened(plain(text)).replaceAll(/[,!?]|\.(?=\s|$)/g, ' ');
const inMorning = /\ba\.?m\b|\ba m\b|\bmorning\b/;
const inLaterHalf = /\bp\.?m\b|\bp m\b|\d[p]\.?m\b|\b(?:afternoon|evening|tonight|at night)\b/;

/** All times of day in an utterance, in order. A bare hour counts only beside words of time. */
export function timesIn(text: string): TimeSpan[] {
  const said = spoken(text);
  const found: { from: number; to: number; hour: number; minute: number }[] = [];
  const isFree = (from: number, to: number): boolean =>
    found.every((one) => to <= one.from || from >= one.to);
  for (const [pattern, read] of shapes) {
    for (const match of said.matchAll(pattern)) {
      const clock = read(match);
      const [from, to] = [match.index, match.index + match[0].length];
      if (!clock || clock[1] > 59 || !isFree(from, to)) continue;
      found.push({ from, to, hour: clock[0], minute: clock[1] });
      const until = untilHour.exec(said.slice(to));
      const end = until ? onTheHour(until[1] ?? '') : undefined;
      const ends = to + (until?.[0].length ?? 0);
      if (end && isFree(to, ends)) found.push({ from: to, to: ends, hour: end[0], minute: end[1] });
    }
  }
  const ordered = found.toSorted((a, b) => a.from - b.from);
  return ordered.map((one, index) => {
    // Half of the day: said with this one, or for the whole sentence when it is said but once.
    const around = said.slice(one.from, ordered[index + 1]?.from ?? said.length);
    const own = inMorning.test(around) || inLaterHalf.test(around) ? around : said;
    return { ...one, ...halved(one, own, said.slice(one.from, one.to)) };
  });
}

/** Without the times in it, so that their numbers count for nothing else. */
export function withoutTimes(text: string): string {
  const said = spoken(text);
  return timesIn(text).reduce(
    (left, { from, to }) => left.slice(0, from) + ' '.repeat(to - from) + left.slice(to),
    said,
  );
}

function halved(
  { hour, minute }: { readonly hour: number; readonly minute: number },
  around: string,
  itself: string,
): ClockTime {
  if (inLaterHalf.test(around) && hour < 12 && hour > 0)
    return { hour: hour + 12, minute, certain: true };
  if (inMorning.test(around)) return { hour: hour === 12 ? 0 : hour, minute, certain: true };
  const certain =
    hour > 12 ||
    hour === 0 ||
    /\b(?:noon|midday|lunch ?time|midnight|first thing|hundred)\b/.test(itself) ||
    /^0\d:|^(?:oh|zero) /.test(itself);
  return { hour, minute, certain };
}

/**
 * The time of day named in an utterance; the last one when others were taken back.
 *
 * @param expected a time was asked for, so that a bare hour ("ten") counts.
 */
export function timeIn(text: string, expected: boolean): ClockTime | undefined {
  const tail = correctedTo(text);
  const corrected = tail === undefined ? undefined : oneTimeIn(tail, expected);
  return corrected ?? oneTimeIn(text, expected);
}

function oneTimeIn(text: string, expected: boolean): ClockTime | undefined {
  const found = timesIn(text);
  const one = isContrasting(text) ? found.at(-1) : found[0];
  if (one) return { hour: one.hour, minute: one.minute, certain: one.certain };
  if (!expected) return undefined;
  const said = spoken(text).replace(/\bnot (?:at )?\w+ (?=\w)/, '');
  const clock = onTheHour(lonelyHour(said) ?? '');
  return clock && halved({ hour: clock[0], minute: clock[1] }, said, '');
}

/**
 * Hours that nobody would mean at night are taken as afternoon when left open, and so are those before anything begins.
 *
 * @param opens the hour at which the day begins where the time is for. @default 7
 */
export function likelyTime({ hour, minute, certain }: ClockTime, opens = 7): string {
  const likely = !certain && hour >= 1 && hour < 12 && hour < opens ? hour + 12 : hour;
  return `${String(likely).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Whether a spoken time may mean `HH:MM`. */
export function meansTime({ hour, minute, certain }: ClockTime, hhmm: string): boolean {
  const [h = NaN, m = NaN] = hhmm.split(':').map(Number);
  return m === minute && (certain ? h === hour : h % 12 === hour % 12);
}

/** How long from now: "in two hours", "in half an hour". Minutes; undefined when it is not said. */
export function minutesFromNow(text: string): number | undefined {
  const said = plain(text);
  const match =
    /\bin (?:about |around )?(?:(half an hour)|(a quarter of an hour)|(an hour and a half)|(?:(an?|one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|forty|forty[ -]five|\d{1,3}) (hour|minute)s?))\b/.exec(
      said,
    );
  if (!match) return undefined;
  const [, halfHour, quarter, andHalf, amount = '', unit] = match;
  if (halfHour) return 30;
  if (quarter) return 15;
  if (andHalf) return 90;
  const many = /^an?$/.test(amount) ? 1 : (minuteOf(amount) ?? Number(amount));
  return Number.isNaN(many) ? undefined : many * (unit === 'hour' ? 60 : 1);
}

/**
 * A time of day as people say it: the bare clock in the hours in which people are about in the
 * morning, with its half of the day otherwise (`9:00`, `1:30 PM`).
 *
 * @param hhmm `HH:MM`, 24 hours; seconds are left away.
 */
export function spokenTime(hhmm: string): string {
  const [hour = NaN, minute = NaN] = hhmm.split(':').map(Number);
  if (Number.isNaN(hour) || Number.isNaN(minute)) return hhmm;
  const clock = `${hour % 12 || 12}:${String(minute).padStart(2, '0')}`;
  if (hour >= 12) return `${clock} PM`;
  return hour < 7 ? `${clock} AM` : clock;
}
