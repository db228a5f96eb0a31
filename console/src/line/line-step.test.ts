import { expect, test } from 'vitest';
import {
  stepLine,
  type LineEffect,
  type LineEvent,
  type LineState,
  type Ticket,
} from './line-step.ts';

const ticket: Ticket = { token: 'one', withinMs: 30_000 };
const next: Ticket = { token: 'two', withinMs: 30_000 };

/** Takes a line through events, each at its time; an event alone comes at 0. */
function after(...steps: (LineEvent | readonly [number, LineEvent])[]): {
  state: LineState;
  effects: readonly LineEffect[];
} {
  let state: LineState = { name: 'idle' };
  let effects: readonly LineEffect[] = [];
  for (const step of steps) {
    const [nowMs, event] = 'type' in step ? ([0, step] as const) : step;
    ({ state, effects } = stepLine(state, event, nowMs));
  }
  return { state, effects };
}

const called: LineEvent = { type: 'called', way: 'webrtc', back: null };
const microphone: LineEvent = { type: 'microphone_settled' };
const accepted: LineEvent = { type: 'accepted', ticket };
const failed: LineEvent = { type: 'way_failed' };
const lost: LineEvent = { type: 'way_lost' };
const due: LineEvent = { type: 'retry_due' };
const live = [called, microphone, accepted] as const;

test('asks for the microphone, then connects by WebRTC', () => {
  expect(after(called).effects).toEqual([{ type: 'ask_for_microphone' }]);
  expect(after(called, microphone).effects).toEqual([{ type: 'open', way: 'webrtc', back: null }]);
  expect(after(...live)).toEqual({
    state: { name: 'live', way: 'webrtc', ticket },
    effects: [{ type: 'keep', ticket }],
  });
});

test.each(['webrtc', 'direct'] as const)('takes the WebSocket when %s does not open', (way) => {
  const { state, effects } = after({ type: 'called', way, back: null }, microphone, failed);
  expect(state).toMatchObject({ name: 'connecting', way: 'socket', first: way });
  expect(effects).toEqual([{ type: 'close_way' }, { type: 'open', way: 'socket', back: null }]);
});

test('takes the WebSocket when WebRTC opened and broke off before anybody answered', () => {
  expect(after(called, microphone, lost).state).toMatchObject({ way: 'socket' });
});

test('is over when the WebSocket does not open either', () => {
  const { state, effects } = after(called, microphone, failed, failed);
  expect(state).toEqual({ name: 'over', reason: 'unreachable' });
  expect(effects).toContainEqual({ type: 'release' });
});

test('comes back at once with the token when the way is lost', () => {
  const { state, effects } = after(...live, [1_000, lost]);
  expect(state).toMatchObject({ name: 'waiting', back: ticket });
  expect(effects).toEqual([{ type: 'close_way' }, { type: 'retry_in', ms: 0 }]);
  const again = after(...live, [1_000, lost], [1_000, due]);
  expect(again.effects).toEqual([{ type: 'open', way: 'webrtc', back: ticket }]);
});

test('goes on with the token of the call it came back to', () => {
  const { state } = after(...live, lost, due, { type: 'accepted', ticket: next });
  expect(state).toEqual({ name: 'live', way: 'webrtc', ticket: next });
});

test('comes back over the WebSocket with the same token when WebRTC does not open any more', () => {
  expect(after(...live, lost, due, failed).effects).toContainEqual({
    type: 'open',
    way: 'socket',
    back: ticket,
  });
});

test('comes back over the WebSocket at once when the call went over it', () => {
  const { effects } = after(called, microphone, failed, accepted, lost, due);
  expect(effects).toEqual([{ type: 'open', way: 'socket', back: ticket }]);
});

test('begins with WebRTC again at every attempt, once it was by WebRTC', () => {
  const { effects } = after(...live, lost, due, failed, failed, due);
  expect(effects).toEqual([{ type: 'open', way: 'webrtc', back: ticket }]);
});

test('tries less and less often, until the server has given the call up', () => {
  let { state } = after(called, microphone, failed, accepted);
  const waits: number[] = [];
  let nowMs = 0;
  let event: LineEvent = lost;
  for (let count = 0; count < 100 && state.name !== 'over'; count++) {
    const stepped = stepLine(state, event, nowMs);
    state = stepped.state;
    for (const effect of stepped.effects) {
      if (effect.type !== 'retry_in') continue;
      waits.push(effect.ms);
      nowMs += effect.ms;
    }
    event = state.name === 'waiting' ? due : failed;
  }
  expect(state).toEqual({ name: 'over', reason: 'lost' });
  expect(waits.slice(0, 5)).toEqual([0, 500, 1_000, 2_000, 2_000]);
  expect(nowMs).toBeGreaterThan(ticket.withinMs - 2_001);
  expect(nowMs).toBeLessThanOrEqual(ticket.withinMs);
});

test('a network that is back is tried at once', () => {
  const { effects } = after(...live, { type: 'offline' }, { type: 'online' });
  expect(effects).toEqual([{ type: 'open', way: 'webrtc', back: ticket }]);
});

test('a call that nobody keeps is over with its way', () => {
  const { state } = after(called, microphone, { type: 'accepted', ticket: null }, lost);
  expect(state).toEqual({ name: 'over', reason: 'lost' });
});

test('a server that is starting again is asked again, one that has given the call up is not', () => {
  const away = [...live, lost, due, failed] as const;
  expect(after(...away, { type: 'refused', code: 'not_ready' }).state.name).toBe('waiting');
  expect(after(...away, { type: 'refused', code: 'resume_refused' }).state).toEqual({
    name: 'over',
    reason: 'refused',
  });
});

test('a first call that is refused is over', () => {
  const { state } = after(called, microphone, { type: 'refused', code: 'busy' });
  expect(state).toEqual({ name: 'over', reason: 'refused' });
});

test('goes on with a call that was kept over a reload', () => {
  const { state, effects } = after({ type: 'called', way: 'webrtc', back: ticket }, microphone);
  expect(state).toMatchObject({ name: 'connecting', back: ticket });
  expect(effects).toEqual([{ type: 'open', way: 'webrtc', back: ticket }]);
});

test('hanging up is told to the server, and does not come back when the way closes first', () => {
  const hungUp = after(...live, { type: 'hung_up' });
  expect(hungUp.effects).toEqual([{ type: 'keep', ticket: null }, { type: 'say_goodbye' }]);
  expect(after(...live, { type: 'hung_up' }, lost).state).toEqual({
    name: 'over',
    reason: 'cancelled',
  });
});

test.each([
  ['before the microphone is there', [called]],
  ['while it connects', [called, microphone]],
  ['while it comes back', [...live, lost]],
] as const)('hanging up %s lets go of everything', (_when, events) => {
  const { state, effects } = after(...events, { type: 'hung_up' });
  expect(state).toEqual({ name: 'over', reason: 'cancelled' });
  expect(effects).toContainEqual({ type: 'release' });
});

test('a call that moved to another window is over here, and what comes later changes nothing', () => {
  const moved = after(...live, { type: 'moved' });
  expect(moved.state).toEqual({ name: 'over', reason: 'moved' });
  expect(stepLine(moved.state, lost, 0)).toEqual({ state: moved.state, effects: [] });
});
