import type { ToolSpec } from './port.ts';
import { plain } from './language/index.ts';

/** What a parameter wants to hear. */
type ParamKind =
  | 'choice' // a value that only another tool can give
  | 'enum'
  | 'boolean'
  | 'number'
  | 'date'
  | 'time'
  | 'moment' // date and time
  | 'identifier'
  | 'phone'
  | 'email'
  | 'name'
  | 'address'
  | 'list' // several plain values
  | 'text'
  | 'unsupported';

/** A parameter, read from its JSON Schema. */
export interface Param {
  readonly name: string;
  readonly kind: ParamKind;
  readonly description: string;
  readonly required: boolean;
  /** `null` stands for "not said". */
  readonly nullable: boolean;
  readonly schema: Schema;
  readonly pattern: RegExp | undefined;
  readonly options: readonly (string | number)[];
  /** What is said about each option: how it is called, and what it is. */
  readonly optionWords: readonly OptionWords[];
  /** One of the values of a list. */
  readonly item: Param | undefined;
  /** The tool that lists values for this parameter. */
  readonly source: string | undefined;
  /** A day that is over, such as a birthday. */
  readonly past: boolean;
  /** What is sent when the caller does not say it. */
  readonly fallback?: unknown;
  /** Words to be passed on as they are said, whatever they speak of. */
  readonly verbatim: boolean;
}

/** What is dictated, kept for the whole call, and tells one thing from all others. */
export const isDictated = ({ kind }: { readonly kind: ParamKind }): boolean =>
  kind === 'identifier' || kind === 'phone' || kind === 'email';

/** How an option is called, and what is written about it. */
export interface OptionWords {
  readonly label: string;
  readonly about: string;
}

/** The part of JSON Schema that is understood. */
interface Schema {
  readonly default?: unknown;
  readonly type?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
  readonly description?: unknown;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly anyOf?: unknown;
  readonly oneOf?: unknown;
  readonly items?: unknown;
  readonly minItems?: unknown;
  readonly maxItems?: unknown;
  readonly title?: unknown;
  readonly properties?: unknown;
  readonly required?: unknown;
  readonly minLength?: unknown;
  readonly maxLength?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly exclusiveMaximum?: unknown;
}

/** Reads a tool's parameters from its JSON Schema. `all` are the tools of the session. */
export function paramsOf(spec: ToolSpec, all: readonly ToolSpec[]): Param[] {
  const schema = asSchema(spec.parameters);
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(asRecord(schema.properties)).map(([name, raw]) => {
    const description = descriptionOf(asSchema(raw));
    const source = sourceOf(name, description, spec, all);
    return paramOf(name, asSchema(raw), { required: required.has(name), source });
  });
}

const descriptionOf = (outer: Schema): string =>
  textOf(unwrapped(outer).inner.description) ?? textOf(outer.description) ?? '';

function paramOf(
  name: string,
  outer: Schema,
  about: { readonly required: boolean; readonly source: string | undefined },
): Param {
  const { source, required } = about;
  const { inner, nullable } = unwrapped(outer);
  const description = descriptionOf(outer);
  const options = optionsOf(inner);
  const pattern = patternOf(inner);
  const kind =
    source !== undefined
      ? 'choice'
      : kindOf({ name, description, schema: inner, options, pattern });
  const param = {
    ...{ name, kind, description, required, nullable, schema: inner, pattern, options, source },
    optionWords: optionWordsOf(inner, options, description),
    item:
      kind === 'list'
        ? paramOf(name, asSchema(inner.items), { required: true, source: undefined })
        : undefined,
    verbatim: kind === 'text' && /(?:^|_)(?:message|note|notes|comment)$/.test(name),
    past: kind === 'date' && ofBirth.test(plain(`${name.replaceAll('_', ' ')} ${description}`)),
  };
  const fallback = inner.default ?? writtenDefault(param, description);
  return fallback !== undefined && fits(param, fallback) ? { ...param, fallback } : param;
}

/** "Default: 1", "1 unless the caller says otherwise". */
function writtenDefault(param: Param, description: string): unknown {
  const text =
    /\bdefaults?\b(?: (?:is|to|value))?[\s:=]*["'`]?([\w-]+)/i.exec(description)?.[1] ??
    /["'`]?([\w-]+)["'`]? (?:unless|if (?:not|nothing)|by default)\b/i.exec(description)?.[1];
  if (text === undefined) return undefined;
  const said = text.toLowerCase();
  if (param.kind === 'number') return said === 'one' ? 1 : Number(text);
  if (param.kind === 'boolean')
    return said === 'true' ? true : said === 'false' ? false : undefined;
  return param.options.find((option) => String(option).toLowerCase() === said);
}

const ofBirth = /\b(?:birth(?:day|date)?|born|dob)\b/;

function kindOf(about: {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  readonly options: readonly unknown[];
  readonly pattern: RegExp | undefined;
}): ParamKind {
  const { name, description, schema, options, pattern } = about;
  if (options.length > 0) return 'enum';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'array') return isPlain(asSchema(schema.items)) ? 'list' : 'unsupported';
  if (schema.type !== 'string') return 'unsupported';
  const called = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  if (schema.format === 'email' || /(?:^|_)e_?mail(?:_address)?$/.test(called)) return 'email';
  if (isTelephone(called, schema, pattern)) return 'phone';
  const words = plain(`${name.replaceAll('_', ' ')} ${description}`);
  if (schema.format === 'date' || /yyyy-mm-dd(?!t)/.test(words)) return 'date';
  if (ofBirth.test(words) && (!pattern || pattern.test('1982-03-05'))) return 'date';
  if (schema.format === 'time' || /\bhh:mm\b/.test(words)) return 'time';
  if (schema.format === 'date-time') return 'moment';
  // A pattern that takes a day or a time, and no plain code.
  if (pattern && !pattern.test('1234') && pattern.test('2026-11-24')) return 'date';
  if (pattern && !pattern.test('1234') && (pattern.test('19:30') || pattern.test('19:30:00')))
    return 'time';
  if (typeof schema.format === 'string') return 'unsupported'; // uuid, email, uri: not to be spoken yet
  if (pattern) return 'identifier';
  if (/(?:^|_)(?:date|day)$/.test(called)) return 'date';
  if (/(?:^|_)time$/.test(called)) return 'time';
  if (/(?:^|_)(?:name|surname)$/.test(called)) return 'name';
  if (/(?:^|_)(?:id|ref|reference|number|code|no|phone|registration|plate)$/.test(called))
    return 'identifier';
  if (/(?:^|_)(?:address|street)(?:_line\w*)?$/.test(called)) return 'address';
  return 'text';
}

/** A number to be called on, unless its pattern is one of another code. */
const isTelephone = (called: string, schema: Schema, pattern: RegExp | undefined): boolean =>
  /^(?:phone|tel)$/.test(textOf(schema.format) ?? '') ||
  (/(?:^|_)(?:phone|telephone|mobile|cell|tel)(?:_(?:number|no))?$/.test(called) &&
    schema.format === undefined &&
    (!pattern || ['+447700900123', '07700900123', '2125550142'].some((one) => pattern.test(one))));

/** Values of a list that can be read from words. */
function isPlain(items: Schema): boolean {
  const { inner } = unwrapped(items);
  return optionsOf(inner).length > 0 || (inner.type === 'string' && inner.pattern === undefined);
}

/** The tool that gives values for a parameter: named in its description, or a list of that noun. */
function sourceOf(
  name: string,
  description: string,
  own: ToolSpec,
  all: readonly ToolSpec[],
): string | undefined {
  const others = all.filter((other) => other.name !== own.name);
  const named = others.find((other) => new RegExp(`\\b${other.name}\\b`).test(description));
  if (named) return named.name;
  const noun = idNoun.exec(name)?.[1];
  if (
    noun === undefined ||
    patternOf(unwrapped(asSchema(asRecord(asSchema(own.parameters).properties)[name])).inner)
  )
    return undefined;
  const lists = others.filter(
    (other) =>
      /^(?:list|find|search|get|show|check|browse|look_?up|query|available|see)(?:_|$)/.test(
        other.name,
      ) && !asRecord(asSchema(other.parameters).properties)[name],
  );
  const byNoun = lists.find((other) => holdsNoun(other.name, noun));
  if (byNoun) return byNoun.name;
  if (known.test(noun)) return undefined;
  // An id that nobody can know comes from the one search that is left.
  const nouns = all.flatMap(({ parameters }) =>
    Object.keys(asRecord(asSchema(parameters).properties)).flatMap(
      (key) => idNoun.exec(key)?.[1] ?? [],
    ),
  );
  const told = lists.find(({ description }) =>
    holdsNoun(plain(description).replaceAll(/\W+/g, '_'), noun),
  );
  const left = lists.filter(
    (other) =>
      /^(?:list|find|search|browse|look_?up)/.test(other.name) &&
      !nouns.some((one) => one !== noun && holdsNoun(other.name, one)),
  );
  return told?.name ?? (left.length === 1 ? left[0]?.name : undefined);
}

const idNoun = /^(?:new_|old_|the_)?(?:[a-z]+_)*?([a-z]+)_?[iI]d$/;
/** What people are given a number for, and have at hand. */
const known =
  /^(?:booking|reservation|order|customer|member|membership|account|user|guest|client|patient|tenant|card|ticket|case|job|contract|policy|loan|reference|bill|payment|caller|staff|employee|tax|passport|device|parcel|tracking|request|claim|visit|confirmation)$/;
const holdsNoun = (name: string, noun: string): boolean =>
  name.split('_').some((part) => part === noun || part === `${noun}s` || part === `${noun}es`);

function unwrapped(schema: Schema): { readonly inner: Schema; readonly nullable: boolean } {
  if (Array.isArray(schema.anyOf)) {
    const kinds = schema.anyOf.map(asSchema);
    const real = kinds.filter((kind) => kind.type !== 'null');
    const [inner] = real;
    return real.length === 1 && inner
      ? { inner, nullable: kinds.length > 1 }
      : { inner: {}, nullable: kinds.length > real.length };
  }
  if (Array.isArray(schema.type)) {
    const real = schema.type.filter((type) => type !== 'null');
    return {
      inner: { ...schema, type: real.length === 1 ? real[0] : undefined },
      nullable: real.length < schema.type.length,
    };
  }
  return { inner: schema, nullable: false };
}

function optionsOf(schema: Schema): (string | number)[] {
  const listed: unknown[] = Array.isArray(schema.enum)
    ? schema.enum
    : Array.isArray(schema.oneOf)
      ? schema.oneOf.map((one) => asSchema(one).const)
      : schema.const === undefined
        ? []
        : [schema.const];
  return listed.filter((option) => typeof option === 'string' || typeof option === 'number');
}

/** How each option is called, and what the schema says of it. */
function optionWordsOf(
  schema: Schema,
  options: readonly (string | number)[],
  description: string,
): OptionWords[] {
  const each = Array.isArray(schema.oneOf) ? schema.oneOf.map(asSchema) : [];
  const spoken = options.map((option) => plain(String(option)).replaceAll(/[_-]+/g, ' '));
  return options.map((option, index) => {
    const own = each.find((one) => one.const === option);
    const title = textOf(own?.title);
    return {
      label: title ?? called(option),
      about: [title, textOf(own?.description), saidOf(index, spoken, plain(description))]
        .filter((text) => text !== undefined && text !== '')
        .join(' '),
    };
  });
}

/** `NORTH_PARK` is not shouted; short ones are letters ("MOT"). */
function called(option: string | number): string {
  const words = String(option).replaceAll('_', ' ');
  return /^[A-Z][A-Z ]{3,}$/.test(words) ? words.toLowerCase() : words;
}

/** What a description says of one option: the words behind it, up to the next one. */
function saidOf(index: number, options: readonly string[], description: string): string {
  const text = description.replaceAll('_', ' ');
  const at = (option: string): number =>
    text.search(
      new RegExp(
        `\\b${option.replaceAll(/[^a-z0-9 ]/g, '.')}\\b(?=["'\u201d\u2019)]?\\s*(?:[:=(,;-]| for | is | means ))`,
      ),
    );
  const places = options.map(at);
  const from = places[index] ?? -1;
  // "Guinea pigs are small mammals": what is one, rather than what one is.
  const before = new RegExp(
    `([^.;:]*?)\\b(?:is|are|counts? as|go(?:es)? (?:under|as)|means?) (?:an? )?["']?${(options[index] ?? '').replaceAll(/[^a-z0-9 ]/g, '.')}\\b`,
  ).exec(text)?.[1];
  if (from < 0 || (before ?? '').trim() !== '') return before?.trim() ?? '';
  const after = places.filter((place) => place > from);
  return text.slice(from + (options[index]?.length ?? 0), Math.min(...after, text.length)).trim();
}

function patternOf(schema: Schema): RegExp | undefined {
  if (typeof schema.pattern !== 'string') return undefined;
  try {
    return new RegExp(schema.pattern, 'u');
  } catch {
    return neverMatching; // a value cannot be checked, so none may pass
  }
}

const neverMatching = /(?!)/;

/** Whether a value may be sent for a parameter. */
export function fits(param: Param, value: unknown): boolean {
  const { schema } = param;
  if (param.options.length > 0) return param.options.includes(value as string | number); // includes compares any value
  switch (schema.type) {
    case 'string':
      return (
        typeof value === 'string' &&
        (param.pattern?.test(value) ?? true) &&
        within(Array.from(value).length, schema.minLength, schema.maxLength)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return (
        Array.isArray(value) &&
        param.item !== undefined &&
        value.every((one) => param.item !== undefined && fits(param.item, one)) &&
        within(value.length, schema.minItems, schema.maxItems)
      );
    case 'integer':
    case 'number':
      return (
        typeof value === 'number' &&
        (schema.type === 'number' || Number.isInteger(value)) &&
        within(value, schema.minimum, schema.maximum) &&
        !(typeof schema.exclusiveMinimum === 'number' && value <= schema.exclusiveMinimum) &&
        !(typeof schema.exclusiveMaximum === 'number' && value >= schema.exclusiveMaximum)
      );
    default:
      return false;
  }
}

function within(value: number, least: unknown, most: unknown): boolean {
  return (
    !(typeof least === 'number' && value < least) && !(typeof most === 'number' && value > most)
  );
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>) // JSON object, fields checked where they are used
    : {};
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
const asSchema = (value: unknown): Schema => asRecord(value);
