import { describe, expect, it } from 'vitest';
import { activeAgent, stepHandoff, type HandoffEvent, type HandoffState } from './handoff.ts';

const steady: HandoffState = { phase: 'steady', agent: 'triage' };
const request = (to: string): HandoffEvent => ({
  type: 'requested',
  to,
  functionCallId: 'c1',
  packet: { reason: 'r' },
  startedMs: 100,
  edges: ['billing'],
});
const run = (events: readonly HandoffEvent[], from: HandoffState = steady) =>
  events.reduce(
    (step, event) => stepHandoff(step.state, event),
    stepHandoff(from, { type: 'send_failed' }),
  );

describe('the handoff controller', () => {
  it('goes requested, switching, completed', () => {
    const requested = stepHandoff(steady, request('billing'));
    expect(requested.effects.map((effect) => effect.type)).toEqual(['record', 'switch_agent']);
    const sent = stepHandoff(requested.state, {
      type: 'session_sent',
      eventId: 'e1',
      instructions: 'I',
    });
    expect(sent.state.phase).toBe('switching');
    expect(activeAgent(sent.state)).toBe('triage');
    const done = stepHandoff(sent.state, {
      type: 'session_updated',
      instructions: 'I',
      nowMs: 130,
    });
    expect(activeAgent(done.state)).toBe('billing');
    expect(done.effects).toMatchObject([
      { fact: { type: 'handoff.completed', from: 'triage', to: 'billing', durationMs: 30 } },
      { fact: { type: 'agent.started', agent: 'billing' } },
    ]);
  });

  it('refuses where no edge leads and while another handoff is under way', () => {
    expect(stepHandoff(steady, request('sales'))).toMatchObject({
      state: steady,
      effects: [{ type: 'refuse' }],
    });
    const under = stepHandoff(steady, request('billing')).state;
    expect(stepHandoff(under, request('billing'))).toEqual({
      state: under,
      effects: [expect.objectContaining({ type: 'refuse' })],
    });
  });

  it('is not moved by an acknowledgement of something else', () => {
    const sent: HandoffEvent = { type: 'session_sent', eventId: 'e1', instructions: 'I' };
    expect(
      run([request('billing'), sent, { type: 'session_updated', instructions: 'other', nowMs: 1 }])
        .state.phase,
    ).toBe('switching');
    expect(run([{ type: 'session_updated', instructions: 'I', nowMs: 1 }]).state).toEqual(steady);
    expect(
      run([request('billing'), { type: 'session_updated', instructions: 'I', nowMs: 1 }]).state
        .phase,
    ).toBe('requested');
    expect(
      run([request('billing'), sent, { type: 'engine_error', eventId: 'e0' }]).state.phase,
    ).toBe('switching');
  });

  it('believes a server that does not tell the instructions', () => {
    const sent: HandoffEvent = { type: 'session_sent', eventId: 'e1', instructions: 'I' };
    const { state } = run([
      request('billing'),
      sent,
      { type: 'session_updated', instructions: null, nowMs: 1 },
    ]);
    expect(state).toEqual({ phase: 'steady', agent: 'billing' });
  });

  it('stays with the old agent when the session cannot be sent or is rejected', () => {
    expect(run([request('billing'), { type: 'send_failed' }]).state).toEqual(steady);
    const sent: HandoffEvent = { type: 'session_sent', eventId: 'e1', instructions: 'I' };
    const rejected = run([request('billing'), sent, { type: 'engine_error', eventId: 'e1' }]);
    expect(rejected).toEqual({
      state: steady,
      effects: [{ type: 'switch_failed', to: 'billing' }],
    });
  });
});
