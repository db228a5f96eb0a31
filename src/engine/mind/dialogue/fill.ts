import { stopWords, termsOf, wordsOf } from '../language/index.ts';
import { isDictated, type Param, type Tool } from '../toolbox.ts';
import { optionsNamed, pastDateIn, spelledRuns } from '../values/index.ts';
import type { Reading } from './looking.ts';
import { namePart, readValue } from './read-value.ts';
import type { Scene, Values } from './state.ts';

export { readValue } from './read-value.ts';

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
  const open = tool.params.find(({ name }) => name === options.expected);
  const asked = open && isForAnother(scene, tool, { open, text: options.text }) ? undefined : open;
  // What was asked for has the first claim on what was said.
  const params = asked ? [asked, ...tool.params.filter((param) => param !== asked)] : tool.params;
  const taken: Reading['value'][] = [];
  for (const param of params) {
    const expected = param === asked;
    if (values[param.name] !== undefined && !expected && !(options.overwrite && hasOwnShape(param)))
      continue;
    // First and last name are said in one.
    const isOtherName =
      asked !== undefined && namePart(asked) !== undefined && namePart(param) !== undefined;
    const reading = readValue(scene, param, {
      text: param.past || param.kind === 'text' ? options.text : apart,
      expected:
        expected ||
        (param.kind === 'name' && isBesideBirthday(tool, options.text, apart)) ||
        (isOtherName && options.text.trim().includes(' ')),
      part: expected ? part : '',
      beside: tool.params.filter((other) => other !== param),
    });
    const { value } = reading;
    // The digits of a code count nothing.
    if (
      !expected &&
      param.kind === 'number' &&
      codeIn(tool, options.text, taken) &&
      !isNamed(param, apart)
    )
      continue;
    // Said to one question, only what is plainly named answers another as well.
    if (isAside(param, { asked, text: options.text, value })) continue;
    // One thing that was said is for one parameter.
    if (!expected && value !== undefined && isOnce(param) && taken.includes(value)) {
      // Two nights for two guests are said by their names.
      if (param.kind !== 'number' || !isNamed(param, apart)) continue;
    }
    if (value !== undefined) taken.push(value);
    if (value !== undefined && !sameValue(value, values[param.name])) {
      values = { ...values, [param.name]: value };
      changed = true;
      if (expected) part = '';
    } else if (reading.part !== undefined)
      part = param.kind === 'identifier' ? part + reading.part : reading.part;
  }
  return { values, part, changed };
}

/** Whether what was taken already is a code, read from these words. */
const codeIn = (tool: Tool, text: string, taken: readonly unknown[]): boolean =>
  spelledRuns(text).length > 0 &&
  tool.params.some(isDictated) &&
  taken.some((value) => typeof value === 'string' && /\d/.test(value) && !/[:-]/.test(value));

const isNamed = ({ name }: Param, text: string): boolean =>
  termsOf(name).some(({ stem }) => termsOf(text).some((term) => term.stem === stem));

const isAside = (
  param: Param,
  about: {
    readonly asked: Param | undefined;
    readonly text: string;
    readonly value: Reading['value'];
  },
): boolean =>
  about.asked !== undefined &&
  about.asked !== param &&
  param.kind === 'enum' &&
  about.value !== undefined &&
  wordsOf(about.text).length <= 6 &&
  !optionsNamed(
    param.options.map((value) => ({ value, label: String(value), about: '' })),
    about.text,
  ).some(({ value }) => value === about.value);

/** Asked for words, the caller gives something else that is missing: a number to call, a code. */
function isForAnother(
  scene: Scene,
  tool: Tool,
  { open, text }: { readonly open: Param; readonly text: string },
): boolean {
  if (open.kind !== 'text' && open.kind !== 'name' && open.kind !== 'address') return false;
  const words = wordsOf(text).filter((word) => !stopWords.has(word));
  return tool.params.some((param) => {
    if (!isDictated(param) || param === open) return false;
    const isShort =
      words.length > 0 &&
      words.every(
        (word) =>
          /^(?:double|triple|hundred|thousand|number|plus|at|dot|dash|underscore)$/.test(word) ||
          spelledRuns(word).length > 0,
      );
    return isShort && readValue(scene, param, { text, expected: false }).value !== undefined;
  });
}

/** Who gives a birthday has said the name before it, or says it after. */
const isBesideBirthday = (tool: Tool, text: string, apart: string): boolean =>
  apart !== text && tool.verifies && tool.params.some(({ past }) => past);

const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b));

/** Values that a speaker gives for one thing at a time. */
const isOnce = ({ kind }: Param): boolean =>
  ['date', 'time', 'moment', 'number', 'name', 'phone', 'email', 'identifier'].includes(kind);

/** Kinds that are recognised by their shape, so that a correction can be told from other talk. */
export const hasOwnShape = (param: Param): boolean =>
  [
    ...['date', 'time', 'moment', 'identifier', 'enum', 'number', 'name'],
    ...['phone', 'email', 'list'],
  ].includes(param.kind);
