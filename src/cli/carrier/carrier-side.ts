import type { AudioFormat } from '../../audio/index.ts';
import type { MediaWire } from './media-wire.ts';
import type { News, StreamVerb, Verb } from './verb.ts';

/** One carrier as it is played for one call: what it asks, how it signs, what it obeys. */
export interface CarrierSide {
  /** The channel of ours that it calls through. */
  readonly channel: 'twilio' | 'telnyx' | 'vonage';
  /** How its audio is coded. */
  readonly format: AudioFormat;
  readonly callId: string;
  /** Where it says that somebody calls, and that a call is over. */
  readonly paths: { readonly call: string; readonly status: string };
  /** How it says so. */
  readonly news: { readonly rings: News; readonly over: News };
  /**
   * Writes and signs a webhook.
   *
   * @param address as the server knows it
   */
  webhook(
    address: string,
    news: News,
  ): { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  /** @throws SwitchboardError call_failed when an answer is not in its words */
  readAnswer(text: string): readonly Verb[];
  /** @returns its end of the media socket that it was told to open */
  openWire(stream: StreamVerb): MediaWire;
}
