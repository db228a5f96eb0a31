import { plain, socialOf, termsOf, likeness } from '../language/index.ts';
import { fits, type Param, type Tool } from '../toolbox.ts';
import {
  datesIn,
  freeTextIn,
  identifierIn,
  likelyTime,
  nameIn,
  numbersIn,
  pastDateIn,
  timeIn,
  toldIn,
  whenIn,
} from '../values/index.ts';
import type { Scene, Values } from './state.ts';

/** A value read from an utterance, or the part of one. */
export interface Reading {
  readonly value?: unknown;
  readonly part?: string;
}

/**
 * Reads a parameter's value from what the caller said.
 *
 * @param options.expected the value was asked for just now, so that a bare answer counts.
 * @param options.part what was heard of it before.
 */
export function readValue(
  scene: Scene,
  param: Param,
  options: { readonly text: string; readonly expected: boolean; readonly part?: string },
): Reading {
  const { text, expected } = options;
  const { today } = scene.prompt;
  const checked = (value: unknown): Reading =>
    value !== undefined && fits(param, value) ? { value } : {};
  switch (param.kind) {
    case 'date':
      if (param.past) return pastDay(scene, param, options);
      return checked(lastOf(datesIn(text, today), text));
    case 'time': {
      const time = timeIn(text, expected);
      return time ? firstFitting(param, [likelyTime(time), `${likelyTime(time)}:00`]) : {};
    }
    case 'moment':
      return moment(scene, param, options);
    case 'number': {
      const numbers = numbersIn(text).filter((number) => fits(param, number));
      return numbers.length === 1 || (expected && numbers.length > 0)
        ? { value: numbers.at(-1) }
        : {};
    }
    case 'boolean': {
      if (!expected) return {};
      const social = socialOf(text);
      return social.yes === social.no ? {} : { value: social.yes };
    }
    case 'enum':
      return enumeration(param, text);
    case 'identifier': {
      if (!expected && !param.pattern && !/\d|\b(?:number|reference|code|id)\b/.test(plain(text)))
        return {};
      const reading = identifierIn(text, param.pattern, options.part ?? '');
      if (reading.found === 'whole') return checked(reading.value);
      return reading.found === 'part' && expected ? { part: reading.part } : {};
    }
    case 'name':
      return checked(nameIn(text, expected));
    case 'text':
      if (isWhen(param)) return checked(whenIn(text, expected));
      if (param.verbatim && !expected) return checked(toldIn(text));
      return checked(freeTextIn(text, expected));
    case 'choice':
    case 'unsupported':
      return {};
  }
}

/** A time in the caller's own words. */
const isWhen = ({ name }: Param): boolean => /^(?:when|time|moment)\b|_(?:when|time)$/.test(name);

/** A birthday: what was said of it before, a year may now complete. */
function pastDay(
  scene: Scene,
  param: Param,
  options: { readonly text: string; readonly expected: boolean; readonly part?: string },
): Reading {
  const { text, expected, part = '' } = options;
  const { today, timeZone = '' } = scene.prompt;
  // Where a zone lies says how its people write days.
  const about = { expected, dayFirst: /^(?:Europe|Africa|Australia)\//.test(timeZone) };
  const date = pastDateIn(text, today, about);
  const joined =
    date?.found === 'whole' || part === ''
      ? date
      : pastDateIn(`${part} ${text}`, today, { ...about, expected: true });
  const best = joined ?? date;
  if (best?.found === 'whole') return fits(param, best.iso) ? { value: best.iso } : {};
  return best && expected ? { part: best.part } : {};
}

/** What was said apart from a birthday, which else would be taken for part of a name or for a code. */
function withoutBirthday(scene: Scene, tool: Tool, text: string): string {
  const { today } = scene.prompt;
  const expected = tool.params.some(({ past }) => past);
  const date = pastDateIn(text, today, { expected });
  if (!date || (!expected && date.found === 'part')) return text;
  // The last months may be meant for something else; a year long ago is a birthday's.
  const long = date.found === 'part' || !today || Number(date.iso.slice(0, 4)) < today.year - 1;
  return expected || long ? date.rest : text;
}

/** "no not tuesday, wednesday": the last day named counts when something was taken back. */
function lastOf(days: readonly string[], text: string): string | undefined {
  return socialOf(text).correction || /\bnot\b/.test(text) ? days.at(-1) : days[0];
}

function firstFitting(param: Param, values: readonly string[]): Reading {
  const value = values.find((candidate) => fits(param, candidate));
  return value === undefined ? {} : { value };
}

function moment(
  scene: Scene,
  param: Param,
  options: { readonly text: string; readonly expected: boolean },
): Reading {
  const [day] = datesIn(options.text, scene.prompt.today);
  const time = timeIn(options.text, options.expected);
  if (day === undefined || !time) return {};
  const local = `${day}T${likelyTime(time)}:00`;
  const { timeZone } = scene.prompt;
  return firstFitting(
    param,
    timeZone === undefined
      ? [`${local}Z`]
      : [
          local + offsetOf(local, timeZone),
          new Date(local + offsetOf(local, timeZone)).toISOString().replace('.000Z', 'Z'),
        ],
  );
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

function enumeration(param: Param, text: string): Reading {
  const said = plain(text);
  const heard = termsOf(text);
  const scored = param.options.map((option) => {
    const words = plain(String(option)).replaceAll(/[_-]/g, ' ');
    if (new RegExp(`\\b${words.replaceAll(/[^a-z0-9 ]/g, '.')}\\b`).test(said))
      return { option, score: 2 };
    const wanted = termsOf(words);
    const hits = wanted.filter(({ stem }) => heard.some((term) => likeness(term.stem, stem) > 0));
    return { option, score: wanted.length === 0 ? 0 : hits.length / wanted.length };
  });
  const [best, next] = scored.toSorted((a, b) => b.score - a.score);
  return best && best.score >= 0.5 && best.score > (next?.score ?? 0) ? { value: best.option } : {};
}

/** Values found for a tool in an utterance. */
export interface Filled {
  readonly values: Values;
  readonly part: string;
  /** Whether anything new or different was understood. */
  readonly changed: boolean;
}

/**
 * Fills a tool's parameters from an utterance.
 *
 * @param options.expected the parameter that was asked for.
 * @param options.overwrite replaces values already there, for corrections.
 */
export function fillFrom(
  scene: Scene,
  tool: Tool,
  options: {
    readonly text: string;
    readonly values: Values;
    readonly expected?: string | undefined;
    readonly part?: string;
    readonly overwrite: boolean;
  },
): Filled {
  let values = options.values;
  let part = options.part ?? '';
  let changed = false;
  const apart = withoutBirthday(scene, tool, options.text);
  for (const param of tool.params) {
    const expected = param.name === options.expected;
    if (values[param.name] !== undefined && !expected && !(options.overwrite && hasOwnShape(param)))
      continue;
    const reading = readValue(scene, param, {
      text: param.past || param.kind === 'text' ? options.text : apart,
      expected,
      part: expected ? part : '',
    });
    if (reading.value !== undefined && reading.value !== values[param.name]) {
      values = { ...values, [param.name]: reading.value };
      changed = true;
      if (expected) part = '';
    } else if (reading.part !== undefined) part = param.past ? reading.part : part + reading.part;
  }
  return { values, part, changed };
}

/** Kinds that are recognised by their shape, so that a correction can be told from other talk. */
const hasOwnShape = (param: Param): boolean =>
  ['date', 'time', 'moment', 'identifier', 'enum', 'number', 'name'].includes(param.kind);
