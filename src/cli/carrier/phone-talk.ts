import {
  AudioPiece,
  createRecording,
  openAudioConverter,
  overTelephone,
  pcmToBytes,
  playoutRateHz,
  throughTelephone,
  type AudioFormat,
  type Recording,
} from '../../audio/index.ts';
import type { Clock } from '../../lib/index.ts';
import { createTurnTaking, type TurnTaking } from '../caller/turn-taking.ts';
import type { MediaLine, MediaLineListener } from './media-line.ts';

/** One thing a caller does on the telephone. */
export type PhoneTurn = (
  | { readonly type: 'speak'; readonly samples: Int16Array }
  | { readonly type: 'press'; readonly keys: string }
  /** The stream breaks off, and the carrier asks what to do next. */
  | { readonly type: 'lose' }
) & {
  /** Begin this long into the agent's speech instead of waiting for its end: a barge-in. */
  readonly interruptAfterMs?: number | undefined;
};

/** Chooses what to do once the agent has been quiet for a moment; nothing: the caller hangs up. */
export type PhoneTurnChoice = () => Promise<PhoneTurn | null>;

/** How a caller talks on the telephone. */
export interface PhoneTalkOptions {
  /** Each after the agent has been quiet for a moment, or chosen then. Samples are 24 kHz mono. */
  readonly turns: readonly PhoneTurn[] | PhoneTurnChoice;
  /** Keep both sides. @default false */
  readonly record?: boolean;
  /** Silence after which the agent has finished: longer than its rests. @default 900 */
  readonly pauseMs?: number;
  /** How long to wait for an answer before going on without one. @default 10000 */
  readonly patienceMs?: number;
  /** How long to stay on the line after the last answer. @default 2500 */
  readonly lingerMs?: number;
  readonly clock: Clock;
  /** How the line's audio is coded. */
  readonly format: AudioFormat;
}

/** What the caller does, from one stream to the next. */
export interface PhoneTalk {
  /** What the line tells it. */
  readonly listener: MediaLineListener;
  /** Goes on with the turns. Resolves when all were taken, or the line is gone before that. */
  on(line: MediaLine): Promise<'done' | 'gone'>;
  recording(): Uint8Array | undefined;
}

/** @returns a caller who has not said anything yet. */
export async function createPhoneTalk(options: PhoneTalkOptions): Promise<PhoneTalk> {
  const { clock, format } = options;
  const { pauseMs = 900, patienceMs = 10_000, lingerMs = 2_500 } = options;
  const choose = typeof options.turns === 'function' ? options.turns : null;
  const given = typeof options.turns === 'function' ? [] : options.turns;
  const turns = await Promise.all(given.map((turn) => encoded(turn, format)));
  const floor: TurnTaking = createTurnTaking(clock);
  const recorded = options.record ? await openTape(clock, format) : null;

  const follow = (isSpeaking: boolean): void =>
    floor.follow({
      ...{ type: 'status', caller: 'silent', activeAgent: '' },
      agent: isSpeaking ? 'speaking' : 'listening',
    });
  return {
    listener: {
      heard: (frame) => recorded?.agent(frame),
      said: (frame) => recorded?.caller(frame),
      speaking: follow,
    },
    recording: () => recorded?.toWav(),
    async on(line) {
      let isOver = false;
      const isGone = (): boolean => isOver;
      const over = line.ended.then(() => {
        isOver = true;
      });
      const unlessOver = (waiting: Promise<unknown>) => Promise.race([waiting, over]);
      const agentHasEnded = () => floor.answered({ quietMs: pauseMs, patienceMs });
      while (!isGone()) {
        let isMyTurn = false;
        if (turns.length === 0 && choose) {
          await unlessOver(agentHasEnded());
          const chosen = isGone() ? null : await choose();
          if (chosen) turns.push(await encoded(chosen, format));
          isMyTurn = true;
        }
        const [turn] = turns;
        if (!turn) break;
        const { interruptAfterMs } = turn;
        if (interruptAfterMs !== undefined) await unlessOver(floor.speakingFor(interruptAfterMs));
        else if (!isMyTurn) await unlessOver(agentHasEnded());
        if (isGone()) return 'gone';
        turns.shift();
        floor.callerBegins();
        if (turn.type === 'lose') {
          line.cut();
          return 'gone';
        }
        if (turn.type === 'press') for (const key of turn.keys) line.press(key);
        else {
          await unlessOver(line.say(turn.speech));
          floor.callerEnds();
        }
      }
      await unlessOver(floor.answered({ quietMs: lingerMs, patienceMs }));
      return isGone() ? 'gone' : 'done';
    },
  };
}

type EncodedTurn = { readonly interruptAfterMs?: number | undefined } & (
  | { readonly type: 'speak'; readonly speech: Uint8Array }
  | { readonly type: 'press'; readonly keys: string }
  | { readonly type: 'lose' }
);

async function encoded(turn: PhoneTurn, format: AudioFormat): Promise<EncodedTurn> {
  const { interruptAfterMs } = turn;
  if (turn.type !== 'speak') return turn;
  const line = { rateHz: playoutRateHz };
  // Linear for the carriers that decode a telephone's audio themselves.
  const speech =
    format === 'audio/pcmu'
      ? await overTelephone(turn.samples, line)
      : pcmToBytes(await throughTelephone(turn.samples, line));
  return { type: 'speak', speech, interruptAfterMs };
}

async function openTape(clock: Clock, format: AudioFormat) {
  const sides = [await openAudioConverter(format), await openAudioConverter(format)];
  const tape: Recording = createRecording({ clock });
  const samples = (side: 0 | 1, frame: Uint8Array): Int16Array =>
    sides[side]?.toSamples(AudioPiece.ofBytes(format, frame)) ?? new Int16Array(0);
  return {
    caller: (frame: Uint8Array) => tape.caller(samples(0, frame)),
    agent: (frame: Uint8Array) => tape.agent(samples(1, frame)),
    toWav: () => {
      for (const side of sides) side[Symbol.dispose]();
      return tape.toWav();
    },
  };
}
