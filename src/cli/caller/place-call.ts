import { createRecording, type Recording } from '../../audio/index.ts';
import {
  errorCodes,
  SwitchboardError,
  systemClock,
  type Clock,
  type ErrorCode,
} from '../../lib/index.ts';
import type { CallEndReason, CallServerMessage, TrailEvent } from '../../protocol/index.ts';
import { connect, type CallConnection } from './connection.ts';
import { createHearing, type Hearing } from './hearing.ts';
import { openMicrophone, type Microphone } from './microphone.ts';
import { createTurnTaking, type TurnTaking } from './turn-taking.ts';

/** One thing the caller does. */
export type CallerTurn = (
  | { readonly type: 'speak'; readonly samples: Int16Array }
  | { readonly type: 'type'; readonly text: string }
  /** Keys of a telephone: `0` to `9`, `*`, `#`. */
  | { readonly type: 'press'; readonly keys: string }
) & {
  /** Begin this long into the agent's speech instead of waiting for its end: a barge-in. */
  readonly interruptAfterMs?: number | undefined;
};

/**
 * A caller who listens: told what the agents have said since the last turn, as far as it was heard,
 * and asked what to say. More than one turn: the others cut in while the agent answers the one before.
 * None hangs up.
 */
export type ListeningCaller = (heard: string) => Promise<readonly CallerTurn[]>;

/** A call to be placed. */
export interface PlaceCallOptions {
  /** The server, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** @default the server's default desk */
  readonly desk?: string | undefined;
  /**
   * What the caller says, each after the agent has finished: fixed, or chosen by what is heard.
   * Samples are 24 kHz mono.
   */
  readonly turns: readonly CallerTurn[] | ListeningCaller;
  /** Keep both sides. @default false */
  readonly record?: boolean;
  /** Told of every message from the server, in order. */
  readonly onMessage?: (message: CallServerMessage) => void;
  /** Told of the agent's audio as it comes, 24 kHz mono. */
  readonly onAudio?: (samples: Int16Array) => void;
  /** Hangs up when aborted. */
  readonly signal?: AbortSignal;
  /** Pause before a turn. @default 300 */
  readonly pauseMs?: number;
  /** How long to wait for an answer before going on without one. @default 10000 */
  readonly patienceMs?: number;
  /** How long to stay on the line after the last answer, for an agent who ends the call. @default 1500 */
  readonly lingerMs?: number;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** A call that was held. */
export interface PlacedCall {
  readonly callId: string;
  readonly reason: CallEndReason;
  readonly detail: string | undefined;
  /** True when the agent ended the call or we hung up after the last turn. */
  readonly isClean: boolean;
  readonly events: readonly TrailEvent[];
  /** Turns that had begun no answer when patience ran out. */
  readonly unanswered: number;
  /** Stereo WAV, caller left, agent right; when asked for. */
  readonly recording: Uint8Array | undefined;
}

/**
 * Places a call in real time and holds it to its end.
 *
 * The microphone sends silence between turns, as a real one does. Without a spoken turn no audio
 * is sent: the caller has no microphone.
 *
 * @throws SwitchboardError server_unreachable; the code of a refusal; call_failed when the
 *   connection is lost.
 */
export async function placeCall(options: PlaceCallOptions): Promise<PlacedCall> {
  const { clock = systemClock, signal } = options;
  signal?.throwIfAborted();
  const events: TrailEvent[] = [];
  const floor = createTurnTaking(clock);
  const hearing = createHearing(clock);
  const opened = Promise.withResolvers<Started>();
  const over = Promise.withResolvers<Ended>();
  let recording: Recording | undefined;

  const connection = await connect(options.url, {
    audio(samples) {
      recording?.agent(samples);
      options.onAudio?.(samples);
    },
    message(message) {
      floor.follow(message);
      hearing.follow(message);
      if (message.type === 'started') {
        if (options.record) recording = createRecording({ clock });
        opened.resolve(message);
      } else if (message.type === 'trail') events.push(message.event);
      else if (message.type === 'clear') recording?.cutAgent();
      else if (message.type === 'ended') over.resolve(message);
      else if (message.type === 'refused') over.reject(refusal(message));
      options.onMessage?.(message);
    },
  });
  void connection.closed.then(() => over.reject(lost()));
  over.promise.catch(() => undefined); // looked at below, in whichever race is on

  const { turns } = options;
  const speaks = typeof turns === 'function' || turns.some((turn) => turn.type === 'speak');
  connection.send({
    type: 'start',
    ...(options.desk === undefined ? {} : { desk: options.desk }),
  });
  let microphone: Microphone | undefined;
  const hangUp = (): void => connection.send({ type: 'hang_up' });
  signal?.addEventListener('abort', hangUp, { once: true });
  try {
    const started = await Promise.race([opened.promise, over.promise.then(neverStarted)]);
    if (signal?.aborted) hangUp(); // while the call was being set up
    if (speaks) {
      microphone = openMicrophone({
        clock,
        send(frame) {
          recording?.caller(frame);
          connection.sendAudio(frame);
        },
      });
    }
    let unanswered = 0;
    const talk = async (): Promise<void> => {
      unanswered = await takeTurns(options, { floor, hearing, connection, microphone });
      hangUp();
    };
    // A call that ends while turns are left over ends the talk as well: nobody waits for it.
    const ended = await Promise.race([over.promise, talk().then(() => over.promise)]);
    return {
      callId: started.callId,
      reason: ended.reason,
      detail: ended.detail,
      isClean: ['agent_ended', 'person_ended', 'caller_hung_up'].includes(ended.reason),
      events,
      unanswered,
      recording: recording?.toWav(),
    };
  } finally {
    signal?.removeEventListener('abort', hangUp);
    microphone?.[Symbol.dispose]();
    connection[Symbol.dispose]();
  }
}

type Started = Extract<CallServerMessage, { type: 'started' }>;
type Ended = Extract<CallServerMessage, { type: 'ended' }>;

/** @returns how many turns, the greeting counted as the answer to none, got no answer in time. */
async function takeTurns(
  options: PlaceCallOptions,
  call: {
    readonly floor: TurnTaking;
    readonly hearing: Hearing;
    readonly connection: CallConnection;
    readonly microphone: Microphone | undefined;
  },
): Promise<number> {
  const { pauseMs = 300, patienceMs = 10_000, lingerMs = 1_500 } = options;
  const { floor, hearing, connection, microphone } = call;
  const { turns } = options;
  let unanswered = 0;
  const answered = async (): Promise<void> => {
    if (!(await floor.answered({ quietMs: pauseMs, patienceMs }))) unanswered += 1;
  };
  async function* chosen(choose: ListeningCaller): AsyncIterable<CallerTurn> {
    for (;;) {
      await answered();
      const next = await choose(await hearing.sinceAsked());
      if (next.length === 0) return;
      yield* next;
    }
  }
  for await (const turn of typeof turns === 'function' ? chosen(turns) : turns) {
    if (turn.interruptAfterMs !== undefined) await floor.speakingFor(turn.interruptAfterMs);
    else if (typeof turns !== 'function') await answered();
    floor.callerBegins();
    if (turn.type === 'type') connection.send({ type: 'say', text: turn.text });
    else if (turn.type === 'press') connection.send({ type: 'press', keys: turn.keys });
    else {
      await microphone?.play(turn.samples);
      floor.callerEnds();
    }
  }
  if (!(await floor.answered({ quietMs: lingerMs, patienceMs }))) unanswered += 1;
  return unanswered;
}

function refusal(message: Extract<CallServerMessage, { type: 'refused' }>): SwitchboardError {
  const isKnown = (code: string): code is ErrorCode => code in errorCodes;
  return new SwitchboardError(
    isKnown(message.code) ? message.code : 'call_failed',
    `The call was not taken: ${message.message}`,
  );
}

function lost(): SwitchboardError {
  return new SwitchboardError('call_failed', 'The connection to the server was lost in mid-call.');
}

function neverStarted(): never {
  throw new SwitchboardError('call_failed', 'The server ended the call before it began.');
}
