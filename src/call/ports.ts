import type { CallSummary, TrailEvent } from '../protocol/index.ts';

/** Where trails are kept. Appends of one call arrive one after another, in order. */
export interface TrailStore {
  /** Resolves when the events are durable: they survive a power cut. @throws SwitchboardError store_unavailable */
  append(events: readonly TrailEvent[]): Promise<void>;
  /** A call's events in order; empty when there is no such call. */
  read(callId: string, options?: { readonly afterSeq?: number }): Promise<readonly TrailEvent[]>;
  /** Newest first. */
  listCalls(options: { readonly limit: number }): Promise<readonly CallSummary[]>;
}

/** A server of the OpenAI Realtime protocol. */
export interface EngineEndpoint {
  readonly kind: 'embedded' | 'openai' | 'compatible';
  /** WebSocket address without the model, e.g. `wss://api.openai.com/v1/realtime`. */
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
}

/**
 * The caller's side of one call, as a channel provides it.
 *
 * The leg owns pacing: it is the only part that knows what the caller has really heard.
 * All audio is PCM 16 bit mono at 24 kHz; channels convert at their own edge.
 */
export interface CallerLeg {
  /** `browser`, `file`, `twilio`, … */
  readonly channel: string;
  /** Queues audio of one conversation item behind what is queued already. */
  play(audio: { readonly itemId: string; readonly samples: Int16Array }): void;
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
