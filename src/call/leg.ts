import type { AudioFormat, AudioPiece } from '../audio/index.ts';
import type { TrailEvent } from '../protocol/index.ts';

/** What can be done with a caller's audio on our side; the console says why an action is missing. */
export interface LegAbilities {
  /** Listened in to and recorded: both sides of the audio pass through here. */
  readonly tap: boolean;
  /** Spoken into by somebody else than the engine: a person, a hold line. */
  readonly inject: boolean;
  /** Gone on with after the way to the caller broke off. */
  readonly resume: boolean;
}

/**
 * The caller's side of one call, as a channel provides it.
 *
 * The leg owns pacing: it is the only part that knows what the caller has really heard.
 * Audio is in the leg's own format both ways, and the engine's session is opened with it.
 */
export interface CallerLeg {
  /** `browser`, `file`, `twilio`, … */
  readonly channel: string;
  /** How its audio is coded, both ways. */
  readonly format: AudioFormat;
  /** What our side can do with a call that comes this way. */
  readonly can: LegAbilities;
  /**
   * Queues audio of one conversation item behind what is queued already.
   * @param audio.isLive somebody speaks it right now: of no use to a caller who is away and comes back
   */
  play(audio: {
    readonly itemId: string;
    readonly audio: AudioPiece;
    readonly isLive?: boolean;
  }): void;
  /** Silences the caller's ear at once and drops the queue. */
  clear(): void;
  /** How much of an item's audio the caller has heard, in milliseconds. 0 for an unknown item. */
  heardMs(itemId: string): number;
  /** True while audio is queued or being heard. */
  isPlaying(): boolean;
  /** Resolves when everything queued so far has been heard (or was cleared). */
  drained(): Promise<void>;
  /** Tells the far end what it may show. Trail events come here only once they are durable. */
  notify(notice: CallNotice): void;
}

/** What a leg may show its caller beside the sound. */
export type CallNotice =
  | { readonly type: 'trail'; readonly event: TrailEvent }
  | {
      readonly type: 'caption';
      readonly itemId: string;
      readonly speaker: 'caller' | 'agent';
      readonly agent: string;
      readonly text: string;
    }
  | {
      readonly type: 'status';
      readonly agent: 'listening' | 'thinking' | 'speaking';
      readonly caller: 'silent' | 'speaking';
      readonly activeAgent: string;
    };
