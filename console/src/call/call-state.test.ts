import { expect, test } from 'vitest';
import type { CallServerMessage } from '../../../src/protocol/api.ts';
import type { TrailEvent } from './call-entries.ts';
import type { OverReason } from '../line/line-step.ts';
import type { SoundNews } from '../line/line.ts';
import { idleCall, reduceCall, type CallState } from './call-state.ts';

const stamp = { callId: 'call_1', at: '2026-11-23T09:00:00.000Z', elapsedMs: 0 };
let seq = 0;
const trail = (event: Record<string, unknown>): CallServerMessage => ({
  type: 'trail',
  // The fields beside the stamp are given whole by each test.
  event: { ...stamp, seq: ++seq, ...event } as TrailEvent,
});

function after(...messages: CallServerMessage[]): CallState {
  let state = reduceCall(idleCall, { type: 'called' });
  for (const message of messages) state = reduceCall(state, { type: 'received', message });
  return state;
}

const caption = (itemId: string, text: string): CallServerMessage => ({
  type: 'caption',
  itemId,
  speaker: 'agent',
  agent: 'triage',
  text,
});

const started: Extract<CallServerMessage, { type: 'started' }> = {
  type: 'started',
  callId: 'call_1',
  desk: { name: 'd', title: 'D' },
  agents: {},
  hearing: { available: true },
};

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

test('a caller turn that settles late stands before the answer whose words are already coming', () => {
  const state = after(
    caption('answer', 'I will look'),
    trail({ type: 'turn.caller', itemId: 'q', agent: 'triage', source: 'speech', text: 'hello' }),
  );
  expect(state.entries.map(({ key }) => key)).toEqual(['q', 'answer']);
});

test('the sentence before a handoff stays before it, though it is heard to its end afterwards', () => {
  const state = after(
    caption('sentence', 'I will put you through'),
    trail({
      type: 'handoff.requested',
      from: 'triage',
      to: 'billing',
      functionCallId: 'h',
      reason: 'r',
    }),
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
    trail({
      type: 'handoff.requested',
      from: 'triage',
      to: 'billing',
      functionCallId: 'h',
      reason: 'r',
    }),
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

const requested = trail({
  type: 'handoff.requested',
  from: 'triage',
  to: 'billing',
  functionCallId: 'h',
  by: 'agent',
  reason: 'r',
  packet: {},
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

test('says so when the engine cannot hear', () => {
  const state = after({
    type: 'started',
    callId: 'call_1',
    desk: { name: 'd', title: 'D' },
    agents: {},
    hearing: { available: false, note: 'Hearing is off: install it.' },
  });
  expect(state.deafness).toEqual({ note: 'Hearing is off: install it.' });
});

test('a line that is over ends the call in words; a regular end keeps its reason', () => {
  const over = (state: CallState, reason: OverReason): CallState =>
    reduceCall(state, { type: 'line', line: { name: 'over', reason } });
  const ended = after({ type: 'ended', reason: 'agent_ended' });
  expect(over(ended, 'lost').outcome).toMatchObject({ kind: 'ended', reason: 'agent_ended' });
  const lost = over(after(started), 'lost');
  expect(lost.phase).toBe('ended');
  expect(lost.outcome).toEqual({ kind: 'over', reason: 'lost' });
});

test('the call stays live while the line comes back, and goes on where it was', () => {
  const live = after(started, caption('a', 'Good morning'));
  const away = reduceCall(live, {
    type: 'line',
    line: {
      name: 'waiting',
      way: 'webrtc',
      back: { token: 't', withinMs: 1 },
      away: { sinceMs: 0, attempts: 1 },
    },
  });
  expect(away.phase).toBe('live');
  const back = reduceCall(away, { type: 'received', message: { ...started, type: 'resumed' } });
  expect(back.entries).toEqual(live.entries);
});

test('a page that was loaded again is live once the call is resumed', () => {
  expect(after({ ...started, type: 'resumed' })).toMatchObject({ phase: 'live', callId: 'call_1' });
});

test('keys are asked for until they are there', () => {
  const asked = after(
    started,
    trail({ type: 'keys.requested', agent: 'billing', prompt: 'Your card number.' }),
  );
  expect(asked.keysWanted).toEqual({ agent: 'billing', prompt: 'Your card number.' });
  const message = trail({ type: 'keys.collected', agent: 'billing', count: 16, outcome: 'taken' });
  const taken = reduceCall(asked, { type: 'received', message });
  expect(taken.keysWanted).toBeNull();
  expect(taken.entries.at(-1)).toMatchObject({ kind: 'collected', count: 16, outcome: 'taken' });
});

test('sound: a refused microphone, other devices, a page kept silent', () => {
  let state = after(started);
  const hear = (news: SoundNews): void => {
    state = reduceCall(state, { type: 'sound', news });
  };
  hear({ type: 'microphone', refusal: 'blocked' });
  hear({ type: 'blocked', isBlocked: true });
  expect(state.sound).toMatchObject({ refusal: 'blocked', isBlocked: true });
  const devices = { microphones: [{ id: 'm', label: 'Desk microphone' }], speakers: [] };
  hear({ type: 'microphone', refusal: null });
  hear({ type: 'blocked', isBlocked: false });
  hear({ type: 'devices', devices, microphone: 'm' });
  expect(state.sound).toMatchObject({
    refusal: null,
    isBlocked: false,
    devices,
    microphone: 'm',
  });
});
