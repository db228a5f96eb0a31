import type { ToolSpec } from './port.ts';
import { plain } from './language/index.ts';

/** What a parameter wants to hear. */
export type ParamKind =
  | 'choice' // a value that only another tool can give
  | 'enum'
  | 'boolean'
  | 'number'
  | 'date'
  | 'time'
  | 'moment' // date and time
  | 'identifier'
  | 'name'
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
  /** The tool that lists values for this parameter. */
  readonly source: string | undefined;
  /** A day that is over, such as a birthday. */
  readonly past: boolean;
  /** Words to be passed on as they are said, whatever they speak of. */
  readonly verbatim: boolean;
}

/** The part of JSON Schema that is understood. */
export interface Schema {
  readonly type?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
  readonly description?: unknown;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly anyOf?: unknown;
  readonly properties?: unknown;
  readonly required?: unknown;
  readonly minLength?: unknown;
  readonly maxLength?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly exclusiveMaximum?: unknown;
}

/** A tool as the policy sees it. */
export interface Tool {
  readonly name: string;
  /** `back` brings the caller back to who had them before. */
  readonly role: 'own' | 'transfer' | 'back' | 'end';
  readonly description: string;
  readonly params: readonly Param[];
  /** Only reads: may be run again at any time. */
  readonly reads: boolean;
  /** How a transfer's target is called when speaking of it. */
  readonly target: string;
  /** A transfer to whoever takes everything that others do not. */
  readonly general: boolean;
  /** A transfer to people; 2 when its words leave no doubt. */
  readonly person: 0 | 1 | 2;
  /** Finds out who the caller is, for other tools. */
  readonly verifies: boolean;
}

const readingName =
  /^(?:list|find|look|lookup|search|get|check|show|fetch|read|view|query|see|count|track|quote|estimate)(?:_|$)/;
const generalWords =
  /\b(?:anything else|everything else|something else|general|front|greet\w*|reception\w*|other (?:matters|questions|requests|things)|the others|goodbye|end the call|main menu|triage)\b/i;

/** Reads the session's tools. Tools with schemas beyond understanding stay, but can never be called. */
export function readTools(specs: readonly ToolSpec[]): Tool[] {
  return specs.map((spec) => {
    const role = roleOf(spec.name);
    return {
      name: spec.name,
      role,
      description: spec.description,
      params: paramsOf(spec, specs),
      reads: readingName.test(spec.name),
      target: role === 'transfer' ? targetOf(spec) : '',
      general:
        role === 'transfer' &&
        generalWords.test(`${spec.name.replaceAll('_', ' ')} ${spec.description}`),
      person: role === 'transfer' ? peopleIn(spec) : 0,
      verifies: role === 'own' && provesWho(spec),
    };
  });
}

const provesWho = ({ name, description }: ToolSpec): boolean =>
  /^(?:verify|identify|authenticate|check_identity)(?:_|$)/.test(name) ||
  /\bverify who\b/i.test(description);

const roles: readonly (readonly [RegExp, Tool['role']])[] = [
  [
    /^(?:transfer|hand_?off|handover|escalate|connect|put_through)_to_|^(?:escalate|bring_in)_/,
    'transfer',
  ],
  [/^(?:go|take|bring|send)(?:_caller)?_back$|^return_to_(?:previous|last)/, 'back'],
  [/^(?:end|hang_?up|finish|terminate)(?:_(?:the_)?(?:call|conversation|session))?$/, 'end'],
];
const roleOf = (name: string): Tool['role'] =>
  roles.find(([names]) => names.test(name))?.[1] ?? 'own';

/** Whether a transfer leads to people rather than to another assistant. */
function peopleIn({ name, description }: ToolSpec): Tool['person'] {
  const text = `${name.replaceAll('_', ' ')} ${description}`;
  if (/\b(?:persons?|humans?|people|operators?|someone|somebody|live agent)\b/i.test(text))
    return 2;
  return /\b(?:team|staff|colleagues?|manager)\b/i.test(text) ? 1 : 0;
}

/** The name people use: from "Hand the caller to sales, for …", else from the tool's name. */
function targetOf(spec: ToolSpec): string {
  const described =
    /^(?:hand|transfer|connect|send|pass|put|bring|forward|route)\b[^.,;:]*?\bto ((?:the |our |a )?[\p{L} -]{2,30}?)(?=[,.;:]| for | when | if | to |$)/iu.exec(
      spec.description,
    );
  const people = /^bring in ([^.,;:]+?)(?=[.,;:]|\s(?:for|when|if)\s|$)/i.exec(spec.description);
  return (
    described?.[1] ??
    people?.[1] ??
    spec.name.replace(/^[a-z]+?_?(?:off)?_to_/, '').replaceAll('_', ' ')
  ).trim();
}

function paramsOf(spec: ToolSpec, all: readonly ToolSpec[]): Param[] {
  const schema = asSchema(spec.parameters);
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(asRecord(schema.properties)).map(([name, raw]) => {
    const outer = asSchema(raw);
    const { inner, nullable } = unwrapped(outer);
    const description = textOf(inner.description) ?? textOf(outer.description) ?? '';
    const source = sourceOf(name, description, spec, all);
    const options = optionsOf(inner);
    const pattern = patternOf(inner);
    const kind =
      source !== undefined
        ? 'choice'
        : kindOf({ name, description, schema: inner, options, pattern });
    return {
      name,
      kind,
      description,
      required: required.has(name),
      nullable,
      schema: inner,
      pattern,
      options,
      source,
      verbatim: kind === 'text' && /(?:^|_)(?:message|note|notes|comment)$/.test(name),
      past: kind === 'date' && ofBirth.test(plain(`${name.replaceAll('_', ' ')} ${description}`)),
    };
  });
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
  if (schema.type !== 'string') return 'unsupported';
  const words = plain(`${name.replaceAll('_', ' ')} ${description}`);
  if (schema.format === 'date' || /yyyy-mm-dd(?!t)/.test(words)) return 'date';
  if (ofBirth.test(words) && (!pattern || pattern.test('1982-03-05'))) return 'date';
  if (schema.format === 'time' || /\bhh:mm\b/.test(words)) return 'time';
  if (schema.format === 'date-time') return 'moment';
  if (typeof schema.format === 'string') return 'unsupported'; // uuid, email, uri: not to be spoken yet
  if (pattern) return 'identifier';
  const called = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  if (/(?:^|_)(?:date|day)$/.test(called)) return 'date';
  if (/(?:^|_)time$/.test(called)) return 'time';
  if (/(?:^|_)(?:name|surname)$/.test(called)) return 'name';
  if (/(?:^|_)(?:id|ref|reference|number|code|no|phone|registration|plate)$/.test(called))
    return 'identifier';
  return 'text';
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
  const noun = /^(?:new_|old_|the_)?([a-z]+)_?[iI]d$/.exec(name)?.[1];
  if (
    noun === undefined ||
    patternOf(unwrapped(asSchema(asRecord(asSchema(own.parameters).properties)[name])).inner)
  )
    return undefined;
  return others.find(
    (other) =>
      /^(?:list|find|search|get|show|check)_/.test(other.name) &&
      other.name.split('_').some((part) => part === noun || part === `${noun}s`) &&
      !asRecord(asSchema(other.parameters).properties)[name],
  )?.name;
}

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
    : schema.const === undefined
      ? []
      : [schema.const];
  return listed.filter((option) => typeof option === 'string' || typeof option === 'number');
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
