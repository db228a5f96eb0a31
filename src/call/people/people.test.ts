import { describe, expect, it } from 'vitest';
import { AudioPiece, openAudioConverter } from '../../audio/index.ts';
import { edgesOf, type Desk, type Edge } from '../../desk/index.ts';
import { manualClock, silentLog, supervised } from '../../lib/index.ts';
import { fakeOperators } from '../../testing/fake-operators.ts';
import { manualLeg } from '../../testing/manual-leg.ts';
import { createReturningLeg } from '../legs/index.ts';
import type { CallerLeg, Operators } from '../ports.ts';
import { testDesk } from '../testing/call-harness.ts';
import { createPeople } from './people.ts';

const desk: Desk = {
  ...testDesk([]),
  people: {
    team: {
      label: 'Practice team',
      handoffDescription: 'A person.',
      skills: ['billing'],
      hours: { week: { mon: [{ from: '08:30', to: '17:30' }] } },
      acceptWithinMs: 20_000,
      holdPhrase: 'I am asking the team.',
    },
  },
};
const [toTeam] = edgesOf(
  { ...desk, agents: { triage: { ...agentOf('triage'), handoffs: ['team'] } } },
  'triage',
);

function agentOf(name: string): Desk['agents'][string] {
  const agent = desk.agents[name];
  if (!agent) throw new Error(`no agent ${name}`);
  return agent;
}

const converter = await openAudioConverter('audio/pcm');

/** People of a call with `triage`, and everything they did to it, in order. */
function open(
  operators: Operators | null,
  over: { readonly startMs?: number; readonly leg?: CallerLeg } = {},
) {
  const did: string[] = [];
  const floor = { isCallers: false };
  const clock = manualClock(over.startMs);
  const leg = manualLeg();
  const people = createPeople({
    ...{ callId: 'call_1', operators, clock, converter, log: silentLog },
    leg: over.leg ?? leg,
    desk: { ...desk, agents: { triage: { ...agentOf('triage'), handoffs: ['team'] } } },
    spawn: supervised(silentLog),
    customer: () => null,
    record: (fact) => void did.push(fact.type),
    say: (text) => void did.push(`say ${text}`),
    callerHasFloor: () => floor.isCallers,
    silence: () => void did.push('silence'),
    goOn: (note) => void did.push(`go on: ${note}`),
    end: (reason) => void did.push(`end ${reason}`),
    changed: () => undefined,
  });
  const bringIn = async (edge: Edge | undefined = toTeam) => {
    if (!edge) throw new Error('no edge');
    const packet = { reason: 'a complaint' };
    const { ok, output } = await people.bringIn(edge, { functionCallId: 'c1', packet });
    return { ok, output: JSON.parse(output) as unknown };
  };
  return { people, bringIn, did, clock, leg, floor };
}

const offer = ['request_callback', 'leave_message'];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('bringing in a person', () => {
  it('offers the caller to the queue with a briefing, and tells the agent who came', async () => {
    const operators = fakeOperators({ skills: ['billing'] });
    const { bringIn, did, people } = open(operators);
    const asking = bringIn();
    expect(operators.offers).toMatchObject([
      { callId: 'call_1', desk: 'test-desk', queue: 'team', skills: ['billing'] },
    ]);
    expect(operators.offers[0]?.briefing).toBe('Caller: not verified.\nWants: a complaint');
    expect(people.isAgentOff()).toBe(false);
    operators.accept();
    expect(await asking).toEqual({
      ok: true,
      output: { assistant: 'Practice team', person: true },
    });
    expect(did).toEqual(['person.requested', 'person.accepted', 'silence']);
    expect([people.isAgentOff(), people.queue()]).toEqual([true, 'team']);
  });

  it('lets a caller who waits hear so, again and again, until somebody answers', async () => {
    const operators = fakeOperators();
    const { bringIn, did, clock } = open(operators);
    const asking = bringIn();
    clock.advance(1_199);
    expect(did).toEqual(['person.requested']);
    clock.advance(1);
    expect(did.at(-1)).toBe('say I am asking the team.');
    clock.advance(12_000);
    expect(did.filter((what) => what.startsWith('say'))).toHaveLength(2);
    operators.accept();
    await asking;
    clock.advance(60_000);
    expect(did.filter((what) => what.startsWith('say'))).toHaveLength(2);
  });

  it('does not speak over a caller who speaks while they wait', async () => {
    const operators = fakeOperators();
    const { bringIn, did, clock, floor } = open(operators);
    const asking = bringIn();
    floor.isCallers = true;
    clock.advance(3_000);
    expect(did).toEqual(['person.requested']);
    floor.isCallers = false;
    clock.advance(1_000);
    expect(did.at(-1)).toBe('say I am asking the team.');
    operators.decline();
    await asking;
  });

  it.each([
    ['declined', 'Nobody can take your call at the moment.'],
    ['no_answer', 'Nobody has answered just now.'],
    ['nobody', 'Nobody is there to take your call at the moment.'],
  ])('gives the agent the caller back: %s', async (code, error) => {
    const operators = fakeOperators({ skills: code === 'nobody' ? [] : ['billing'] });
    const { bringIn, did, clock, people } = open(operators);
    const asking = bringIn();
    if (code === 'declined') operators.decline();
    if (code === 'no_answer') clock.advance(20_000);
    expect(await asking).toEqual({ ok: false, output: { error, code, offer } });
    expect(did.filter((what) => !what.startsWith('say'))).toEqual([
      'person.requested',
      'person.declined',
    ]);
    expect(operators.isAsked()).toBe(false);
    expect(people.isAgentOff()).toBe(false);
  });

  it('asks nobody out of hours, and says when somebody is back', async () => {
    const operators = fakeOperators();
    const { bringIn } = open(operators, { startMs: Date.parse('2026-11-27T20:00:00Z') });
    expect(await bringIn()).toEqual({
      ok: false,
      output: {
        error:
          'Nobody is there to take your call right now. They are back on Monday at 8:30 in the morning.',
        code: 'out_of_hours',
        offer,
      },
    });
    expect(operators.offers).toEqual([]);
  });

  it('finds nobody where no operators are connected, and where asking them fails', async () => {
    expect(await open(null).bringIn()).toMatchObject({ output: { code: 'nobody' } });
    const broken: Operators = { offer: () => Promise.reject(new Error('the console is down')) };
    expect(await open(broken).bringIn()).toMatchObject({ output: { code: 'nobody' } });
  });

  it('lets an operator go who accepts when time is up already', async () => {
    const operators = fakeOperators();
    const { bringIn, clock, people } = open(operators);
    const asking = bringIn();
    const robin = operators.accept();
    clock.advance(20_000); // before the acceptance has got here
    expect(await asking).toMatchObject({ ok: false, output: { code: 'no_answer' } });
    await turn();
    expect(robin.isHungUp()).toBe(true);
    expect(people.queue()).toBeNull();
  });

  it('withdraws the offer when the caller hangs up meanwhile', async () => {
    const operators = fakeOperators();
    const { bringIn, people, clock, did } = open(operators);
    const asking = bringIn();
    people.end();
    expect(operators.isAsked()).toBe(false);
    expect(await asking).toMatchObject({ ok: false });
    clock.advance(60_000);
    expect(did).toEqual(['person.requested']);
  });
});

describe('while a person has the caller', () => {
  const connected = async (over?: Parameters<typeof open>[1]) => {
    const operators = fakeOperators();
    const opened = open(operators, over);
    const asking = opened.bringIn();
    const robin = operators.accept();
    await asking;
    return { ...opened, operators, robin };
  };

  it('both hear each other, and the engine hears nothing', async () => {
    const { people, robin, leg } = await connected();
    expect(people.hearCaller(AudioPiece.ofSamples(Int16Array.of(1, 2)))).toBe(true);
    expect([...robin.heard()]).toEqual([1, 2]);
    robin.say(new Int16Array(2_400));
    expect(leg.queuedMs()).toBe(100);
  });

  it('nothing they say is kept for a caller who is away: they would be late ever after', async () => {
    const returning = createReturningLeg({
      ...{ channel: 'browser', format: 'audio/pcm', clock: manualClock(), log: silentLog },
      can: { tap: true, inject: true, resume: true },
    });
    const { robin } = await connected({ leg: returning });
    robin.say(new Int16Array(2_400));
    const carrier = manualLeg();
    returning.attach(carrier);
    expect(carrier.queuedMs()).toBe(0);
    robin.say(new Int16Array(2_400));
    expect(carrier.queuedMs()).toBe(100);
  });

  it('the caller’s hanging up is the operator’s too', async () => {
    const { people, robin, leg } = await connected();
    people.end();
    expect(robin.isHungUp()).toBe(true);
    robin.say(new Int16Array(2_400));
    expect(leg.queuedMs()).toBe(0);
  });

  it('handing back lets the agent who asked go on, and can be done again later', async () => {
    const { people, robin, did, bringIn, operators, leg } = await connected();
    robin.leave({ handBack: true });
    await turn();
    expect(did.slice(3)).toEqual([
      'person.left',
      'agent.started',
      expect.stringMatching(/^go on: Practice team .* Do not greet again\.$/) as string,
    ]);
    expect(people.hearCaller(AudioPiece.ofSamples(Int16Array.of(1)))).toBe(false);
    robin.say(new Int16Array(2_400)); // somebody who has left
    expect(leg.queuedMs()).toBe(0);
    const again = bringIn();
    operators.accept('Sam');
    expect(await again).toMatchObject({ ok: true });
  });

  it('leaving for good ends the call once the last words are heard', async () => {
    const { people, robin, did, leg } = await connected();
    robin.say(new Int16Array(2_400));
    robin.leave({ handBack: false });
    await turn();
    expect(did.at(-1)).toBe('person.left');
    expect(people.hearCaller(AudioPiece.ofSamples(Int16Array.of(1)))).toBe(true); // no engine is to answer now
    leg.hearAll();
    await turn();
    expect(did.at(-1)).toBe('end person_ended');
  });

  it('last words that nobody hears hold the call for five seconds at most', async () => {
    const { robin, did, clock } = await connected();
    robin.say(new Int16Array(24_000));
    robin.leave({ handBack: false });
    await turn();
    clock.advance(5_000);
    await turn();
    expect(did.at(-1)).toBe('end person_ended');
  });
});
