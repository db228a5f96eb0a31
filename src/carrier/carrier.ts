import type { MediaDialect } from './media-dialect.ts';
import type { NextStep } from './next-step.ts';

/** A webhook as it came. */
export interface Webhook {
  /** Unchanged: signatures are of its bytes. */
  readonly body: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What a webhook says of its call. */
export interface CallNews {
  readonly carrierCallId: string;
  /** E.164; undefined when it is not told, or is told of something else than the caller. */
  readonly callerNumber?: string | undefined;
  /** The caller has hung up, or was never there. */
  readonly isOver: boolean;
  /** The carrier asks what to do; false when it only tells how the stream comes about. */
  readonly isAsking: boolean;
}

/** Body of an answer, and its media type. */
export interface CarrierAnswer {
  readonly type: string;
  readonly body: string;
}

/** Addresses of ours, for answers: `media` of the stream, `next` to be asked when it has ended. */
export interface CarrierUrls {
  readonly media: string;
  readonly next: string;
}

/**
 * A carrier that signs its webhooks and opens a media socket: all that a new one needs of its own.
 *
 * Its paths follow from the name of its dialect's channel: {@link carrierPaths}.
 */
export interface Carrier {
  /** How it writes its media socket; a new one for each socket. */
  dialect(): MediaDialect;
  /** Media type of its webhooks. */
  readonly webhookType: string;
  /** Whether a webhook is the account's, and of now. Never throws. */
  isSigned(webhook: Webhook): boolean;
  /** Null: it names no call. Never throws. */
  read(body: string): CallNews | null;
  /** What it is to do, in its own words. `announce` means to hang up here. */
  answer(step: NextStep, carrierCallId: string, urls: CarrierUrls): CarrierAnswer;
  /** Whether it still has the caller on the line. Rejects when nobody can say. */
  isThere(carrierCallId: string): Promise<boolean>;
  /** How many times the bytes of G.711 in base64 a second of its audio has on the socket. @default 1 */
  readonly timesG711?: number;
}

/** Paths that a carrier asks for. */
export interface CarrierPaths {
  readonly call: string;
  readonly next: string;
  readonly status: string;
  /** Whoever knows the door was told it in an answer to a signed request: upgrades are not signed. */
  readonly media: string;
}

/** @param name of the channel */
export function carrierPaths(name: string): CarrierPaths {
  return {
    call: `/${name}/call`,
    next: `/${name}/call/next`,
    status: `/${name}/status`,
    media: `/${name}/media/:door`,
  };
}
