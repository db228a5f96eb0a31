import { expect, test } from 'vitest';
import type { SoundNews } from '../audio/sound.ts';
import type { OverReason } from '../line/line-step.ts';
import { reduceCall, type CallState } from './call-state.ts';
import { after, caption, started, trail } from './testing/told-call.ts';

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
  hear({ type: 'microphone', refusal: 'blocked', id: undefined });
  hear({ type: 'blocked', isBlocked: true });
  expect(state.sound).toMatchObject({ refusal: 'blocked', isBlocked: true });
  const devices = { microphones: [{ id: 'm', label: 'Desk microphone' }], speakers: [] };
  hear({ type: 'microphone', refusal: null, id: 'm' });
  hear({ type: 'blocked', isBlocked: false });
  hear({ type: 'speaker', id: 's' });
  hear({ type: 'devices', devices });
  expect(state.sound).toMatchObject({
    refusal: null,
    isBlocked: false,
    devices,
    microphone: 'm',
    speaker: 's',
  });
});
