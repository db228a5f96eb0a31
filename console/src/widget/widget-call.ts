import type { CallServerMessage } from '../../../src/protocol/api.ts';
import { idleCall, reduceCall, type CallAction, type CallState } from '../call/call-state.ts';
import { readKeptCall, type KeptCall } from '../line/kept-call.ts';
import { openLine, type Line } from '../line/line.ts';
import type { WidgetDesk } from './ask-for-desk.ts';

/** The call of a widget. */
export interface WidgetCall {
  readonly line: Line | null;
  call(): void;
  mute(isMuted: boolean): void;
}

/** @param options.changed told of every new state */
export function createWidgetCall(options: {
  readonly server: string;
  readonly desk: WidgetDesk;
  readonly changed: (state: CallState) => void;
}): WidgetCall {
  const { server, desk } = options;
  let state = idleCall;
  let line: Line | null = null;

  function dispatch(action: CallAction): void {
    state = reduceCall(state, action);
    options.changed(state);
  }

  function open(kept: KeptCall | null): void {
    line?.close();
    dispatch({ type: 'called' });
    line = openLine({
      server,
      desk: desk.name,
      isDirect: desk.isDirect,
      kept,
      worklets: {
        capture: new URL('/widget/capture.js', server).href,
        playback: new URL('/widget/playback.js', server).href,
      },
      parse,
      events: {
        state: (to) => dispatch({ type: 'line', line: to }),
        received: (message) => dispatch({ type: 'received', message }),
        sound: (news) => dispatch({ type: 'sound', news }),
      },
    });
  }

  /** The visitor went on to another page of the site, or came back to this one. */
  function goOn(): void {
    const kept = readKeptCall();
    if (kept) open(kept);
  }

  goOn();
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) goOn();
  });
  return {
    get line() {
      return line;
    },
    call: () => open(null),
    mute(isMuted) {
      line?.mute(isMuted);
      dispatch({ type: 'muted', isMuted });
    },
  };
}

const known: ReadonlySet<unknown> = new Set<CallServerMessage['type']>([
  'started',
  'resumed',
  'moved',
  'trail',
  'caption',
  'status',
  'clear',
  'ended',
  'refused',
]);

/** The page checks every field; here that would weigh more than all the rest. */
function parse(text: string): CallServerMessage | null {
  const message: unknown = JSON.parse(text);
  const isKnown =
    typeof message === 'object' && message !== null && 'type' in message && known.has(message.type);
  // The server made it from this very type, and it is the one that the site's owner has named.
  return isKnown ? (message as CallServerMessage) : null;
}
