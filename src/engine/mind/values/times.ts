import { plain, stopWords, unhyphened, wordsOf } from '../language/index.ts';
import { teenOf, tensOf, unitOf } from './numbers.ts';

/** A time of day. `certain` is false when morning or afternoon was left open. */
export interface ClockTime {
  readonly hour: number; // 0 to 23; as said when not certain
  readonly minute: number;
  readonly certain: boolean;
}

const hourWord = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2}';
const minuteWord =
  '(?:twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|oh (?:one|two|three|four|five|six|seven|eight|nine)';
const half =
  '(a\\.?m\\.?|p\\.?m\\.?|a m|p m|in the morning|in the afternoon|in the evening|at night|tonight|this morning|this afternoon|this evening)';

const shapes: readonly {
  readonly shape: RegExp;
  read(match: RegExpExecArray): readonly [number, number] | undefined;
}[] = [
  {
    shape: /\b([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?\b/,
    read: ([, hour, minute]) => [Number(hour), Number(minute)],
  },
  {
    shape: new RegExp(
      `\\b(half|quarter|${minuteWord}|five) (?:minutes )?(past|after|to|before|of) (${hourWord})\\b`,
    ),
    read([, amount = '', side, hourText = '']) {
      const minutes = amount === 'half' ? 30 : amount === 'quarter' ? 15 : minuteOf(amount);
      const hour = hourOf(hourText);
      if (minutes === undefined || hour === undefined) return undefined;
      return side === 'past' || side === 'after'
        ? [hour, minutes]
        : [(hour + 11) % 12 || 12, 60 - minutes];
    },
  },
  {
    shape: new RegExp(`\\b(${hourWord}) (${minuteWord})\\b(?! (?:hundred|thousand))`),
    read([, hourText = '', minuteText = '']) {
      const hour = hourOf(hourText);
      const minute = minuteOf(minuteText);
      return hour === undefined || minute === undefined ? undefined : [hour, minute];
    },
  },
  {
    shape: new RegExp(`\\b(${hourWord}) ?(?:o'? ?clock|${half})(?= |$)`),
    read: ([, hourText = '']) => onTheHour(hourText),
  },
  { shape: /\b(?:noon|midday)\b/, read: () => [12, 0] },
  { shape: /\bmidnight\b/, read: () => [0, 0] },
];

/** An hour alone, believed after `at`, `around` and the like, or when a time was asked for. */
const bareHour = new RegExp(
  `\\b(?:at|around|about|by|(?:move|change|make|push|shift|switch) (?:it|that|this|them) (?:back |forward )?to) (${hourWord})(?= |$)`,
);

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
  const value = /^\d+$/.test(text) ? Number(text) : (unitOf(text) ?? teenOf(text));
  return value !== undefined && value >= 0 && value <= 23 ? value : undefined;
}

function minuteOf(text: string): number | undefined {
  const [head = '', tail = ''] = text.split(/[ -]/);
  if (head === 'oh') return unitOf(tail);
  const tens = tensOf(head);
  if (tens !== undefined) return tens < 60 ? tens + (unitOf(tail) ?? 0) : undefined;
  return unitOf(head) ?? teenOf(head);
}

/**
 * The time of day named in an utterance.
 *
 * @param expected a time was asked for, so that a bare hour ("ten") counts.
 */
export function timeIn(text: string, expected: boolean): ClockTime | undefined {
  const said = unhyphened(plain(text)).replaceAll(/[,!?]|\.(?=\s|$)/g, '');
  const morning = /\ba\.?m\b|\ba m\b|\bmorning\b/.test(said);
  const later = /\bp\.?m\b|\bp m\b|\b(?:afternoon|evening|tonight|at night)\b/.test(said);
  const candidates = [
    ...shapes,
    { shape: bareHour, read: (match: RegExpExecArray) => onTheHour(match[1] ?? '') },
    ...(expected ? [{ shape: /^/, read: () => onTheHour(lonelyHour(said) ?? '') }] : []),
  ];
  for (const { shape, read } of candidates) {
    const match = shape.exec(said);
    const found = match ? read(match) : undefined;
    if (!found) continue;
    const [hour, minute] = found;
    if (minute > 59) continue;
    if (later && hour < 12) return { hour: hour + 12, minute, certain: true };
    if (morning) return { hour: hour === 12 ? 0 : hour, minute, certain: true };
    const certain =
      hour > 12 ||
      hour === 0 ||
      /\b(?:noon|midday|midnight)\b/.test(said) ||
      /^0\d:/.test(match?.[0] ?? '');
    return { hour, minute, certain };
  }
  return undefined;
}

/** Hours that nobody would mean at night are taken as afternoon when left open. */
export function likelyTime({ hour, minute, certain }: ClockTime): string {
  const likely = !certain && hour >= 1 && hour <= 6 ? hour + 12 : hour;
  return `${String(likely).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Whether a spoken time may mean `HH:MM`. */
export function meansTime({ hour, minute, certain }: ClockTime, hhmm: string): boolean {
  const [h = NaN, m = NaN] = hhmm.split(':').map(Number);
  return m === minute && (certain ? h === hour : h % 12 === hour % 12);
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
