import { describe, expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { callState } from '../call-state.ts';
import { allow, refuse, type Gate, type GateRequest, type Hop, type Refusal } from '../gate.ts';
import {
  attempts,
  businessHours,
  gate,
  hopBudget,
  identityVerified,
  noPingPong,
  slotsFilled,
} from './index.ts';
import { z } from 'zod';

interface Asked {
  readonly customer?: boolean;
  readonly callerNumber?: string;
  readonly packet?: Readonly<Record<string, unknown>>;
  readonly hops?: readonly Hop[];
  readonly refusals?: readonly Refusal[];
  readonly at?: string;
  readonly timeZone?: string;
  readonly elapsedMs?: number;
}

function request(asked: Asked = {}): GateRequest {
  const clock = manualClock(Date.parse(asked.at ?? '2026-11-23T09:00:00Z'));
  clock.advance(asked.elapsedMs ?? 0);
  return {
    from: 'triage',
    to: 'billing',
    by: 'agent',
    packet: asked.packet ?? {},
    call: {
      callId: 'call_1',
      desk: 'front-desk',
      timeZone: asked.timeZone ?? 'Europe/London',
      nowMs: () => clock.nowMs(),
      elapsedMs: () => clock.monotonicMs(),
      customer: () => (asked.customer ? { id: 'c1', name: 'Jane Miller' } : null),
      callerNumber: asked.callerNumber ?? null,
      keyed: () => null,
      state: { get: (key) => key.initial, set: () => undefined },
      hops: asked.hops ?? [],
      refusals: asked.refusals ?? [],
      callerTurns: 1,
    },
    signal: new AbortController().signal,
  };
}

/** `open`, or the code and the sentence of the refusal. */
async function judged(given: Gate, asked: Asked): Promise<string> {
  const decision = await given.canHandoff(request(asked));
  return decision.allow ? 'open' : `${decision.code}: ${decision.say}`;
}

const hop = (from: string, to: string, atMs = 0): Hop => ({ from, to, by: 'agent', atMs });
const there = (atMs = 0): Hop => hop('triage', 'billing', atMs);
const back = (atMs = 0): Hop => hop('billing', 'triage', atMs);
const refusal = (to: string): Refusal => ({ from: 'triage', to, code: 'slots_missing', atMs: 0 });

const shop = businessHours({ week: { mon: [{ from: '09:00', to: '17:00' }] } });
const earlyShop = businessHours({ week: { sun: [{ from: '03:30', to: '04:00' }] } });
const pong = noPingPong({ cooldownMs: 10_000 });

describe('ready-made gates', () => {
  it.each<[string, Gate, Asked, string | RegExp]>([
    ['a verified caller', identityVerified(), { customer: true }, 'open'],
    ['nobody known', identityVerified(), {}, /^not_verified: .*who I am speaking with/],
    [
      "a caller's number alone (A54)",
      identityVerified(),
      { callerNumber: '+15550100' },
      /^not_verified/,
    ],
    ['its own sentence', identityVerified({ say: 'Who is it?' }), {}, 'not_verified: Who is it?'],

    [
      'what is there',
      slotsFilled('reason', 'amount'),
      { packet: { reason: 'a', amount: 0 } },
      'open',
    ],
    ['false, which is an answer', slotsFilled('urgent'), { packet: { urgent: false } }, 'open'],
    [
      'the first that is missing',
      slotsFilled('reason', 'birth_date', 'invoiceNumber'),
      { packet: { reason: 'a' } },
      'slots_missing: One thing first: what is the birth date?',
    ],
    [
      'a name in camel case',
      slotsFilled('invoiceNumber'),
      {},
      'slots_missing: One thing first: what is the invoice number?',
    ],
    ['blanks', slotsFilled('reason'), { packet: { reason: '  ' } }, /^slots_missing/],
    ['null', slotsFilled('reason'), { packet: { reason: null } }, /^slots_missing/],
    ['an empty list', slotsFilled('dates'), { packet: { dates: [] } }, /^slots_missing/],
    ['an empty object', slotsFilled('slots'), { packet: { slots: {} } }, /^slots_missing/],

    ['open hours', shop, { at: '2026-11-23T09:00:00Z' }, 'open'],
    [
      'the minute before',
      shop,
      { at: '2026-11-23T08:59:00Z' },
      'out_of_hours: Nobody is there to take your call right now. They are back today at 9 in the morning.',
    ],
    [
      'the hour of the desk',
      shop,
      { at: '2026-11-23T09:00:00Z', timeZone: 'Asia/Tokyo' },
      /^out_of/,
    ],
    ['the same hour in summer', shop, { at: '2026-07-06T08:00:00Z' }, 'open'],
    [
      'the night of the change to winter',
      earlyShop,
      { at: '2026-10-25T02:45:00Z' },
      /^out_of_hours: .*back today at 3:30 in the morning/,
    ],
    ['half an hour of that night later', earlyShop, { at: '2026-10-25T03:30:00Z' }, 'open'],
    [
      'its own sentence with the next opening',
      businessHours(
        { week: { mon: [{ from: '09:00', to: '17:00' }] } },
        { say: (atMs) => `Until ${new Date(atMs ?? 0).toISOString()}.` },
      ),
      { at: '2026-11-24T09:00:00Z' },
      'out_of_hours: Until 2026-11-30T09:00:00.000Z.',
    ],

    ['a budget not used up', hopBudget({ max: 2 }), { hops: [there()] }, 'open'],
    ['a budget used up (F8)', hopBudget({ max: 2 }), { hops: [there(), back()] }, /^hop_budget: /],

    ['a first handoff', pong, {}, 'open'],
    [
      'a first return, late enough',
      pong,
      { hops: [there(0), back(4_000)], elapsedMs: 10_000 },
      'open',
    ],
    [
      'a return too soon',
      pong,
      { hops: [there(0), back(4_000)], elapsedMs: 9_999 },
      /^ping_pong: They have just sent you/,
    ],
    [
      'A, B, A, B, A, B at whatever pace (F8)',
      pong,
      { hops: [there(0), back(30_000), there(60_000), back(90_000)], elapsedMs: 600_000 },
      /^ping_pong/,
    ],
    [
      'the same with a third agent in between',
      pong,
      {
        hops: [there(), back(), there(), hop('billing', 'sales'), hop('sales', 'triage')],
        elapsedMs: 600_000,
      },
      'open',
    ],
    [
      'no return at all when none is allowed',
      noPingPong({ cooldownMs: 0, maxReturns: 0 }),
      { hops: [there(), back()], elapsedMs: 600_000 },
      /^ping_pong/,
    ],

    ['refusals of another edge', attempts({ max: 1 }), { refusals: [refusal('sales')] }, 'open'],
    ['a refusal too few', attempts({ max: 2 }), { refusals: [refusal('billing')] }, 'open'],
    [
      'as many refusals as may be',
      attempts({ max: 2 }),
      { refusals: [refusal('billing'), refusal('billing')] },
      /^too_many_attempts: /,
    ],
  ])('judge %s', async (_title, given, asked, outcome) => {
    if (typeof outcome === 'string') expect(await judged(given, asked)).toBe(outcome);
    else expect(await judged(given, asked)).toMatch(outcome);
  });

  it('take code of the desk, with what is shared in the call', async () => {
    const budget = callState('budget', z.number(), 100);
    const own = gate('small_amounts', ({ packet, call }) =>
      Number(packet['amount']) > call.state.get(budget)
        ? refuse('amount_too_high', 'That needs a person.')
        : allow,
    );
    expect(own.name).toBe('small_amounts');
    expect(await judged(own, { packet: { amount: 100 } })).toBe('open');
    expect(await judged(own, { packet: { amount: 101 } })).toBe(
      'amount_too_high: That needs a person.',
    );
  });
});

describe('what the linter may ask of a gate', () => {
  it.each<[string, Gate, RegExp | null]>([
    ['hours', shop, null],
    ['hours of no day', businessHours({ week: {} }), /no minute/],
    [
      'hours that end first',
      businessHours({ week: { mon: [{ from: '17:00', to: '09:00' }] } }),
      /no/,
    ],
    ['a hop budget', hopBudget({ max: 1 }), null],
    ['a hop budget of none', hopBudget({ max: 0 }), /budget of 0/],
    ['a hop budget that is no number', hopBudget({ max: Number.NaN }), /NaN/],
    ['no ping-pong', noPingPong({ cooldownMs: 0, maxReturns: 0 }), null],
    ['no ping-pong below none', noPingPong({ cooldownMs: 0, maxReturns: -1 }), /-1 returns/],
    ['attempts', attempts({ max: 1 }), null],
    ['attempts of none', attempts({ max: 0 }), /0 attempts/],
    ['a gate of the desk', gate('shut', () => allow, { neverOpens: () => 'shut' }), /shut/],
  ])('whether it ever opens: %s', async (_title, given, reason) => {
    const said = given.neverOpens?.() ?? null;
    if (reason === null) {
      expect(said).toBeNull();
      expect(await judged(given, {})).toBe('open');
    } else expect(said).toMatch(reason);
  });

  it('which fields of the packet it needs', () => {
    expect(slotsFilled('reason', 'amount').needs).toEqual(['reason', 'amount']);
    expect(identityVerified().needs).toBeUndefined();
  });

  it('what is wrong with it', () => {
    const hours = businessHours({ week: { mon: [{ from: '09:00', to: '25:00' }] } });
    expect(hours.faults?.()).toEqual(['mon: "25:00" is no time of day']);
    expect(shop.faults?.()).toEqual([]);
    expect(noPingPong({ cooldownMs: -1 }).faults?.()).toEqual(['the cooldown of -1 ms is no time']);
  });
});
