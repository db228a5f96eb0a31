import type { RequestListener } from 'node:http';

/** How a scripted engine misbehaves. */
export interface ScriptedEngineOptions {
  /** Answers upgrades with this status. */
  readonly refuseStatus?: number;
  /** Says nothing to a `session.update` for which this is true. */
  readonly ignoreUpdate?: (instructions: string) => boolean;
  /** Rejects a `session.update` for which this is true. */
  readonly rejectUpdate?: (instructions: string) => boolean;
  /** What `conversation.item.retrieved` tells of a truncated item. @default nothing, as OpenAI does */
  readonly truncatedTranscript?: string;
  /** False: audio goes elsewhere, as for who listens at the side of a call. @default true */
  readonly sendsAudio?: boolean;
  /** Answers requests that are no upgrades. */
  readonly requests?: RequestListener;
}
