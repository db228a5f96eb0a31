import type { Outcome } from '../outcome.ts';
import type { Prompt } from '../prompt.ts';
import { isoDay, isRealDay, spokenDay, spokenTime, timesOf, type Offer } from '../values/index.ts';
import { eventIn } from './event.ts';

type Place = Pick<Prompt, 'today' | 'timeZone'>;

const moneyKey =
  /(?:^|_)(?:amount|total|price|cost|fee|balance|rent|deposit|charge|subtotal|due_amount)(?:_|$)/;
const minorKey = /_(?:cents|pence|minor)$/;
const signs: Readonly<Record<string, string>> = { USD: '$', GBP: '£', EUR: '€' };

/** `a, b and c`. */
export function listed(texts: readonly string[], word = 'and'): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** One value as a person would say it, or undefined when it is not for ears. */
export function spokenValue(
  key: string,
  value: unknown,
  record: Offer,
  place: Place,
): string | undefined {
  if (typeof value === 'number') return spokenNumber(key, value, record);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim();
  if (isIdKey(key) && !isSpeakableId(text)) return undefined;
  const moment = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}/.exec(text);
  if (moment?.[1] && isRealDay(moment[1])) return spokenMoment(text, moment[1], place);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text)) return spokenDay(text, place.today);
  if (/^\d{2}:\d{2}(?::\d{2})?$/.test(text)) return spokenTime(text);
  if (moneyKey.test(key) && /^\d+(?:\.\d+)?$/.test(text))
    return spokenNumber(key, Number(text), record);
  if (/^https?:/.test(text) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text)) return undefined;
  return /^[a-z]+(?:_[a-z]+)+$/.test(text) ? text.replaceAll('_', ' ') : text;
}

function spokenNumber(key: string, value: number, record: Offer): string {
  if (!moneyKey.test(key) && !minorKey.test(key)) return String(value);
  const amount = (minorKey.test(key) ? value / 100 : value).toFixed(2);
  const currency = (typeof record['currency'] === 'string' ? record['currency'] : '').toUpperCase();
  const sign = signs[currency];
  // Nobody says the cents of a large round sum.
  if (currency === '' && value >= 1000 && Number.isInteger(value) && !minorKey.test(key))
    return String(value);
  return sign ? sign + amount : `${amount} ${currency}`.trim();
}

function spokenMoment(text: string, day: string, place: Place): string {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && place.timeZone !== undefined;
  if (!zoned) return `${spokenDay(day, place.today)} at ${spokenTime(timesOf({ text })[0] ?? '')}`;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const local = localMoment(at, place.timeZone);
  return `${spokenDay(local.slice(0, 10), place.today)} at ${spokenTime(local.slice(11, 16))}`;
}

function localMoment(at: Date, timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(at);
  } catch {
    return at.toISOString(); // a zone this runtime does not know
  }
}

const isIdKey = (key: string): boolean =>
  /(?:^|_)id$/i.test(key) || /[a-z]Id$/.test(key) || /token|uuid|url|hash/i.test(key);
const isSpeakableId = (text: string): boolean =>
  /^[A-Z]{1,5}[- ]?[\dA-Z][\dA-Z-]{1,18}$/.test(text) || /^\d{1,10}$/.test(text);

const keyWords = (key: string): string =>
  key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replace(minorKey, '')
    .replaceAll('_', ' ')
    .toLowerCase()
    .trim();

/**
 * Key facts of a result in one or two sentences.
 *
 * @param done what was done, as a participle ("booked"), when the result is that of an action.
 */
export function factsSentence(facts: Offer, place: Place, done = ''): string {
  const event = eventIn(facts, done, (key) => spokenValue(key, facts[key], facts, place));
  if (event) {
    const rest = Object.entries(facts).filter(
      ([key, value]) => !event.told.has(key) && !(value === true && key === done),
    );
    const more = factsSentence(Object.fromEntries(rest), place);
    return more === '' ? event.sentence : `${event.sentence} ${more}`;
  }
  const entries = Object.entries(facts).filter(
    ([key]) => !/^(?:ok|success|currency|error)$/.test(key),
  );
  const subject = entries.find(
    ([key, value]) =>
      isIdKey(key) && keyWords(key) !== 'id' && typeof value === 'string' && isSpeakableId(value),
  );
  const date =
    typeof facts['date'] === 'string'
      ? spokenValue('date', facts['date'], facts, place)
      : undefined;
  const time =
    typeof facts['time'] === 'string'
      ? spokenValue('time', facts['time'], facts, place)
      : undefined;
  const clauses: string[] = [];
  const purpose = subject && entries.find(([key, value]) => isPurpose(key, value));
  for (const [key, value] of entries) {
    if (subject?.[0] === key || purpose?.[0] === key) continue;
    if (date !== undefined && time !== undefined && (key === 'date' || key === 'time')) {
      if (key === 'date') clauses.push(`it is on ${date} at ${time}`);
      continue;
    }
    const clause = clauseOf(key, value, facts, place);
    if (clause !== undefined) clauses.push(clause);
  }
  const head = subject
    ? `${capital(keyWords(subject[0]).replace(/ id$/, ''))} ${String(subject[1])}`
    : undefined;
  if (clauses.length === 0 && purpose === undefined)
    return head === undefined ? '' : `That is ${head}.`;
  const first = clauses.slice(0, clauses.length > 4 ? 3 : 4);
  const rest = clauses.slice(first.length);
  const opening =
    purpose && head !== undefined
      ? [`${head} is for ${String(purpose[1])}`, capital(listed(first))]
      : [head === undefined ? capital(listed(first)) : `${head}: ${listed(first)}`];
  return [...opening, capital(listed(rest))]
    .filter((text) => text !== '')
    .map((text) => `${text}.`)
    .join(' ');
}

/** What a thing is for, in words: `Order 7 is for two keys.` */
const isPurpose = (key: string, value: unknown): boolean =>
  /^(?:description|purpose)$/.test(key) &&
  typeof value === 'string' &&
  /^[^.!?]{1,80}$/.test(value.trim());

function clauseOf(key: string, value: unknown, record: Offer, place: Place): string | undefined {
  const words = keyWords(key).replace(/ id$/, '');
  if (typeof value === 'boolean') {
    const participle = /^(?:(.+) )?(\w+ed|sent|paid|done|made|found|open)$/.exec(words);
    const not = value ? '' : ' not';
    if (participle)
      return `${participle[1] ? `the ${participle[1]}` : 'it'} ${participle[1] ? 'was' : 'is'}${not} ${participle[2]}`;
    return /^[a-z]+$/.test(words) ? `it is${not} ${words}` : `${words}: ${value ? 'yes' : 'no'}`;
  }
  const text = spokenValue(key, value, record, place);
  if (text === undefined) return undefined;
  if (words === 'due date') {
    const past = place.today !== undefined && String(value).slice(0, 10) < isoDay(place.today);
    return `it ${past ? 'was' : 'is'} due on ${text}`;
  }
  if (/^(?:status|state)$/.test(words) && /^[a-z]+(?: [a-z]+)?$/.test(text)) return `it is ${text}`;
  if (/^(?:was|were|is|are|has|have|had|could|can|cannot|can't|will|did|does)\b/.test(text))
    return `the ${words} ${text}`;
  if (!/status|state/.test(words) && /^(?:\w{3,}ed|sent|paid|made|done)(?: |$)/.test(text))
    return `the ${words} was ${text}`;
  return `the ${words} ${/[^s]s$/.test(words) && /^\d/.test(text) ? 'are' : 'is'} ${text}`;
}

/** `YYYY-MM-DD HH:MM` of a moment as it is at the desk. */
function localText(value: unknown, place: Place): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(value))
    return undefined;
  const at = new Date(value);
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) && place.timeZone !== undefined;
  return zoned && !Number.isNaN(at.getTime()) ? localMoment(at, place.timeZone) : value;
}

/** The day on which all offers' moments of that key fall, if it is one. */
function sameDay(offers: readonly Offer[], key: string, place: Place): string | undefined {
  if (offers.length < 2) return undefined;
  const days = new Set(offers.map((offer) => localText(offer[key], place)?.slice(0, 10)));
  const [day] = days;
  return days.size === 1 ? day : undefined;
}

/** How one of several offers is called: by what sets it apart. */
export function offerLabels(offers: readonly Offer[], place: Place): string[] {
  const keys = Object.keys(offers[0] ?? {});
  const differs = (key: string): boolean => offers.some((offer) => offer[key] !== offers[0]?.[key]);
  const telling = offers.length === 1 ? keys : keys.filter(differs);
  return offers.map((offer, index) => {
    const spoken = telling.flatMap((key): [string, string][] => {
      const text =
        isIdKey(key) || key === 'currency'
          ? undefined
          : sameDay(offers, key, place) === undefined
            ? spokenValue(key, offer[key], offer, place)
            : spokenTime(localText(offer[key], place)?.slice(11, 16) ?? '');
      return text === undefined ? [] : [[key, text]];
    });
    const timed = spoken.filter(
      ([key, text]) =>
        /(?:^|_)(?:date|day|time|at|start|starts|begin)$|start|time/.test(key) && /\d/.test(text),
    );
    const others = spoken.filter((entry) => !timed.includes(entry));
    // What it costs is never left away.
    const priced = others.findIndex(([key]) => moneyKey.test(key));
    const named =
      priced < 2 ? others : [...others.slice(0, 2), ...others.slice(priced, priced + 1)];
    const when = timed
      .slice(0, 2)
      .map(([, text]) => text)
      .sort((a, b) => Number(/^\d/.test(a)) - Number(/^\d/.test(b)))
      .join(' at ');
    const pieces = [
      ...named
        .slice(0, when === '' || priced >= 0 ? 3 : 2)
        .map(([key, text]) => numbered(key, text)),
      ...(when === '' ? [] : [when]),
    ];
    return pieces.length > 0 ? pieces.join(', ') : `number ${index + 1}`;
  });
}

/** "3 rooms", but "floor 3". */
function numbered(key: string, text: string): string {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return text;
  if (moneyKey.test(key)) return text;
  const words = keyWords(key);
  return /[^s]s$/.test(words) ? `${text} ${words}` : `${words} ${text}`;
}

/** The list a tool returned: how many, the first few, and the day they share. */
export function listSentence(list: Extract<Outcome, { kind: 'list' }>, place: Place): string {
  const { offers, noun } = list;
  if (offers.length === 0) return `I find no ${noun || 'results'}${sharedDay(list, place)}.`;
  const labels = offerLabels(offers, place);
  const tail = sharedDay(list, place);
  // Clock times are followed by ear; of things with several sides, few are.
  const most = labels.every((label) => label.length <= 8) ? 6 : 4;
  if (labels.length <= most) return `I have ${joinedLabels(labels)}${tail}.`;
  const told = labels.slice(0, most - 1);
  const rest = labels.length - told.length;
  return `I have ${joinedLabels([...told, `${smallNumbers[rest] ?? rest} more`])}${tail}.`;
}

const smallNumbers = 'no one two three four five six seven eight nine ten'.split(' ');

/** `a, b and c`; with stronger signs between labels that have commas of their own. */
export const joinedLabels = (labels: readonly string[]): string =>
  labels.length > 2 && labels.some((label) => label.includes(','))
    ? `${labels.slice(0, -1).join('; ')} and ${labels.at(-1) ?? ''}`
    : listed(labels);

function sharedDay({ offers, common }: Extract<Outcome, { kind: 'list' }>, place: Place): string {
  const first = offers[0] ?? {};
  const moments = Object.keys(first).flatMap((key) => sameDay(offers, key, place) ?? []);
  if (moments[0] !== undefined) return ` on ${spokenDay(moments[0], place.today)}`;
  for (const key of ['date', 'day']) {
    const alike =
      offers.length > 1 && offers.every((offer) => offer[key] === first[key])
        ? first[key]
        : undefined;
    const day =
      alike ?? (offers.length === 1 && first[key] !== undefined ? undefined : common[key]);
    const text = spokenValue(key, day, common, place);
    if (text !== undefined) return ` on ${text}`;
  }
  return '';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
