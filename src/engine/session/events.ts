import type { AudioFormat } from '../../audio/index.ts';
import type { ClientEvent, ErrorBody, ServerEventBody } from '../../protocol/index.ts';
import type { RecognizerContext } from '../ears/port.ts';
import type { MindInput } from '../mind/port.ts';
import type { SpokenChunk } from '../mouth/port.ts';
import type { Playing } from './line-output.ts';
import type { CutSpeech, Sound, SoundPlace } from './output.ts';
import type { SessionState } from './state.ts';
import type { Eagerness } from './turn-end.ts';
import type { TurnResult } from './turn-queue.ts';

/** How the caller's turn is found by us. */
export type Listening = {
  readonly threshold: number;
  /** Audio kept from before speech was noticed. */
  readonly prefixMs: number;
} & (
  | { readonly by: 'silence'; readonly silenceMs: number }
  /** By their words, as far as these tell. */
  | { readonly by: 'words'; readonly eagerness: Eagerness }
);

/** What can happen to a session. Times count from the first audio received. */
export type SessionEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'received'; readonly event: ClientEvent }
  | { readonly type: 'refused'; readonly error: Omit<ErrorBody, 'type'> }
  /** `unheardMs`: how much of what was spoken to the caller they have not heard yet. */
  | { readonly type: 'voice_started'; readonly atMs: number; readonly unheardMs: number }
  /** `spokenMs`: from the first sound of the turn to its last. */
  | { readonly type: 'voice_stopped'; readonly atMs: number; readonly spokenMs: number }
  /** The words of the open turn so far. */
  | { readonly type: 'words_heard'; readonly text: string }
  /** The client ended the buffer by itself. */
  | {
      readonly type: 'audio_committed';
      readonly durationMs: number;
      readonly eventId: string | null;
    }
  | TurnResult
  | Playing
  /** What was being played was cut, and this is how much of it was heard. */
  | ({ readonly type: 'output_cut' } & CutSpeech)
  /** A waiting response was looked at; `quietMs` is how long no audio has come in. */
  | {
      readonly type: 'wait_checked';
      readonly responseId: string;
      readonly waitedMs: number;
      readonly quietMs: number;
    }
  /** `text`: all that is going to be said next, in the open message where there is one. */
  | { readonly type: 'say_started'; readonly responseId: string; readonly text: string }
  | { readonly type: 'speech_made'; readonly responseId: string; readonly chunk: SpokenChunk }
  | { readonly type: 'text_made'; readonly responseId: string; readonly text: string }
  /** The open message is over, if there is one. */
  | { readonly type: 'say_ended'; readonly responseId: string }
  | {
      readonly type: 'call_made';
      readonly responseId: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly type: 'response_ended'; readonly responseId: string }
  | {
      readonly type: 'response_failed';
      readonly responseId: string;
      readonly part: 'mind' | 'mouth';
      readonly message: string;
    };

/** What a session wants done; one interpreter does it. */
export type Effect =
  | { readonly type: 'send'; readonly event: ServerEventBody }
  | { readonly type: 'hear'; readonly audio: string; readonly eventId: string | null }
  /** What the caller is heard through, where the format tells. */
  | { readonly type: 'hear_through'; readonly line: HeardLine }
  /** Null: the client ends turns by itself. */
  | { readonly type: 'listen'; readonly listening: Listening | null }
  | { readonly type: 'adapt_ears'; readonly context: RecognizerContext }
  | {
      readonly type: 'begin_utterance';
      readonly fromMs: number;
      /** What the caller was asked last; empty for nothing. */
      readonly asked: string;
      /** The agent was to be heard when the turn began. */
      readonly overAgent: boolean;
    }
  | { readonly type: 'finish_utterance'; readonly itemId: string }
  | { readonly type: 'commit_audio'; readonly eventId: string | null }
  | { readonly type: 'clear_audio' }
  | { readonly type: 'check_wait'; readonly responseId: string }
  | {
      readonly type: 'respond';
      readonly responseId: string;
      readonly input: MindInput;
      readonly speech: Speech | null;
    }
  /** Speaks a fixed sentence in place of the mind. */
  | {
      readonly type: 'apologise';
      readonly responseId: string;
      readonly text: string;
      readonly speech: Speech | null;
    }
  | { readonly type: 'stop_responding'; readonly responseId: string }
  | ({ readonly type: 'say' } & Sound)
  | {
      readonly type: 'end_sound';
      readonly at: SoundPlace;
      readonly format: AudioFormat;
      /** False: the item was broken off. */
      readonly isWhole: boolean;
    }
  | { readonly type: 'end_response'; readonly responseId: string }
  /** No more is played of what was said so far. */
  | { readonly type: 'silence_agent' };

/** `telephone`: nothing above 4 kHz reaches us. `any`: the ears judge by what they hear. */
export type HeardLine = 'telephone' | 'any';

/** How to speak; null where text was asked for. */
export interface Speech {
  readonly voice: string;
  readonly speed: number;
}

/** One transition. */
export interface Step {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

/** What a transition may draw on from outside. */
export interface StepContext {
  readonly newId: (prefix: string) => string;
}

/** Effects that send events, in order. */
export const send = (...events: readonly ServerEventBody[]): readonly Effect[] =>
  events.map((event) => ({ type: 'send', event }));

/** Continues a transition with another. */
export function andThen(first: Step, next: (state: SessionState) => Step): Step {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** Answers a client event with an error that names it; nothing else changes. */
export function refuse(
  state: SessionState,
  error: {
    readonly code: string;
    readonly message: string;
    readonly param?: string;
    readonly eventId: string | null;
  },
): Step {
  const { code, message, param = null, eventId } = error;
  return {
    state,
    effects: send({
      type: 'error',
      error: { type: 'invalid_request_error', code, message, param, event_id: eventId },
    }),
  };
}
