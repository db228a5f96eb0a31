import { likeness, plain, socialOf, stopWords, termsOf, wordsOf } from '../language/index.ts';
import { datesIn, type Day } from './dates.ts';
import { ordinalOf, teenOf, tensOf, unitOf } from './numbers.ts';
import { likelyTime, meansTime, timeIn, timesIn, type ClockTime } from './times.ts';

/** One thing a tool offered. */
export type Offer = Readonly<Record<string, unknown>>;

/** What a caller's words pick from a list. Indexes are into the list given. */
export type Choice =
  | { readonly picked: 'one'; readonly index: number }
  | { readonly picked: 'several'; readonly indexes: readonly number[] }
  | { readonly picked: 'absent' } // the caller named something that is not there
  | { readonly picked: 'none' };

const withinDay: Readonly<Record<string, (hour: number) => boolean>> = {
  morning: (hour) => hour < 12,
  afternoon: (hour) => hour >= 12 && hour < 17,
  lunchtime: (hour) => hour >= 12 && hour < 14,
  evening: (hour) => hour >= 17,
};

/** All of them are turned down. */
const refusing = /\b(?:none|neither|(?:don't|do not) (?:want|like)|not any)\b/;

/** The clock times (`HH:MM`) in an offer's values. */
export function timesOf(offer: Offer): string[] {
  return textsOf(offer).flatMap((value) => {
    const match = /(?:^|[T ])(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap]\.?m)?/i.exec(value);
    if (!match) return [];
    const [, hour = '', minute = '', half] = match;
    const base = Number(hour) % (half ? 12 : 24);
    const value24 = half && /^p/i.test(half) ? base + 12 : base;
    return [`${String(value24).padStart(2, '0')}:${minute}`];
  });
}

const daysOf = (offer: Offer): string[] =>
  textsOf(offer).flatMap((value) => /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(value)?.[0] ?? []);

const textsOf = (offer: Offer): string[] =>
  Object.values(offer).filter((value) => typeof value === 'string');

/**
 * Finds which offer the caller means: by place ("the second one"), time ("half past ten"), part of
 * the day, day, or the words of any value.
 *
 * @param options.current index chosen before, for "the other one".
 * @param options.hint the words were not an answer to "which one": only a time or value counts.
 */
export function chooseAmong(
  offers: readonly Offer[],
  text: string,
  options: { readonly today: Day | undefined; readonly current?: number; readonly hint?: boolean },
): Choice {
  const said = plain(text)
    .replaceAll(/[,.!?;]+(?=\s|$)/g, '')
    .replaceAll(/\b(?:first|last|second) name\b/g, ' ')
    .replaceAll(/\b(first|second|third|last|this|that|other|next|\w+er|\w+est) ones?\b/g, '$1')
    .replaceAll(/\bnot (?:the )?(?:that|this|last|\w+(?:st|nd|rd|th))(?: one)?\b/g, ' ')
    .trim();
  if (offers.length === 0 || said === '' || refusing.test(said)) return { picked: 'none' };
  const plainPlace = options.hint ? undefined : placeAlone(said, offers.length);
  if (plainPlace !== undefined) return pick([plainPlace]);
  const all = offers.map((_offer, index) => index);
  const byDay = ofDay(offers, all, said, options.today);
  if (byDay.length === 0) return { picked: 'absent' };
  const timed = offers.some((offer) => timesOf(offer).length > 0);
  const priced = byPrice(offers, said);
  if (priced !== undefined) return pick([priced]);
  const bounded = timed ? byBound(offers, byDay, said) : undefined;
  if (bounded !== undefined) {
    if (bounded.length === 0) return { picked: 'absent' };
    return /\b(?:first|earliest|soonest)\b/.test(said) ? pick(bounded.slice(0, 1)) : pick(bounded);
  }
  const time = timeIn(said, !options.hint);
  if (time && timed) {
    const hits = byDay.filter((index) =>
      timesOf(offers[index] ?? {}).some((hhmm) => meansTime(time, hhmm)),
    );
    if (hits.length > 0) return pick(hits);
    const ordinal = options.hint ? undefined : byPlace(offers, said, options.current);
    return ordinal === undefined ? { picked: 'absent' } : pick([ordinal]);
  }
  const part = Object.keys(withinDay).find((name) => new RegExp(`\\b${name}\\b`).test(said));
  if (part !== undefined && timed) {
    const fits = withinDay[part] ?? (() => false);
    const hits = byDay.filter((index) =>
      timesOf(offers[index] ?? {}).some((hhmm) => fits(Number(hhmm.slice(0, 2)))),
    );
    if (hits.length === 0) return { picked: 'absent' };
    if (hits.length === 1 || options.hint) return pick(hits);
    const place = byPlace(
      hits.map((index) => offers[index] ?? {}),
      said,
      undefined,
    );
    if (place !== undefined) return pick([hits[place] ?? 0]);
    const alsoNamed = byWords(offers, hits, said);
    return pick(alsoNamed.length > 0 ? alsoNamed : hits);
  }
  if (!options.hint) {
    const place = byPlace(offers, said, options.current);
    if (place !== undefined) return pick([place]);
  }
  const worded = byWords(offers, byDay, said);
  if (worded.length > 0) return pick(worded);
  const likely = options.hint ? [] : byPartOfTime(offers, byDay, said);
  if (likely.length > 0) return { picked: 'several', indexes: likely };
  if (byDay.length < offers.length) return pick(byDay);
  const social = socialOf(said);
  if (!options.hint && offers.length === 1 && social.yes && !social.no) return pick([0]);
  return { picked: 'none' };
}

const priceKey = /(?:^|_)(?:price|cost|amount|fee|total|rate|rent)(?:_|$)/;

/** "The cheaper one", "the most expensive": by the number that says what each costs. */
function byPrice(offers: readonly Offer[], said: string): number | undefined {
  const wantsLeast = /\b(?:cheap(?:er|est)?|least expensive|lowest price|less expensive)\b/.test(
    said,
  );
  const wantsMost = /\b(?:dear(?:er|est)|(?:more|most) expensive|priciest)\b/.test(said);
  if (!wantsLeast && !wantsMost) return undefined;
  const prices = offers.map((offer) => {
    const key = Object.keys(offer).find((name) => priceKey.test(name));
    const value = key === undefined ? undefined : Number(offer[key]);
    return value === undefined || Number.isNaN(value) ? undefined : value;
  });
  const known = prices.filter((price) => price !== undefined);
  if (known.length !== offers.length) return undefined;
  const wanted = wantsLeast ? Math.min(...known) : Math.max(...known);
  return prices.indexOf(wanted);
}

/** "After four", "before noon", "between two and four": those that begin then. */
function byBound(
  offers: readonly Offer[],
  among: readonly number[],
  said: string,
): number[] | undefined {
  const bound =
    /(?<!\b(?:half|quarter|ten|five|twenty|minutes) )\b(after|from|past|later than|not before|before|by|until|earlier than|between)\b(?! (?:the|that|this|then|it|work)\b)/.exec(
      said,
    )?.[1];
  const limits = timesIn(said);
  const [first, second] = limits;
  if (bound === undefined || !first) return undefined;
  const least = (hhmm: string): boolean => limits.length > 0 && !(minutesOf(hhmm) < near(first));
  const hits = among.filter((index) =>
    timesOf(offers[index] ?? {}).some((hhmm) => {
      if (bound === 'between' && second) return least(hhmm) && minutesOf(hhmm) <= near(second);
      return /^(?:before|by|until|earlier than)$/.test(bound)
        ? minutesOf(hhmm) <= near(first)
        : least(hhmm);
    }),
  );
  return hits;
}

const minutesOf = (hhmm: string): number =>
  Number(hhmm.slice(0, 2)) * 60 + Number(hhmm.slice(3, 5));
/** A limit in minutes; left open, four is the one in the afternoon. */
const near = (limit: ClockTime): number => minutesOf(likelyTime(limit));

/** "the first", "the second one please": a place, not a day of the month. */
function placeAlone(said: string, count: number): number | undefined {
  const words = wordsOf(said);
  if (
    words.length > 6 ||
    /\b(?:on the|day|of|morning|afternoon|lunchtime|evening|half|quarter|past|o'?clock)\b/.test(
      said,
    )
  )
    return undefined;
  const found = words.flatMap((word) => ordinalOf(word) ?? []);
  const rest = words.filter((word) => ordinalOf(word) === undefined && !stopWords.has(word));
  const [place] = found;
  const alone =
    found.length === 1 &&
    rest.every((word) => /^(?:option|choice|place|wait|instead|rather)s?$/.test(word));
  return alone && place !== undefined && place <= count ? place - 1 : undefined;
}

function pick(indexes: readonly number[]): Choice {
  const [first] = indexes;
  return first !== undefined && indexes.length === 1
    ? { picked: 'one', index: first }
    : { picked: 'several', indexes };
}

/** Offers of the day that was named; all of them when none was. */
function ofDay(
  offers: readonly Offer[],
  all: readonly number[],
  said: string,
  today: Day | undefined,
): readonly number[] {
  if (!offers.some((offer) => daysOf(offer).length > 0)) return all;
  // "The first" among offers is a place, not a day.
  const days = datesIn(
    said.replaceAll(/(?<!\bon )\bthe (?:first|second|third|fourth|fifth)\b(?! of\b)/g, ' '),
    today,
  );
  if (days.length === 0) return all;
  return all.filter((index) => daysOf(offers[index] ?? {}).some((day) => days.includes(day)));
}

function byPlace(
  offers: readonly Offer[],
  said: string,
  current: number | undefined,
): number | undefined {
  const last = offers.length - 1;
  if (/\bother(?: one)?\b/.test(said)) {
    return current !== undefined && offers.length === 2 ? 1 - current : undefined;
  }
  if (/\b(?:last|latest|final|latter)(?: one| of)?\b/.test(said)) return last;
  if (/\blater(?: one)?\b/.test(said) && (offers.length === 2 || /\bthe later\b/.test(said)))
    return last;
  if (
    /\b(?:earlier|former)(?: one)?\b/.test(said) &&
    (offers.length === 2 || /\bthe earlier\b/.test(said))
  )
    return 0;
  if (
    /\b(?:earliest|soonest|any(?: of them| one| time)?|whichever|either|doesn't matter|don't mind)\b/.test(
      said,
    )
  )
    return 0;
  const words = wordsOf(said);
  for (const [index, word] of words.entries()) {
    const ordinal = ordinalOf(word);
    if (ordinal !== undefined && ordinal <= offers.length) return ordinal - 1;
    const counted = /^(?:number|option|choice)$/.test(words[index - 1] ?? '') || words.length === 1;
    const value = unitOf(word) ?? (/^\d$/.test(word) ? Number(word) : undefined);
    if (counted && value !== undefined && value >= 1 && value <= offers.length) return value - 1;
  }
  return undefined;
}

/** Half a time was understood ("ten dirty"): the offers it may have meant, to be asked about. */
function byPartOfTime(
  offers: readonly Offer[],
  among: readonly number[],
  said: string,
): readonly number[] {
  const words = wordsOf(said);
  const hours = words.flatMap((word) =>
    word === 'one' ? [] : (unitOf(word) ?? teenOf(word) ?? []),
  );
  const minutes = words.flatMap((word) => tensOf(word) ?? []);
  if (hours.length + minutes.length !== 1) return [];
  return among.filter((index) =>
    timesOf(offers[index] ?? {}).some((hhmm) => {
      const [hour = 0, minute = 0] = hhmm.split(':').map(Number);
      return hours.some((value) => value % 12 === hour % 12) || minutes.includes(minute);
    }),
  );
}

/** Offers whose own words were said, best ones only. */
function byWords(offers: readonly Offer[], among: readonly number[], said: string): number[] {
  const heard = wordsOf(said).filter((word) => !stopWords.has(word) && !/^\d$/.test(word));
  const shared = new Map<string, number>();
  const wordsOfOffers = offers.map((offer) => {
    const words = new Set(
      Object.values(offer)
        .filter((value) => typeof value === 'string' || typeof value === 'number')
        .flatMap((value) => [
          ...wordsOf(String(value)),
          ...termsOf(String(value)).map(({ stem }) => stem),
        ]),
    );
    for (const word of words) shared.set(word, (shared.get(word) ?? 0) + 1);
    return words;
  });
  const scores = among.map((index) => {
    let score = 0;
    for (const word of heard) {
      let best = 0;
      for (const known of wordsOfOffers[index] ?? []) {
        if ((shared.get(known) ?? 0) < offers.length || offers.length === 1)
          best = Math.max(best, likeness(word, known));
      }
      score += best;
    }
    return { index, score };
  });
  const best = Math.max(0, ...scores.map(({ score }) => score));
  return best < 0.5
    ? byWholeValue(offers, among, heard)
    : scores.filter(({ score }) => score >= best - 0.01).map(({ index }) => index);
}

/** "The normal book" is no audio book: the one that has a value of nothing but what was said. */
function byWholeValue(
  offers: readonly Offer[],
  among: readonly number[],
  heard: readonly string[],
): number[] {
  const wholly = among.filter((index) =>
    Object.values(offers[index] ?? {}).some((value) => {
      const words = typeof value === 'string' ? wordsOf(value.replaceAll('_', ' ')) : [];
      return words.length > 0 && words.every((word) => heard.includes(word));
    }),
  );
  return wholly.length < offers.length ? wholly : [];
}
