/** What carries a call: sound relayed over WebRTC, over a WebSocket, or straight to the engine. */
export type Way = 'webrtc' | 'socket' | 'direct';

/** How to come back to a call: a token that is good once, and for how long after the way is lost. */
export interface Ticket {
  readonly token: string;
  readonly withinMs: number;
}

/** Since when the call has been without its way, and how often it was tried since. */
interface Away {
  readonly sinceMs: number;
  readonly attempts: number;
}

/** Why it is over, when it was not the desk that said so. */
export type OverReason =
  | 'ended' // by the desk; its `ended` says why
  | 'refused' // by the server, with a sentence
  | 'unreachable' // no way could be opened
  | 'lost' // the way broke off, and nobody came back in time
  | 'moved' // the call goes on in another window
  | 'cancelled'; // by the caller, before anybody answered

/** Where a call stands on the way to the server. */
export type LineState =
  | { readonly name: 'idle' }
  | { readonly name: 'asking'; readonly way: Way; readonly back: Ticket | null }
  | {
      readonly name: 'connecting';
      readonly way: Way;
      /** What was tried first this time; when it is another than `way`, it did not open. */
      readonly first: Way;
      /** Comes back to a call with it. */
      readonly back: Ticket | null;
      readonly away: Away | null;
    }
  | { readonly name: 'live'; readonly way: Way; readonly ticket: Ticket | null }
  | { readonly name: 'waiting'; readonly way: Way; readonly back: Ticket; readonly away: Away }
  /** The caller has hung up, and the server has not confirmed it yet. */
  | { readonly name: 'leaving'; readonly way: Way }
  | { readonly name: 'over'; readonly reason: OverReason };

/** What can happen to it. */
export type LineEvent =
  /** @property back: a call to go on with, kept over a reload of the page */
  | { readonly type: 'called'; readonly way: Way; readonly back: Ticket | null }
  | { readonly type: 'microphone_settled' }
  | { readonly type: 'accepted'; readonly ticket: Ticket | null }
  | { readonly type: 'way_failed' }
  | { readonly type: 'way_lost' }
  | { readonly type: 'offline' }
  | { readonly type: 'online' }
  | { readonly type: 'retry_due' }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'ended' }
  | { readonly type: 'moved' }
  | { readonly type: 'hung_up' };

/** What has to be done about it. */
export type LineEffect =
  | { readonly type: 'ask_for_microphone' }
  | { readonly type: 'open'; readonly way: Way; readonly back: Ticket | null }
  | { readonly type: 'close_way' }
  | { readonly type: 'retry_in'; readonly ms: number }
  /** Remember it, so that a page that is loaded again comes back; null: forget it. */
  | { readonly type: 'keep'; readonly ticket: Ticket | null }
  | { readonly type: 'say_goodbye' }
  /** Let go of everything. */
  | { readonly type: 'release' };

/** A state and what it takes to be in it. */
export interface LineStepped {
  readonly state: LineState;
  readonly effects: readonly LineEffect[];
}

/** Before each attempt to come back; the last for all that follow. */
const retryMs = [0, 500, 1_000, 2_000] as const;

/** A server that starts again is ready after a while; the call may be there still. */
const passing: readonly string[] = ['busy', 'not_ready'];

/**
 * The one place that decides how a call gets to the server and stays there. Pure.
 *
 * WebRTC comes first. What does not open is followed by the WebSocket; what opened and broke off is
 * followed by attempts to come back, until the server has given the call up.
 *
 * @param nowMs monotonic
 */
export function stepLine(state: LineState, event: LineEvent, nowMs: number): LineStepped {
  if (state.name === 'over') return stay(state);
  switch (event.type) {
    case 'called':
      if (state.name !== 'idle') return stay(state);
      return go(
        { name: 'asking', way: event.way, back: event.back },
        { type: 'ask_for_microphone' },
      );
    case 'microphone_settled':
      if (state.name !== 'asking') return stay(state);
      return connect({ way: state.way, back: state.back, away: null });
    case 'accepted': {
      if (state.name !== 'connecting') return stay(state);
      const { ticket } = event;
      return go({ name: 'live', way: state.way, ticket }, { type: 'keep', ticket });
    }
    case 'way_failed':
      return wayFailed(state, nowMs);
    case 'way_lost':
    case 'offline':
      return wayLost(state, event.type, nowMs);
    case 'online':
    case 'retry_due': {
      if (state.name !== 'waiting') return stay(state);
      const { way, back, away } = state;
      return connect({ way, back, away });
    }
    case 'refused':
      return refused(state, event.code, nowMs);
    case 'ended':
      return over('ended');
    case 'moved':
      return over('moved');
    case 'hung_up':
      if (state.name === 'leaving') return stay(state);
      if (state.name !== 'live') return over('cancelled');
      return go(
        { name: 'leaving', way: state.way },
        { type: 'keep', ticket: null },
        { type: 'say_goodbye' },
      );
  }
}

function wayFailed(state: LineState, nowMs: number): LineStepped {
  if (state.name !== 'connecting') return stay(state);
  if (state.way === 'socket') return retryOrGiveUp(state, nowMs);
  const { first, back, away } = state;
  const { state: next, effects } = connect({ way: 'socket', first, back, away });
  return { state: next, effects: [{ type: 'close_way' }, ...effects] };
}

function wayLost(state: LineState, how: 'way_lost' | 'offline', nowMs: number): LineStepped {
  if (state.name === 'leaving') return over('cancelled');
  // It was open, but nobody had answered yet: the other way may do better.
  if (state.name === 'connecting' && how === 'way_lost') return wayFailed(state, nowMs);
  if (state.name !== 'live') return stay(state);
  if (!state.ticket) return over('lost');
  return go(
    {
      name: 'waiting',
      way: state.way,
      back: state.ticket,
      away: { sinceMs: nowMs, attempts: 1 },
    },
    { type: 'close_way' },
    { type: 'retry_in', ms: retryMs[0] },
  );
}

function refused(state: LineState, code: string, nowMs: number): LineStepped {
  const mayPass = state.name === 'connecting' && state.away && passing.includes(code);
  return mayPass ? retryOrGiveUp(state, nowMs) : over('refused');
}

function retryOrGiveUp(
  state: Extract<LineState, { name: 'connecting' }>,
  nowMs: number,
): LineStepped {
  const { back, away } = state;
  if (!back || !away) return over('unreachable');
  const ms = retryMs[away.attempts] ?? retryMs[retryMs.length - 1] ?? 0;
  if (nowMs + ms - away.sinceMs > back.withinMs) return over('lost');
  const attempts = away.attempts + 1;
  return go(
    { name: 'waiting', way: state.first, back, away: { ...away, attempts } },
    { type: 'close_way' },
    { type: 'retry_in', ms },
  );
}

function connect(to: {
  readonly way: Way;
  readonly first?: Way;
  readonly back: Ticket | null;
  readonly away: Away | null;
}): LineStepped {
  const { way, back } = to;
  return go({ name: 'connecting', first: way, ...to }, { type: 'open', way, back });
}

function over(reason: OverReason): LineStepped {
  return go({ name: 'over', reason }, { type: 'keep', ticket: null }, { type: 'release' });
}

function go(state: LineState, ...effects: readonly LineEffect[]): LineStepped {
  return { state, effects };
}

function stay(state: LineState): LineStepped {
  return { state, effects: [] };
}
