import type { Mind } from '../../../src/engine/mind/index.ts';
import type { CallerCase, CaseSet, UtteranceCase, Value, WantedCall } from '../case.ts';
import { beginCall, type MadeCall } from './bench-call.ts';
import { replyTo, simulatedCaller } from './simulated-caller.ts';

/** How an utterance went. */
export interface UtteranceScore {
  readonly of: UtteranceCase;
  /** All wanted calls were made and no other before; or none, where none is right. */
  readonly isRight: boolean;
  /** Wanted values of the calls that were made, and how many of them were right. */
  readonly values: { readonly right: number; readonly judged: number; readonly wanted: number };
  /** Kinds of failure; empty when all is right. */
  readonly failures: readonly string[];
  /** What was said and called, for whoever mends it. */
  readonly log: string;
  /** What each turn of the caller took, all responses to it together. */
  readonly costsMs: readonly number[];
}

/** How a dialogue went. */
export interface DialogueScore {
  readonly of: CallerCase;
  readonly turns: number;
  readonly failures: readonly string[];
  readonly log: string;
  /** What each turn of the caller took, all responses to it together. */
  readonly costsMs: readonly number[];
}

const questionsPerUtterance = 6;

/** Says one thing, answers what must be asked first, and compares the calls with the wanted ones. */
export async function scoreUtterance(
  mind: Mind,
  set: CaseSet,
  of: UtteranceCase,
): Promise<UtteranceScore> {
  const call = beginCall(mind, set.desk, of.before);
  const began = call.items.length;
  const made: MadeCall[] = [];
  const costsMs: number[] = [];
  const failures = new Set<string>();
  let words: string | undefined = of.says;
  for (let turn = 0; words !== undefined && turn <= questionsPerUtterance; turn += 1) {
    const exchange = await call.caller(words);
    costsMs.push(exchange.costsMs.reduce((sum, one) => sum + one, 0));
    made.push(...exchange.calls);
    const text = exchange.said.join(' ');
    if (exchange.fault) failures.add(exchange.fault);
    if (text === '' && exchange.over === undefined) failures.add('silent');
    if (of.calls.length === 0) {
      if (of.answer && !of.answer.test(text)) failures.add('not answered');
      break;
    }
    const isOver = exchange.over !== undefined || exchange.fault !== undefined;
    if (isOver || foreign(of, made).length > 0 || missing(of, made).length === 0) break;
    words = replyTo(exchange.said, of.then);
  }
  const others = foreign(of, made);
  if (others.length > 0) failures.add(of.calls.length === 0 ? 'acted' : 'wrong call');
  else if (missing(of, made).length > 0) failures.add('no call');
  const isRight = failures.size === 0;
  const values = valuesOf(of.calls, made);
  if (values.right < values.judged) failures.add('wrong value');
  return { of, isRight, values, failures: [...failures], costsMs, log: logOf(call, began) };
}

/** Lets a caller with a goal speak to the mind, and judges the state that is left. */
export async function scoreDialogue(
  mind: Mind,
  set: CaseSet,
  of: CallerCase,
): Promise<DialogueScore> {
  const call = beginCall(mind, set.desk);
  const caller = simulatedCaller(of);
  const made: MadeCall[] = [];
  const said: string[] = [];
  const costsMs: number[] = [];
  const failures = new Set<string>();
  let over: 'ended' | 'person' | undefined;
  let turns = 0;
  for (let words = caller.opening; over === undefined && turns < of.maxTurns; turns += 1) {
    const exchange = await call.caller(words);
    costsMs.push(exchange.costsMs.reduce((sum, one) => sum + one, 0));
    made.push(...exchange.calls);
    said.push(...exchange.said);
    over = exchange.over;
    if (exchange.said.length === 0 && over === undefined) failures.add('silent');
    if (exchange.fault) {
      failures.add(exchange.fault);
      break;
    }
    words = caller.hears(exchange.said);
  }
  const { final } = of;
  const done = made.filter(({ outcome }) => outcome === 'done');
  const writes = done.filter(({ name }) => set.desk.writes.includes(name));
  const lacking = final.writes.filter((wanted) => !writes.some((one) => isAsWanted(wanted, one)));
  if (lacking.some(({ name }) => !writes.some((one) => one.name === name)))
    failures.add('not written');
  else if (lacking.length > 0) failures.add('written wrong');
  if (writes.length > final.writes.length) failures.add('written too much');
  if (final.reads.some((wanted) => !done.some((one) => isAsWanted(wanted, one))))
    failures.add('not looked up');
  if (final.said.some((wanted) => !said.some((sentence) => wanted.test(sentence))))
    failures.add('not said');
  if (over !== final.over) failures.add(over === undefined ? 'no end' : 'another end');
  if (said.some((sentence) => said.filter((other) => other === sentence).length > 2))
    failures.add('said three times');
  return { of, turns, failures: [...failures], costsMs, log: logOf(call, 1) };
}

const foreign = ({ calls, via }: UtteranceCase, made: readonly MadeCall[]): readonly MadeCall[] => {
  // What follows once everything wanted was done is not judged.
  const last =
    calls.length === 0
      ? made.length
      : made.findLastIndex((one) => calls.some(({ name }) => name === one.name));
  const judged = missing({ calls }, made).length === 0 ? made.slice(0, last + 1) : made;
  return judged.filter(
    ({ name }) => !via.includes(name) && !calls.some((one) => one.name === name),
  );
};

const missing = (
  { calls }: Pick<UtteranceCase, 'calls'>,
  made: readonly MadeCall[],
): readonly WantedCall[] => calls.filter(({ name }) => !made.some((one) => one.name === name));

/** The first call of that name when it is right, else the one that went through, else the last attempt. */
function madeFor(wanted: WantedCall, made: readonly MadeCall[]): MadeCall | undefined {
  const named = made.filter(({ name }) => name === wanted.name);
  const [first] = named;
  if (first && isAsWanted(wanted, first)) return first;
  return named.find(({ outcome }) => outcome !== 'refused') ?? named.at(-1);
}

function valuesOf(
  calls: readonly WantedCall[],
  made: readonly MadeCall[],
): UtteranceScore['values'] {
  const sum = { right: 0, judged: 0, wanted: 0 };
  for (const wanted of calls) {
    const values = Object.entries(wanted.args);
    sum.wanted += values.length;
    const one = madeFor(wanted, made);
    if (!one) continue;
    sum.judged += values.length;
    sum.right += values.filter(([name, value]) => isValue(value, one.args[name])).length;
  }
  return sum;
}

const isAsWanted = (wanted: WantedCall, made: MadeCall): boolean =>
  made.name === wanted.name &&
  Object.entries(wanted.args).every(([name, value]) => isValue(value, made.args[name]));

function isValue(wanted: Value, given: unknown): boolean {
  if (wanted instanceof RegExp) return typeof given === 'string' && wanted.test(given);
  if (typeof wanted === 'string')
    return typeof given === 'string' && given.trim().toLowerCase() === wanted.toLowerCase();
  return given === wanted;
}

const speakers = { user: 'caller', assistant: 'agent', system: 'fault' };

const logOf = ({ items }: ReturnType<typeof beginCall>, from: number): string =>
  items
    .slice(from)
    .map((item) => {
      if (item.type === 'message') return `${speakers[item.role]}: ${item.text}`;
      return item.type === 'function_call' ? `${item.name}(${item.arguments})` : `→ ${item.output}`;
    })
    .join('\n');
