import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PersonLine } from '../ports.ts';
import {
  stepPerson,
  type Ask,
  type PersonEffect,
  type PersonEvent,
  type PersonState,
} from './person.ts';

const ask = (number: number): Ask => ({
  ...{ number, queue: 'team', from: 'triage', functionCallId: `c${number}`, askedMs: 0 },
});
const lineOf = (operator: string): PersonLine => ({
  operator,
  hearCaller: () => undefined,
  left: new Promise(() => undefined),
  hangUp: () => undefined,
});

/** Anything may come at any time, about any request, also one that was over long ago. */
const moment = fc.record({
  of: fc.constantFrom('asked', 'refused', 'accepted', 'declined', 'expired', 'left', 'call_over'),
  number: fc.integer({ min: 1, max: 4 }),
  handBack: fc.boolean(),
});
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

function eventOf({ of, number, handBack }: Moment, at: number): PersonEvent {
  const about = { ask: ask(number), nowMs: at };
  switch (of) {
    case 'asked':
    case 'refused':
      return {
        ...{ type: 'asked', ask: ask(number), packet: {}, briefing: '' },
        refusal: of === 'refused' ? 'nobody' : null,
      };
    case 'accepted':
      return {
        type: 'answered',
        ...about,
        answer: { accepted: true, line: lineOf(`operator ${at}`) },
      };
    case 'declined':
      return { type: 'answered', ...about, answer: { accepted: false, code: 'declined' } };
    case 'expired':
      return { type: 'expired', ...about };
    case 'left':
      return { type: 'left', ask: ask(number), handBack };
    default:
      return { type: 'call_over' };
  }
}

interface Seen {
  readonly before: PersonState;
  readonly event: PersonEvent;
  readonly effects: readonly PersonEffect[];
}

function always(holds: (seen: readonly Seen[], last: PersonState) => void): void {
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 40, size: 'max' }), (moments) => {
      let state: PersonState = { phase: 'none' };
      const seen = moments.map((one, at) => {
        const before = state;
        const event = eventOf(one, at);
        const next = stepPerson(state, event);
        state = next.state;
        return { before, event, effects: next.effects };
      });
      holds(seen, state);
    }),
    { numRuns: 1_000 },
  );
}

const all = <T extends PersonEffect['type']>(seen: readonly Seen[], type: T) =>
  seen
    .flatMap(({ effects }) => effects)
    .filter((effect): effect is Extract<PersonEffect, { type: T }> => effect.type === type);

it('connects the caller with one operator at a time, and lets every other go', () => {
  always((seen, last) => {
    const taken = seen.flatMap(({ event }) =>
      event.type === 'answered' && event.answer.accepted ? [event.answer.line.operator] : [],
    );
    const connected = all(seen, 'connect').map(({ line }) => line.operator);
    const hungUp = all(seen, 'hang_up').map(({ line }) => line.operator);
    const gone = seen.flatMap(({ before, effects }) =>
      before.phase === 'with_person' &&
      effects.some(({ type }) => type === 'take_back' || type === 'end_call')
        ? [before.line.operator]
        : [],
    );
    const here = last.phase === 'with_person' ? [last.line.operator] : [];
    expect([...hungUp, ...gone, ...here].sort()).toEqual(taken.sort());
    expect(new Set(connected).size).toBe(connected.length);
    for (const { before, effects } of seen) {
      if (before.phase === 'with_person')
        expect(all([{ before, event: { type: 'call_over' }, effects }], 'connect')).toEqual([]);
    }
  });
});

it('answers every request once: somebody came, nobody did, or the call was over', () => {
  always((seen, last) => {
    const begun = seen.filter(
      ({ before, event }) => event.type === 'asked' && before.phase === 'none',
    ).length;
    const cut = seen.filter(
      ({ before, event }) => event.type === 'call_over' && before.phase === 'asking',
    ).length;
    const answers = all(seen, 'connect').length + all(seen, 'refuse').length;
    expect(answers + cut + (last.phase === 'asking' ? 1 : 0)).toBe(begun);
  });
});

it('does nothing any more once the call is over, but to let operators go', () => {
  always((seen) => {
    for (const { before, effects } of seen) {
      if (before.phase !== 'over') continue;
      expect(effects.filter(({ type }) => type !== 'hang_up')).toEqual([]);
    }
  });
});
