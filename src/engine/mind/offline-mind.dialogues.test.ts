import { describe, expect, it } from 'vitest';
import type { DialogueCase } from './cases/dialogue-case.ts';
import { frontDeskCases } from './cases/front-desk.cases.ts';
import { garageCases } from './cases/garage.cases.ts';
import { simulate } from './cases/simulate.ts';
import { createOfflineMind } from './offline-mind.ts';

async function play({ desk, turns }: DialogueCase): Promise<void> {
  await using mind = createOfflineMind();
  const call = simulate(mind, desk);
  const opening = await call.open();
  expect(opening.said).toEqual([desk.greeting]);
  for (const turn of turns) {
    const exchange = await call.caller(turn.caller, turn.confidence);
    const text = exchange.said.join(' ');
    const about = `"${turn.caller}" → ${text} ${JSON.stringify(exchange.calls)}`;
    const { calls } = turn;
    if (calls) {
      const names = calls.map((wanted) => (typeof wanted === 'string' ? wanted : wanted[0]));
      expect(
        exchange.calls.map(({ name }) => name),
        about,
      ).toEqual(names);
      for (const [index, wanted] of calls.entries()) {
        if (typeof wanted !== 'string')
          expect(exchange.calls[index]?.args, about).toMatchObject(wanted[1]);
      }
    }
    if (turn.says) expect(text, about).toMatch(turn.says);
    if (turn.neverSays) expect(text, about).not.toMatch(turn.neverSays);
    if (turn.agent !== undefined) expect(exchange.agent, about).toBe(turn.agent);
    expect(exchange.ended, about).toBe(turn.ended ?? false);
    expect(text, about).not.toBe('');
  }
}

describe.each([
  ['a practice', frontDeskCases],
  ['a garage', garageCases],
])('dialogues at the desk of %s', (_desk, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, dialogue) => {
    await play(dialogue);
  });
});
