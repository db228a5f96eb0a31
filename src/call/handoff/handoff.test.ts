import { describe, expect, it } from 'vitest';
import { openHandoff, type Transfer } from './handoff-opening.ts';
import { stepHandoff, type HandoffEvent, type HandoffState } from './handoff.ts';

const steady: HandoffState = { phase: 'steady', agent: 'triage' };
const transfer: Transfer = {
  from: 'triage',
  to: 'billing',
  by: 'agent',
  functionCallId: 'c1',
  startedMs: 100,
};
const requested: HandoffEvent = {
  type: 'requested',
  transfer,
  reason: 'r',
  packet: { reason: 'r' },
  nowMs: 100,
};
const allowed: HandoffEvent = { type: 'allowed', toPeople: false, nowMs: 110 };
const sent: HandoffEvent = { type: 'session_sent', eventId: 'e1', instructions: 'I' };
const updated: HandoffEvent = { type: 'session_updated', instructions: 'I', nowMs: 130 };
const due: HandoffEvent = { type: 'opening_due', callerHasFloor: false };
const began: HandoffEvent = { type: 'response_began', responseId: 'r1' };
const audio: HandoffEvent = {
  type: 'audio',
  responseId: 'r1',
  nowMs: 190,
  silenceMs: 45,
  budgetMs: 80,
};
const silent: HandoffEvent = { type: 'response_ended', responseId: 'r1', with: 'nothing' };
const refused: HandoffEvent = {
  type: 'refused',
  gate: 'hours',
  code: 'out_of_hours',
  say: 'They are closed.',
  nowMs: 125,
};

/** Where a row of events leads, and what it asked for on the way. */
const play = (...events: readonly HandoffEvent[]) => {
  const track: { state: HandoffState } = { state: steady };
  const effects: string[] = [];
  const facts: unknown[] = [];
  for (const event of events) {
    const next = stepHandoff(track.state, event);
    track.state = next.state;
    for (const effect of next.effects) {
      effects.push(effect.type === 'record' ? effect.fact.type : effect.type);
      if (effect.type === 'record') facts.push(effect.fact);
    }
  }
  const { state } = track;
  return { state, phase: state.phase, agent: state.agent, effects, facts };
};
const toSwitching = [requested, allowed, sent] as const;
const toOpening = [...toSwitching, due, updated] as const;

describe('the handoff controller', () => {
  it.each([
    ['asks the gates first', [requested], 'deciding', 'triage'],
    ['stays when a gate refuses', [requested, refused], 'steady', 'triage'],
    ['switches when they allow it', [requested, allowed], 'switching', 'triage'],
    ['keeps the old agent until the engine agrees', toSwitching, 'switching', 'triage'],
    ['has the next agent once it does', toOpening, 'opening', 'billing'],
    ['is done when the next agent is heard', [...toOpening, began, audio], 'steady', 'billing'],
    [
      'asks people where they are at the end of the edge',
      [requested, { ...allowed, toPeople: true }],
      'asking_people',
      'triage',
    ],
    [
      'gives the caller back from people',
      [requested, { ...allowed, toPeople: true }, { type: 'people_answered', taken: false }],
      'steady',
      'triage',
    ],
    ['is moved by no early acknowledgement', [requested, allowed, updated], 'switching', 'triage'],
    [
      'is moved by no acknowledgement of something else',
      [...toSwitching, { ...updated, instructions: 'other' }],
      'switching',
      'triage',
    ],
    [
      'believes a server that does not tell the instructions',
      [...toSwitching, { ...updated, instructions: null }],
      'opening',
      'billing',
    ],
    [
      'ignores an error about something else',
      [...toSwitching, { type: 'engine_error', eventId: 'e0' }],
      'switching',
      'triage',
    ],
    [
      'stays with the old agent when the session cannot be sent',
      [requested, allowed, refused],
      'steady',
      'triage',
    ],
    ['cannot be refused once it was sent', [...toSwitching, refused], 'switching', 'triage'],
    ['ignores a decision nobody waits for', [allowed, refused], 'steady', 'triage'],
  ] satisfies readonly (readonly [string, readonly HandoffEvent[], string, string])[])(
    '%s',
    (_title, events, phase, agent) => {
      expect(play(...events)).toMatchObject({ phase, agent });
    },
  );

  it('writes down a refusal with who refused, the code and the time it took', () => {
    expect(play(requested, refused)).toMatchObject({
      effects: ['handoff.requested', 'decide', 'handoff.refused', 'refuse'],
      facts: [
        { from: 'triage', to: 'billing', by: 'agent', reason: 'r', packet: { reason: 'r' } },
        { gate: 'hours', code: 'out_of_hours', say: 'They are closed.', decisionMs: 25 },
      ],
    });
  });

  it.each([
    ['deciding', [requested]],
    ['asking people', [requested, { ...allowed, toPeople: true }]],
    ['switching', toSwitching],
  ] satisfies readonly (readonly [string, readonly HandoffEvent[]])[])(
    'refuses another while %s',
    (_title, events) => {
      const before = play(...events);
      const after = play(...events, requested);
      expect(after.state).toEqual(before.state);
      expect(after.effects.slice(before.effects.length)).toEqual([
        'handoff.requested',
        'handoff.refused',
        'refuse',
      ]);
      expect(after.facts.at(-1)).toMatchObject({ code: 'handoff_in_progress' });
    },
  );

  it('writes down what each step of a handoff took', () => {
    expect(play(...toOpening, began, audio).facts.slice(1)).toEqual([
      {
        type: 'handoff.completed',
        from: 'triage',
        to: 'billing',
        functionCallId: 'c1',
        durationMs: 30,
      },
      { type: 'agent.started', agent: 'billing' },
      {
        type: 'handoff.opened',
        from: 'triage',
        to: 'billing',
        functionCallId: 'c1',
        decisionMs: 10,
        sessionMs: 30,
        firstAudioMs: 90,
        silenceMs: 45,
        budgetMs: 80,
        overBudget: true,
        askedAgain: false,
      },
    ]);
  });

  it('F21 sends the session once more, then gives the engine up', () => {
    const overdue: HandoffEvent = { type: 'session_overdue' };
    expect(play(...toSwitching, overdue)).toMatchObject({ phase: 'switching' });
    expect(play(...toSwitching, overdue).effects.at(-1)).toBe('resend_session');
    const second: HandoffEvent = { type: 'session_sent', eventId: 'e2', instructions: 'I' };
    expect(play(...toSwitching, overdue, second, due, updated).phase).toBe('opening');
    expect(play(...toSwitching, overdue, second, overdue).effects.at(-1)).toBe('engine_lost');
  });

  it('says so when the engine rejects the session it was sent', () => {
    const rejected = play(...toSwitching, { type: 'engine_error', eventId: 'e1' });
    expect(rejected).toMatchObject({ phase: 'steady', agent: 'triage' });
    expect(rejected.effects.at(-1)).toBe('switch_failed');
  });
});

describe('the opening turn', () => {
  const asks = (...events: readonly HandoffEvent[]): number =>
    play(...events).effects.filter((effect) => effect === 'ask').length;
  const opened = (...events: readonly HandoffEvent[]): number =>
    play(...events).effects.filter((effect) => effect === 'handoff.opened').length;

  it('is asked for once, however often it is due', () => {
    expect(asks(...toSwitching, due, due, updated, due, began, due)).toBe(1);
  });

  it('is the answer to the caller, when the caller has the floor', () => {
    const callers: HandoffEvent = { type: 'opening_due', callerHasFloor: true };
    expect(asks(...toSwitching, callers, updated, began, audio)).toBe(0);
    expect(opened(...toSwitching, callers, updated, began, audio)).toBe(1);
  });

  it('is not the old agent’s answer, begun before the engine was told', () => {
    const old: HandoffEvent = { type: 'response_began', responseId: 'r0' };
    const callers: HandoffEvent = { type: 'opening_due', callerHasFloor: true };
    expect(opened(...toSwitching, old, callers, { ...audio, responseId: 'r0' }, updated)).toBe(0);
  });

  it('counts when it is heard before a late acknowledgement', () => {
    const late = play(...toSwitching, due, began, audio, { ...updated, nowMs: 300 });
    expect(late.effects.slice(-4)).toEqual([
      'handoff.completed',
      'agent.started',
      'completed',
      'handoff.opened',
    ]);
    expect(late).toMatchObject({ phase: 'steady', agent: 'billing' });
  });

  it('F22 is asked for once more when it was silent, and then given up', () => {
    expect(asks(...toOpening, began, silent)).toBe(2);
    const second = play(...toOpening, began, silent, began, audio);
    expect(second.facts.at(-1)).toMatchObject({ type: 'handoff.opened', askedAgain: true });
    const given = play(...toOpening, began, silent, began, silent);
    expect(given.phase).toBe('steady');
    expect(given.effects.at(-1)).toBe('stayed_silent');
  });

  it('F22 is asked for once more when none begins, or none is heard, in time', () => {
    const overdue: HandoffEvent = { type: 'opening_overdue', busy: false };
    const none = stepHandoff(play(...toOpening).state, overdue);
    expect(none.effects).toEqual([{ type: 'ask', cancel: false }]);
    const unheard = stepHandoff(play(...toOpening, began).state, overdue);
    expect(unheard.effects).toEqual([{ type: 'ask', cancel: true }]);
    expect(stepHandoff(unheard.state, overdue).effects).toEqual([
      { type: 'stayed_silent', to: 'billing' },
    ]);
  });

  it('is not waited for while the session is', () => {
    const late: HandoffEvent = { type: 'opening_overdue', busy: false };
    const { state, effects } = play(requested, allowed, sent, late, late, late);
    expect(effects).not.toContain('ask');
    expect(effects).not.toContain('stayed_silent');
    expect(state).toMatchObject({ phase: 'switching', opening: { askedAgain: false } });
  });

  it('is waited for while the caller speaks or a tool runs', () => {
    const busy: HandoffEvent = { type: 'opening_overdue', busy: true };
    expect(asks(...toOpening, began, busy, busy, busy)).toBe(1);
    const called: HandoffEvent = {
      type: 'response_ended',
      responseId: 'r1',
      with: 'function_call',
    };
    expect(asks(...toOpening, began, called)).toBe(1);
    // Once the tool has answered, the engine is asked to go on from that.
    expect(asks(...toOpening, began, called, due)).toBe(2);
    expect(play(...toOpening, began, called, due).state).toMatchObject({
      opening: { askedAgain: false },
    });
  });

  it('is not asked for again when the caller cut it off', () => {
    const cut: HandoffEvent = { type: 'response_ended', responseId: 'r1', with: 'cancelled' };
    expect(asks(...toOpening, began, cut)).toBe(1);
    const answer: HandoffEvent = { type: 'response_began', responseId: 'r2' };
    expect(opened(...toOpening, began, cut, answer, { ...audio, responseId: 'r2' })).toBe(1);
  });

  it('is still owed when the next agent’s own handoff is refused', () => {
    const again: HandoffEvent = {
      ...requested,
      transfer: { ...transfer, from: 'billing', to: 'triage' },
    };
    const called: HandoffEvent = {
      type: 'response_ended',
      responseId: 'r1',
      with: 'function_call',
    };
    const back = play(...toOpening, began, again, refused, called, due);
    expect(back).toMatchObject({ phase: 'opening', agent: 'billing' });
    expect(back.effects.at(-1)).toBe('ask');
  });

  it('is the last agent’s when a silent one hands on', () => {
    const on: HandoffEvent = {
      ...requested,
      transfer: { ...transfer, from: 'billing', to: 'scheduling' },
    };
    const state = play(...toOpening, began, on, allowed).state;
    expect(state).toMatchObject({
      phase: 'switching',
      opening: openHandoff({ ...transfer, from: 'billing', to: 'scheduling' }, 110),
    });
  });
});
