import { expect } from 'vitest';
import type { Mind } from '../port.ts';
import type { DialogueCase } from './dialogue-case.ts';
import { simulate } from './simulate.ts';

/** Plays a dialogue against a mind and checks what it says and calls, turn by turn. */
export async function playCase(mind: Mind, { desk, turns }: DialogueCase): Promise<void> {
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
