import { describe, expect, it } from 'vitest';
import type { LiveCall } from '../../call/ports.ts';
import { manualClock, silentLog } from '../../lib/index.ts';
import type { CallEndReason, CallServerMessage } from '../../protocol/index.ts';
import { openVisit } from './visit.ts';

function harness() {
  const clock = manualClock();
  const sent: CallServerMessage[] = [];
  const closed: boolean[] = [];
  const hungUp: (CallEndReason | undefined)[] = [];
  const over = Promise.withResolvers<{ readonly reason: CallEndReason }>();
  let ended = 0;
  const visit = openVisit({
    ticket: 'direct_1',
    clock,
    log: silentLog,
    connectWithinMs: 30_000,
    ended() {
      ended += 1;
    },
  });
  const link = {
    send: (message: CallServerMessage) => void sent.push(message),
    close: (isDone: boolean) => void closed.push(isDone),
  };
  const call: LiveCall = {
    id: 'call_1',
    hearCaller: () => undefined,
    type: () => undefined,
    press: () => undefined,
    hangUp: (reason) => void hungUp.push(reason),
    callerAway: () => undefined,
    callerReturned: () => undefined,
    cutSpeech: () => undefined,
    ended: over.promise,
  };
  const opening = {
    desk: { name: 'd', title: 'D' },
    agents: {},
    hearing: { available: true },
  };
  const status = {
    type: 'status' as const,
    agent: 'speaking' as const,
    caller: 'silent' as const,
    activeAgent: 'triage',
  };
  return {
    clock,
    visit,
    link,
    call,
    opening,
    status,
    sent,
    closed,
    hungUp,
    over,
    ended: () => ended,
  };
}

describe('the visit of a page whose audio goes elsewhere', () => {
  it('keeps what happens until the page is there, and tells first what call it is', () => {
    const { visit, link, call, opening, status, sent } = harness();
    visit.leg.notify(status);
    visit.took({ ok: true, call, opening });
    expect(visit.link(link)).toBe(true);
    expect(sent.map(({ type }) => type)).toEqual(['started', 'status']);
  });

  it('ends the call of a page whose media did not come up', () => {
    const { clock, visit, link, call, opening, hungUp, closed, ended } = harness();
    visit.link(link);
    visit.took({ ok: true, call, opening });
    clock.advance(29_999);
    expect(hungUp).toEqual([]);
    clock.advance(1);
    expect(hungUp).toEqual(['caller_lost']);
    expect(closed).toEqual([false]);
    expect(ended()).toBe(1);
    // Later is too late.
    visit.lost();
    expect(hungUp).toEqual(['caller_lost']);
  });

  it('ends nothing once the media is up', async () => {
    const { clock, visit, link, call, opening, hungUp } = harness();
    visit.link(link);
    visit.took({ ok: true, call, opening });
    visit.hear({ type: 'connected', callId: 'rtc_1' });
    expect(await visit.connected).toBe('rtc_1');
    clock.advance(60_000);
    expect(hungUp).toEqual([]);
  });

  it('gives up a call that has not begun when the page goes', () => {
    const { visit, call, opening, hungUp } = harness();
    visit.lost();
    expect(visit.signal.aborted).toBe(true);
    visit.took({ ok: true, call, opening });
    expect(hungUp).toEqual(['caller_lost']);
  });

  it('closes the page’s link after the last message', async () => {
    const { visit, link, call, opening, over, sent, closed } = harness();
    visit.link(link);
    visit.took({ ok: true, call, opening });
    over.resolve({ reason: 'agent_ended' });
    await over.promise;
    await Promise.resolve();
    expect(sent.at(-1)).toEqual({ type: 'ended', reason: 'agent_ended' });
    expect(closed).toEqual([true]);
  });
});
