import type { Customer } from '../desk/index.ts';

/** What operators are told when a caller is offered to them. */
export interface PersonOffer {
  readonly callId: string;
  readonly desk: string;
  readonly queue: string;
  readonly skills: readonly string[];
  /** Numbers of the queue's people: the only ones that may be dialled for the caller. */
  readonly phones: readonly string[];
  /** Checked against the edge's schema; its values come from the conversation. */
  readonly packet: Readonly<Record<string, unknown>>;
  /** A few lines: who is calling, what they want, what was done. */
  readonly briefing: string;
  readonly customer: Customer | null;
}

/** An operator who took the caller: both hear each other until one leaves. */
export interface PersonLine {
  /** Who, for people. */
  readonly operator: string;
  /** PCM 16 bit mono at 24 kHz from the caller. */
  hearCaller(samples: Int16Array): void;
  /**
   * Resolves when the operator leaves; `handBack` says whether the agent has the caller again. `elsewhere`:
   * both go on without us, and the call is over here.
   */
  readonly left: Promise<{ readonly handBack: boolean; readonly elsewhere?: boolean }>;
  /** The caller is gone, or the call has ended. Idempotent. */
  hangUp(): void;
}

/** How an offer ended. */
export type PersonAnswer =
  | { readonly accepted: true; readonly line: PersonLine }
  /** `declined`: everybody asked said no. `nobody`: nobody with the skills is there. */
  | { readonly accepted: false; readonly code: 'declined' | 'nobody' };

/** Where people are asked to take a caller. Channels and the console provide it. */
export interface Operators {
  /**
   * Offers the caller to everyone with the skills. Gives up when the signal aborts.
   * @param play what the operator says: PCM 16 bit mono at 24 kHz
   * @param heard resolves once the caller has heard what was said to them so far
   */
  offer(
    offer: PersonOffer,
    options: {
      readonly signal: AbortSignal;
      readonly play: (samples: Int16Array) => void;
      readonly heard: () => Promise<void>;
    },
  ): Promise<PersonAnswer>;
}
