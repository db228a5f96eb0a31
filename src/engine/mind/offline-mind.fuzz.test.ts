import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actsFor } from './offline-mind.ts';
import type { MindInput, MindItem, ToolSpec } from './port.ts';
import { simulate } from './cases/simulate.ts';
import { frontDesk } from './cases/front-desk.ts';
import { minds, readers } from './cases/minds.ts';

const words = fc.constantFrom(
  ...`i want to book cancel move the first second ten thirty one zero four two thursday tomorrow no yes
  please goodbye thanks human back to prompt born nineteen eighty march sorry actually invoice name is maria because my find order a b c double seven
  december third half past what when how much never mind`.split(/\s+/),
);
const speech = fc.oneof(
  fc.array(words, { maxLength: 9 }).map((all) => all.join(' ')),
  fc.string({ maxLength: 40 }),
);
const patterns = [
  '^INV-\\d{4}$',
  '^[A-Z]{2}\\d{3,5}$',
  '^(a|b)+$',
  '[',
  '^\\d{4}-\\d{2}$',
  '^X?\\d+$',
];
const schema = fc.oneof(
  fc.record({ type: fc.constant('string'), pattern: fc.constantFrom(...patterns) }),
  fc.record({
    type: fc.constant('string'),
    minLength: fc.nat(3),
    maxLength: fc.integer({ min: 3, max: 9 }),
  }),
  fc.record({
    type: fc.constant('string'),
    format: fc.constantFrom('date', 'time', 'date-time', 'uuid'),
  }),
  fc.record({
    type: fc.constantFrom('integer', 'number'),
    minimum: fc.nat(5),
    maximum: fc.integer({ min: 5, max: 2000 }),
  }),
  fc.record({ type: fc.constant('string'), enum: fc.array(words, { minLength: 1, maxLength: 3 }) }),
  fc.record({ type: fc.constantFrom('boolean', 'array', 'object', 'null') }),
  fc.record({ anyOf: fc.constant([{ type: 'string' }, { type: 'null' }]) }),
  fc.jsonValue({ maxDepth: 1 }),
);
const names = fc.constantFrom(
  'order_id',
  'name',
  'date',
  'reason',
  'time',
  'count',
  'slot_id',
  'code',
);
const tool: fc.Arbitrary<ToolSpec> = fc.record({
  name: fc.constantFrom(
    'list_slots',
    'book_slot',
    'find_order',
    'transfer_to_sales',
    'transfer_to_front',
    'go_back',
    'verify_caller',
    'request_callback',
    'end_call',
    'pay',
  ),
  description: fc.oneof(
    fc.constant('Anything else.'),
    fc.array(words, { maxLength: 6 }).map((all) => all.join(' ')),
  ),
  parameters: fc.oneof(
    fc
      .dictionary(names, schema, { maxKeys: 4 })
      .chain((properties) =>
        fc
          .subarray(Object.keys(properties))
          .map((required) => ({ type: 'object', properties, required })),
      ),
    fc.jsonValue({ maxDepth: 2 }),
  ),
});
const callId = fc.constantFrom('c1', 'c2', 'c3');
const outputs = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '{"error":"There is no such thing."}',
    '{"assistant":"Sales"}',
    '{"ended":true}',
    '{"error":"Who is it?","needs":"verify_caller"}',
    '{"error":"No.","code":"not_matched","attempts_left":1}',
    '{"error":"No more.","code":"locked_out","attempts_left":0}',
    '{"verified":true,"name":"Ann Lee"}',
    '{"confirm":"Shall I?","then":"Call again."}',
    '{"noted":"callback"}',
    '{"answer":{"price":3}}',
    '{"error":"Nobody is there.","code":"nobody","offer":["find_order","pay",7]}',
    '{"error":"Not now.","code":"ping_pong","refused":true}',
    '{"assistant":"Team","person":true}',
    '{"assistant":"Front","from":"Sales","caller_said":{"name":"ann","count":[1]},"returned":true,"unfinished":"a b"}',
    '{"assistant":"Sales","from":"Front","caller_said":"x"}',
    '{"slots":[{"slot_id":"a","time":"10:30"},{"slot_id":"b","time":"11:00"}]}',
  ),
);
const item: fc.Arbitrary<MindItem> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('message' as const),
      role: fc.constantFrom('user' as const, 'assistant' as const, 'system' as const),
      text: speech,
    }),
  },
  fc.record({
    type: fc.constant('function_call' as const),
    name: fc.constantFrom(
      ...['list_slots', 'book_slot', 'transfer_to_sales', 'go_back', 'verify_caller', 'unknown'],
    ),
    callId,
    arguments: fc.oneof(fc.json({ maxDepth: 1 }), fc.string()),
  }),
  fc.record({ type: fc.constant('function_call_output' as const), callId, output: outputs }),
);
const input: fc.Arbitrary<MindInput> = fc.record({
  instructions: fc.oneof(
    fc.constant('Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.'),
    fc.string({ maxLength: 80 }),
  ),
  tools: fc.uniqueArray(tool, { selector: ({ name }) => name, maxLength: 5 }),
  toolChoice: fc.constantFrom('auto' as const, 'none' as const, 'required' as const, {
    name: 'book_slot',
  }),
  items: fc.array(item, { maxLength: 12 }),
});

/** A checker of its own, so that the mind's view of schemas is not its own judge. */
function mistake(parameters: unknown, args: Readonly<Record<string, unknown>>): string | undefined {
  const { properties = {}, required = [] } = Object(parameters) as {
    readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly required?: readonly string[];
  };
  if (!Array.isArray(required)) return undefined;
  for (const name of required) if (!(name in args)) return `${name} is missing`;
  for (const [name, value] of Object.entries(args)) {
    const wanted = properties[name];
    if (!wanted) return `${name} is not known`;
    if (
      typeof wanted['pattern'] === 'string' &&
      wanted['type'] === 'string' &&
      !new RegExp(wanted['pattern']).test(String(value))
    )
      return `${name} does not match`;
    if (Array.isArray(wanted['enum']) && !wanted['enum'].includes(value))
      return `${name} is no option`;
    if (wanted['type'] === 'integer' && !Number.isInteger(value)) return `${name} is no integer`;
    if (wanted['format'] === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(String(value)))
      return `${name} is no day`;
    if (
      typeof value === 'number' &&
      typeof wanted['maximum'] === 'number' &&
      value > wanted['maximum']
    )
      return `${name} is too large`;
    if (typeof wanted['minLength'] === 'number' && String(value).length < wanted['minLength'])
      return `${name} is too short`;
  }
  return undefined;
}

describe('whatever it is given, the offline mind', () => {
  it.each(readers)(
    'never throws, calls only known tools, and with arguments that match, $knowing',
    ({ read }) => {
      fc.assert(
        fc.property(input, (given) => {
          const acts = actsFor(given, read);
          const calls = acts.filter((act) => act.type === 'call');
          expect(calls.length).toBeLessThanOrEqual(given.toolChoice === 'none' ? 0 : 1);
          for (const act of acts) if (act.type === 'say') expect(act.text.trim()).not.toBe('');
          for (const call of calls) {
            const known = given.tools.find(({ name }) => name === call.name);
            expect(known).toBeDefined();
            const args = JSON.parse(call.arguments) as Readonly<Record<string, unknown>>; // an object by the port's contract
            if (known && !/^(?:transfer_to|go_back|end_call)/.test(call.name))
              expect(mistake(known.parameters, args)).toBeUndefined();
          }
          expect(actsFor(given, read)).toEqual(acts);
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(minds)(
    'comes to an end of every turn and never says one sentence over and over, $knowing',
    async ({ open }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(speech, { minLength: 1, maxLength: 6 }), async (turns) => {
          const call = simulate(open(), frontDesk);
          await call.open();
          for (const turn of turns) {
            // Rejects when a turn takes more responses than any real one needs.
            const { ended } = await call.caller(turn);
            if (ended) break;
          }
        }),
        { numRuns: 50 },
      );
    },
  );
});
