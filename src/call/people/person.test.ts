import { describe, expect, it } from 'vitest';
import type { PersonLine } from '../ports.ts';
import { stepPerson, type Ask, type PersonEvent, type PersonState } from './person.ts';

const ask: Ask = { number: 1, queue: 'team', from: 'triage', functionCallId: 'c1', askedMs: 100 };
const line: PersonLine = {
  operator: 'Robin',
  hearCaller: () => undefined,
  left: new Promise(() => undefined),
  hangUp: () => undefined,
};
const asked: PersonEvent = { type: 'asked', ask, packet: {}, briefing: 'B', refusal: null };
const accepted: PersonEvent = {
  type: 'answered',
  ask,
  answer: { accepted: true, line },
  nowMs: 4_100,
};
const declined: PersonEvent = {
  type: 'answered',
  ask,
  answer: { accepted: false, code: 'declined' },
  nowMs: 350,
};
const expired: PersonEvent = { type: 'expired', ask, nowMs: 25_100 };
const left = (handBack: boolean): PersonEvent => ({ type: 'left', ask, handBack });

/** The last phase, and every effect on the way, records by the name of their event. */
function run(...events: readonly PersonEvent[]): readonly string[] {
  let state: PersonState = { phase: 'none' };
  const said: string[] = [];
  for (const event of events) {
    const next = stepPerson(state, event);
    state = next.state;
    for (const effect of next.effects) {
      said.push(effect.type === 'record' ? effect.fact.type : effect.type);
    }
  }
  return [...said, `= ${state.phase}`];
}

describe('a person for the caller', () => {
  it.each<[string, readonly PersonEvent[], readonly string[]]>([
    ['is asked for', [asked], ['person.requested', 'offer', '= asking']],
    [
      'takes the caller',
      [asked, accepted],
      ['person.requested', 'offer', 'person.accepted', 'connect', '= with_person'],
    ],
    [
      'says no',
      [asked, declined],
      ['person.requested', 'offer', 'withdraw', 'person.declined', 'refuse', '= none'],
    ],
    [
      'does not answer',
      [asked, expired],
      ['person.requested', 'offer', 'withdraw', 'person.declined', 'refuse', '= none'],
    ],
    [
      'is not asked out of hours',
      [{ ...asked, refusal: 'out_of_hours' }],
      ['person.requested', 'withdraw', 'person.declined', 'refuse', '= none'],
    ],
    [
      'accepts after the deadline and is let go',
      [asked, expired, accepted],
      [
        ...['person.requested', 'offer', 'withdraw', 'person.declined', 'refuse'],
        ...['hang_up', '= none'],
      ],
    ],
    [
      'accepts after the caller was offered anew and is let go',
      [asked, expired, { ...asked, ask: { ...ask, number: 2 } }, accepted],
      [
        ...['person.requested', 'offer', 'withdraw', 'person.declined', 'refuse'],
        ...['person.requested', 'offer', 'hang_up', '= asking'],
      ],
    ],
    [
      'accepts after the call and is let go',
      [asked, { type: 'call_over' }, accepted],
      ['person.requested', 'offer', 'withdraw', 'hang_up', '= over'],
    ],
    [
      'leaves, and the agent has the caller again',
      [asked, accepted, left(true)],
      [
        ...['person.requested', 'offer', 'person.accepted', 'connect'],
        ...['person.left', 'agent.started', 'take_back', '= none'],
      ],
    ],
    [
      'ends the call',
      [asked, accepted, left(false)],
      [
        ...['person.requested', 'offer', 'person.accepted', 'connect'],
        ...['person.left', 'end_call', '= over'],
      ],
    ],
    [
      'is hung up on',
      [asked, accepted, { type: 'call_over' }, left(false)],
      ['person.requested', 'offer', 'person.accepted', 'connect', 'hang_up', '= over'],
    ],
    [
      'is asked for once at a time',
      [asked, { ...asked, ask: { ...ask, number: 2 } }],
      ['person.requested', 'offer', '= asking'],
    ],
    ['is not brought in by answers nobody asked for', [declined, expired, left(true)], ['= none']],
  ])('%s', (_title, events, effects) => {
    expect(run(...events)).toEqual(effects);
  });

  it('is on the trail with how long the caller waited', () => {
    const { state } = stepPerson({ phase: 'none' }, asked);
    expect(stepPerson(state, accepted).effects).toContainEqual({
      type: 'record',
      fact: { type: 'person.accepted', queue: 'team', operator: 'Robin', waitedMs: 4_000 },
    });
    expect(stepPerson(state, expired).effects).toContainEqual({
      type: 'record',
      fact: { type: 'person.declined', queue: 'team', code: 'no_answer', waitedMs: 25_000 },
    });
  });
});
