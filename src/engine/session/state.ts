import type { AudioFormat } from '../../audio/index.ts';
import type { ServerItem, SessionView, ToolChoice } from '../../protocol/index.ts';
import type { ToolSpec } from '../mind/port.ts';

/** A word with its place in an item's audio. */
export interface PlacedWord {
  /** With the space that follows it. */
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** One entry of the conversation. */
export type Item =
  | {
      readonly type: 'text';
      readonly id: string;
      readonly role: 'system' | 'user' | 'assistant';
      readonly status: ItemStatus;
      readonly parts: readonly string[];
    }
  /** What the caller said. `transcript` is null until it is known. */
  | {
      readonly type: 'heard';
      readonly id: string;
      readonly transcript: string | null;
      readonly confidence: number | null;
      readonly audioMs: number;
      /** From its first sound to its last; null when that is not known. */
      readonly spokenMs: number | null;
      /** A sound that nobody has to answer: it is kept from the mind. */
      readonly isNoise: boolean;
    }
  /** What the engine said. Truncation drops the words that were not heard. */
  | {
      readonly type: 'spoken';
      readonly id: string;
      readonly status: ItemStatus;
      readonly words: readonly PlacedWord[];
      readonly audioMs: number;
      /** What else was to be said: not made yet, or never heard. */
      readonly unsaid: string;
    }
  | {
      readonly type: 'call';
      readonly id: string;
      readonly status: ItemStatus;
      readonly name: string;
      readonly callId: string;
      readonly arguments: string;
    }
  | {
      readonly type: 'output';
      readonly id: string;
      readonly callId: string;
      readonly output: string;
    };
export type ItemStatus = 'completed' | 'incomplete' | 'in_progress';

/** What holds for one response: the session's settings with the response's own on top. */
export interface ResponseHead {
  readonly id: string;
  readonly instructions: string;
  readonly tools: readonly ToolSpec[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls: boolean;
  readonly modality: 'audio' | 'text';
  readonly voice: string;
  readonly speed: number;
  /** Of its sound, where the client gets it in events. */
  readonly format: AudioFormat;
  readonly maxOutputTokens: number | 'inf';
  readonly metadata: Readonly<Record<string, string>> | null;
  /** False: what is said stays out of the conversation. */
  readonly joinsConversation: boolean;
  /** What it answers, in place of the conversation; null: the conversation. */
  readonly input: readonly Item[] | null;
}

/** What went wrong in a response. */
export interface ResponseFailure {
  readonly code: 'mind_failed' | 'speech_failed';
  readonly message: string;
}

/** The one response a conversation may have at a time. */
export type ResponseState =
  | { readonly phase: 'idle' }
  /** Announced, but the caller is still speaking or is still being transcribed. */
  | {
      readonly phase: 'waiting';
      readonly head: ResponseHead;
      /** The turn it was announced for, if the client did not ask for it. */
      readonly forItemId: string | null;
    }
  | {
      readonly phase: 'running';
      readonly head: ResponseHead;
      /** Items finished so far, as they were sent. */
      readonly output: readonly ServerItem[];
      /** The message being spoken, if any. */
      readonly openItemId: string | null;
      /** What was made outside the conversation, which is kept nowhere else. */
      readonly detached: readonly Item[];
      readonly inputTokens: { readonly text: number; readonly audio: number };
      /** Set once the mind has failed and the apology is being spoken. */
      readonly failure: ResponseFailure | null;
    };

/** Whether the caller has the floor, as the voice detector sees it. */
export type TurnState =
  | { readonly phase: 'silent' }
  | {
      readonly phase: 'speaking';
      readonly itemId: string;
      readonly about: TurnAbout;
      /** The words so far, and those that the client was told. */
      readonly words: readonly string[];
      readonly told: readonly string[];
    };

/** What a caller's turn came upon. */
export interface TurnAbout {
  /** What the caller was asked last, as far as they heard it; empty for nothing. */
  readonly asked: string;
  /** The agent was to be heard when the turn began. */
  readonly overAgent: boolean;
  /** From its first sound to its last; null when the client ended it, or it goes on. */
  readonly spokenMs: number | null;
}

/** A turn on its way through the recogniser. */
export interface Transcribing {
  readonly itemId: string;
  readonly about: TurnAbout;
  /** What the client was told of its words. */
  readonly told: string;
}

export type Player = 'client' | 'engine';

/** Everything that decides what a session does next. Immutable. */
export interface SessionState {
  readonly conversationId: string;
  /** Who plays what is said, and so knows what was heard: the client, or the engine over a line of its own. */
  readonly player: Player;
  readonly session: SessionView;
  /** Oldest first. */
  readonly items: readonly Item[];
  readonly turn: TurnState;
  /** Turns whose words are not known yet. */
  readonly transcribing: readonly Transcribing[];
  readonly response: ResponseState;
  /** The caller finished a turn while a response that may not be interrupted was running. */
  readonly owesResponse: boolean;
  /** Audio has been sent: from now on the voice is fixed. */
  readonly hasSpoken: boolean;
}
