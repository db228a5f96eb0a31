import { describe, expect, it } from 'vitest';
import { instructionsFor, todayLine } from './instructions.ts';
import { testDesk } from '../testing/call-harness.ts';

describe('the runtime’s additions to a prompt', () => {
  it('tell the day and time at the desk, not at the server', () => {
    const nowMs = Date.UTC(2026, 6, 31, 23, 5);
    expect(todayLine('Europe/London', nowMs)).toBe(
      'Today is Saturday, 1 August 2026. The time is 00:05. Time zone: Europe/London.',
    );
    expect(todayLine('America/New_York', nowMs)).toBe(
      'Today is Friday, 31 July 2026. The time is 19:05. Time zone: America/New_York.',
    );
  });

  it('let only the opening greet', () => {
    const desk = testDesk([]);
    const nowMs = Date.UTC(2026, 10, 23, 9, 15);
    const opening = instructionsFor(desk, 'Help.', { opening: true, nowMs });
    const later = instructionsFor(desk, 'Help.', { opening: false, nowMs });
    expect(opening).toContain('Open the call by saying: "Hello, how can I help?"');
    expect(later).not.toContain('Open the call');
    expect(later).toContain('already under way');
  });

  it('tell an agent that it is we who call, and why', () => {
    const desk = { ...testDesk([]), outboundGreeting: 'Hello, this is the practice.' };
    const nowMs = Date.UTC(2026, 10, 23, 9, 15);
    const outbound = { purpose: 'A reminder for Thursday.' };
    const opening = instructionsFor(desk, 'Help.', { opening: true, nowMs, outbound });
    expect(opening).toContain('We are calling them');
    expect(opening).toContain('A reminder for Thursday.');
    expect(opening).toContain('Open the call by saying: "Hello, this is the practice."');
    const theirs = instructionsFor(desk, 'Help.', { opening: true, nowMs });
    expect(theirs).not.toContain('We are calling');
    expect(theirs).toContain('Open the call by saying: "Hello, how can I help?"');
  });
});
