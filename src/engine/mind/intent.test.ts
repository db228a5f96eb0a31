import { describe, expect, it } from 'vitest';
import { installedVectors, readers } from './cases/minds.ts';
import { otherDesks } from './cases/other-wishes.ts';
import type { WishDesk } from './cases/wish.ts';
import { knownDesks } from './cases/wishes.ts';
import { replay } from './dialogue/index.ts';
import { actsFor } from './offline-mind.ts';

const desks = [...knownDesks, ...otherDesks];
type Reader = (typeof readers)[number]['read'];

/** What a desk's agent makes of a first sentence. */
function heard(desk: WishDesk, says: string, read: Reader) {
  const items = [
    { type: 'message', role: 'assistant', text: 'Hello. How can I help you?' },
    { type: 'message', role: 'user', text: says },
  ] as const;
  const instructions = `${desk.instructions}\nToday is Monday, 23 November 2026. Time zone: Europe/London.`;
  const input = { instructions, tools: desk.tools, toolChoice: 'auto', items } as const;
  const { state } = replay(input, read);
  const acts = actsFor(input, read);
  const call = acts.find((act) => act.type === 'call');
  return {
    tool: call?.name ?? state.goal?.tool,
    said: acts.flatMap((act) => (act.type === 'say' ? [act.text] : [])).join(' '),
  };
}

/** A list and what is taken from it begin alike. */
const begins = (desk: WishDesk, got: string | undefined, wanted: string): boolean =>
  got === wanted ||
  desk.tools.some(
    ({ name, parameters }) =>
      name === wanted && got !== undefined && JSON.stringify(parameters).includes(got),
  );

/** Shares of wishes that lead to the right tool, questions answered, and wishes refused. */
function shares(read: Reader) {
  const counts = { tool: [0, 0], fact: [0, 0], nothing: [0, 0] };
  for (const desk of desks) {
    for (const [says, wanted] of desk.wishes) {
      const { tool, said } = heard(desk, says, read);
      const [kind, isRight] =
        'tool' in wanted
          ? (['tool', begins(desk, tool, wanted.tool)] as const)
          : 'fact' in wanted
            ? (['fact', tool === undefined && wanted.fact.test(said)] as const)
            : (['nothing', tool === undefined] as const);
      counts[kind][0]! += isRight ? 1 : 0;
      counts[kind][1]! += 1;
    }
  }
  const share = ([right = 0, of = 1]: readonly number[]): number => right / of;
  return { tool: share(counts.tool), fact: share(counts.fact), nothing: share(counts.nothing) };
}

it('has word vectors to be tested with', () => {
  expect(installedVectors).toBeDefined();
});

describe.each([
  ['without word vectors', { tool: 0.6, fact: 0.9, nothing: 0.9 }],
  ['with word vectors', { tool: 0.62, fact: 0.93, nothing: 0.8 }],
] as const)('wishes in words of their own, %s', (name, floor) => {
  const got = shares(readers.find(({ knowing }) => knowing === name)!.read);

  it.each(['tool', 'fact', 'nothing'] as const)('are met: %s', (kind) => {
    expect(got[kind]).toBeGreaterThanOrEqual(floor[kind]);
  });
});

/** What none of the desks is for. */
const elsewhere = [
  'can you tell me the football results',
  'who is the prime minister of canada',
  'can you recommend a good film',
  'do you sell umbrellas',
  'could you water my plants',
  'how tall is mount everest',
  'i need a haircut',
  'where is the nearest cinema',
  'my neighbour is playing loud music',
  'i would like to adopt a child',
  'i saw a fox in the garden',
  'i want to send flowers to my mother',
  'i want to order a pizza with extra cheese',
  'please book me a flight to lisbon',
  'can you help me with my tax return',
];

it.each(readers)('what no tool is for leads to none, $knowing', ({ read }) => {
  const led = desks.flatMap((desk) =>
    elsewhere.map((says) => heard(desk, says, read).tool !== undefined),
  );
  expect(led.filter((isLed) => !isLed).length / led.length).toBeGreaterThanOrEqual(0.8);
});

describe('small talk', () => {
  it.each(readers)('is answered and nothing done, $knowing', ({ read }) => {
    for (const desk of desks)
      for (const says of ['how are you today', 'nice weather today', 'can you tell me a joke']) {
        const { tool, said } = heard(desk, says, read);
        expect(tool, `${desk.name}: ${says}`).toBeUndefined();
        expect(said).toMatch(/I'm well|see outside|know none/);
      }
  });
});
