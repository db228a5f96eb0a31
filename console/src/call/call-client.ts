import {
  callServerMessage,
  type CallClientMessage,
  type CallServerMessage,
} from '../../../src/protocol/api.ts';
import { openMicrophone } from '../audio/microphone.ts';
import { openSpeaker } from '../audio/speaker.ts';
import type { CallAction } from './call-state.ts';

/** A call in progress, as the page drives it. */
export interface CallClient {
  say(text: string): void;
  hangUp(): void;
  /** Lets go of microphone, loudspeaker and socket. Idempotent. */
  close(): void;
}

/** How loud each side is right now, 0 to 1. */
export interface Levels {
  caller: number;
  agent: number;
}

/**
 * Places a call: loudspeaker, microphone and call socket.
 *
 * @param options.levels is written to continuously; read it from an animation frame.
 * @param options.dispatch gets everything that changes what the page shows.
 */
export async function placeCall(options: {
  readonly desk: string | undefined;
  readonly levels: Levels;
  readonly dispatch: (action: CallAction) => void;
  readonly signal: AbortSignal;
}): Promise<CallClient> {
  const { dispatch, levels } = options;
  dispatch({ type: 'called' });
  const speaker = await openSpeaker((level) => (levels.agent = level));
  const closing = new AbortController();
  const call: { socket?: WebSocket } = {}; // there once the microphone is, or is known to be missing
  const microphone = await openMicrophone((frame, level) => {
    levels.caller = level;
    if (call.socket?.readyState === WebSocket.OPEN) call.socket.send(frame);
  });
  if (!microphone.ok) dispatch({ type: 'microphone_refused', message: microphone.message });

  const close = (): void => {
    closing.abort();
    speaker.close();
    if (microphone.ok) microphone.close();
    levels.agent = levels.caller = 0;
    call.socket?.close();
  };
  options.signal.addEventListener('abort', close, { once: true, signal: closing.signal });
  if (options.signal.aborted) close();

  const send = (message: CallClientMessage): void => {
    if (call.socket?.readyState === WebSocket.OPEN) call.socket.send(JSON.stringify(message));
  };
  const receive = (message: CallServerMessage): void => {
    if (message.type === 'clear') speaker.clear();
    dispatch({ type: 'received', message });
    if (message.type === 'ended' || message.type === 'refused') close();
  };

  const socket = (call.socket = new WebSocket(callSocketUrl()));
  socket.binaryType = 'arraybuffer';
  const { signal } = closing;
  socket.addEventListener(
    'open',
    () =>
      send({
        type: 'start',
        ...(options.desk === undefined ? {} : { desk: options.desk }),
      }),
    { signal },
  );
  socket.addEventListener(
    'message',
    ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string') return speaker.play(data);
      const parsed = callServerMessage.safeParse(JSON.parse(data));
      if (parsed.success) receive(parsed.data); // a newer server may say things this page does not know
    },
    { signal },
  );
  socket.addEventListener(
    'close',
    () => {
      dispatch({ type: 'connection_lost' });
      close();
    },
    { signal },
  );
  return {
    say: (text) => send({ type: 'say', text }),
    hangUp: () => send({ type: 'hang_up' }),
    close,
  };
}

function callSocketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/call`;
}
