import { expect, test } from 'vitest';
import type { CallServerMessage } from '../../../src/protocol/api.ts';
import { after, caption, trail } from './testing/told-call.ts';

const requested = trail({
  type: 'handoff.requested',
  from: 'triage',
  to: 'billing',
  functionCallId: 'h',
  by: 'agent',
  reason: 'r',
  packet: {},
});

test('words appear as they come and are replaced by what was really heard', () => {
  const state = after(
    caption('a', 'Good'),
    caption('a', 'Good morning, this is'),
    trail({
      type: 'turn.agent',
      itemId: 'a',
      agent: 'triage',
      text: 'Good morning,',
      heardMs: 900,
      interrupted: true,
    }),
    caption('a', 'Good morning, this is late'),
  );
  expect(state.entries).toEqual([
    expect.objectContaining({ key: 'a', text: 'Good morning,', final: true, interrupted: true }),
  ]);
});

test.each([
  ['says', 'turn', { type: 'turn.caller', itemId: 'q', source: 'speech', text: 'hello' }],
  ['keys in', 'keys', { type: 'caller.keyed', keys: '1042' }],
  ['keys in for a tool', 'collected', { type: 'keys.collected', count: 4, outcome: 'taken' }],
])('what a caller %s stands before the answer whose words already come', (_how, kind, told) => {
  const state = after(
    trail({ type: 'turn.agent', agent: 'triage', itemId: 'question', text: 'Your number?' }),
    caption('answer', 'I will look'),
    trail({ agent: 'triage', ...told }),
  );
  expect(state.entries).toMatchObject([{ key: 'question' }, { kind }, { key: 'answer' }]);
});

test('the sentence before a handoff stays before it, though it is heard to its end afterwards', () => {
  const state = after(
    caption('sentence', 'I will put you through'),
    requested,
    trail({
      type: 'turn.agent',
      itemId: 'sentence',
      agent: 'triage',
      text: 'I will put you through.',
      heardMs: 900,
      interrupted: false,
    }),
  );
  expect(state.entries.map(({ key }) => key)).toEqual(['sentence', 'h']);
});

test('a handoff and a tool stay where they happened and are completed in place', () => {
  const state = after(
    requested,
    trail({
      type: 'tool.called',
      agent: 'billing',
      tool: 'look',
      functionCallId: 't',
      arguments: '{}',
    }),
    trail({
      type: 'handoff.completed',
      from: 'triage',
      to: 'billing',
      functionCallId: 'h',
      durationMs: 12,
    }),
    trail({
      type: 'tool.returned',
      agent: 'billing',
      tool: 'look',
      functionCallId: 't',
      ok: false,
      output: 'no',
      durationMs: 3,
    }),
  );
  expect(state.entries).toEqual([
    expect.objectContaining({ kind: 'handoff', durationMs: 12 }),
    expect.objectContaining({
      kind: 'tool',
      result: { outcome: 'failed', output: 'no', durationMs: 3 },
    }),
  ]);
  expect(state.lastHandoff).toEqual({ from: 'triage', to: 'billing' });
});

const opened = (over: Record<string, unknown>): CallServerMessage =>
  trail({
    type: 'handoff.opened',
    from: 'triage',
    to: 'billing',
    functionCallId: 'h',
    decisionMs: 1,
    sessionMs: 5,
    firstAudioMs: 40,
    silenceMs: 90,
    budgetMs: 1500,
    overBudget: false,
    askedAgain: false,
    ...over,
  });

test('a handoff tells the silence it cost once the next agent is heard, and raises its alarm', () => {
  expect(after(requested, opened({})).entries).toMatchObject([
    { kind: 'handoff', opened: { silenceMs: 90, overBudget: false, askedAgain: false } },
  ]);
  expect(
    after(requested, opened({ firstAudioMs: 1600, overBudget: true, askedAgain: true })).entries,
  ).toMatchObject([{ opened: { firstAudioMs: 1600, overBudget: true, askedAgain: true } }]);
});

const refused = trail({
  type: 'handoff.refused',
  from: 'triage',
  to: 'billing',
  functionCallId: 'h',
  gate: 'business_hours',
  code: 'closed',
  say: 'Billing is closed.',
  decisionMs: 2,
});

test('a refused handoff stands where it was asked for, with its code and its sentence', () => {
  const toolCall = trail({
    type: 'tool.called',
    agent: 'triage',
    tool: 'transfer_to_billing',
    functionCallId: 'h',
    arguments: '{}',
  });
  const line = { kind: 'refusal', code: 'closed', say: 'Billing is closed.', to: 'billing' };
  const later = caption('sorry', 'Billing is closed.');
  for (const messages of [
    [requested, refused, later],
    [refused, later],
    [toolCall, refused, later],
    [refused, toolCall, later],
  ])
    expect(after(...messages).entries).toMatchObject([line, { kind: 'turn' }]);
});

test('a caller who proves who they are, and one who does not', () => {
  const state = after(
    trail({
      type: 'caller.not_verified',
      agent: 'billing',
      method: 'name_and_birth_date',
      code: 'not_matched',
      attemptsLeft: 2,
    }),
    trail({
      type: 'caller.verified',
      agent: 'billing',
      method: 'name_and_birth_date',
      customerId: 'c1',
    }),
  );
  expect(state.entries).toMatchObject([
    { kind: 'verification', result: { verified: false, code: 'not_matched', attemptsLeft: 2 } },
    { kind: 'verification', result: { verified: true, customerId: 'c1' } },
  ]);
  expect(new Set(state.entries.map(({ key }) => key)).size).toBe(2);
});

const personRequested = trail({
  type: 'person.requested',
  from: 'triage',
  queue: 'team',
  functionCallId: 'p',
  packet: {},
  briefing: 'Jane wants a refund.',
});

test('people take the caller and give them back', () => {
  const accepted = trail({
    type: 'person.accepted',
    queue: 'team',
    operator: 'Sam',
    waitedMs: 4000,
  });
  const talking = after(personRequested, accepted);
  expect(talking.entries).toMatchObject([
    { kind: 'person', briefing: 'Jane wants a refund.', answer: { operator: 'Sam' } },
  ]);
  expect(talking.person).toEqual({ queue: 'team', operator: 'Sam' });
  const left = after(
    personRequested,
    accepted,
    trail({ type: 'person.left', queue: 'team', operator: 'Sam', to: 'triage' }),
  );
  expect(left.person).toBeNull();
  expect(left.entries).toMatchObject([{ kind: 'person' }, { kind: 'person_left', to: 'triage' }]);
  expect(left.lastHandoff).toEqual({ from: 'team', to: 'triage' });
});

test('nobody takes the caller: one line says so, whatever else the trail has of it', () => {
  const state = after(
    personRequested,
    trail({ type: 'person.declined', queue: 'team', code: 'no_answer', waitedMs: 25_000 }),
    trail({
      type: 'handoff.refused',
      from: 'triage',
      to: 'team',
      functionCallId: 'p',
      gate: 'people',
      code: 'no_answer',
      say: 'Nobody is free.',
      decisionMs: 25_000,
    }),
  );
  expect(state.entries).toMatchObject([
    { kind: 'person', answer: { state: 'declined', code: 'no_answer', waitedMs: 25_000 } },
  ]);
  expect(state.person).toBeNull();
});

test('what a guardrail cut is on the page with the reason', () => {
  const state = after(
    trail({
      type: 'guardrail.tripped',
      agent: 'billing',
      guardrail: 'no_promises',
      text: 'I promise',
      why: 'a promise',
    }),
  );
  expect(state.entries).toMatchObject([
    { kind: 'cut', guardrail: 'no_promises', text: 'I promise', why: 'a promise' },
  ]);
});

const toolRun = (functionCallId: string, ok: boolean, output: unknown): CallServerMessage[] => [
  trail({
    type: 'tool.called',
    agent: 'scheduling',
    tool: 'cancel_appointment',
    functionCallId,
    arguments: '{"id":7}',
  }),
  trail({
    type: 'tool.returned',
    agent: 'scheduling',
    tool: 'cancel_appointment',
    functionCallId,
    ok,
    output: typeof output === 'string' ? output : JSON.stringify(output),
    durationMs: 3,
  }),
];
const outcomes = (...messages: readonly CallServerMessage[]): readonly unknown[] =>
  after(...messages).entries.map((entry) => entry.kind === 'tool' && entry.result?.outcome);

test('a tool that writes waits for a yes until it is called again', () => {
  const readBack = toolRun('t1', true, { confirm: 'Cancel it?', then: 'Read this…' });
  expect(outcomes(...readBack)).toEqual(['waits']);
  expect(outcomes(...readBack, ...toolRun('t2', true, { cancelled: true }))).toEqual([
    'read_back',
    'done',
  ]);
});

test('a tool says what stood in its way', () => {
  expect(outcomes(...toolRun('t', false, { error: 'First…', needs: 'verify_caller' }))).toEqual([
    'needs_verified',
  ]);
  expect(outcomes(...toolRun('t', false, { error: 'No.' }))).toEqual(['failed']);
  expect(outcomes(...toolRun('t', true, 'not JSON'))).toEqual(['done']);
});
