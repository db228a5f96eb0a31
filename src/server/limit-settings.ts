import type { z } from 'zod';
import type { MediaSocketLimits, PhoneCallLimits } from '../carrier/index.ts';
import type { PageLimits } from '../channels/browser/index.ts';
import type { DirectLimits } from '../channels/direct/index.ts';
import type { PeerLimits } from '../webrtc/index.ts';
import { wholeNumber } from './setting-values.ts';

/** Bounds of what callers, pages and carriers may take up, by who holds to them. */
export interface LimitSettings {
  readonly webrtc: PeerLimits;
  readonly page: PageLimits;
  readonly direct: DirectLimits;
  readonly carrier: Pick<
    PhoneCallLimits & MediaSocketLimits,
    'tokenMs' | 'known' | 'startWithinMs' | 'silentForMs' | 'malformedFrames' | 'bufferedBytes'
  >;
}

/** Variables of {@link LimitSettings}, for the environment's schema. */
export const limitEnvironment = {
  /** Connections over WebRTC at once. */
  SWITCHBOARD_WEBRTC_MAX_PEERS: wholeNumber(1, 10_000).default(1_000),
  /** Those of them that have not come up yet. */
  SWITCHBOARD_WEBRTC_MAX_PENDING: wholeNumber(1, 1_000).default(32),
  /** How long one may take to come up, in milliseconds. */
  SWITCHBOARD_WEBRTC_OPEN_WITHIN_MS: wholeNumber(100, 120_000).default(20_000),
  /** How long a page may take until its audio goes straight to the engine, in milliseconds. */
  SWITCHBOARD_DIRECT_OPEN_WITHIN_MS: wholeNumber(100, 120_000).default(30_000),
  /** How long a page may take until its first frame, in milliseconds. */
  SWITCHBOARD_PAGE_START_WITHIN_MS: wholeNumber(100, 120_000).default(10_000),
  /** A page that answers nothing for so long is gone, in milliseconds. */
  SWITCHBOARD_PAGE_SILENT_FOR_MS: wholeNumber(1_000, 600_000).default(20_000),
  /** How long a carrier may take to say which call a media stream is of, in milliseconds. */
  SWITCHBOARD_CARRIER_START_WITHIN_MS: wholeNumber(100, 120_000).default(5_000),
  /** A carrier that sends nothing for so long is gone, in milliseconds. */
  SWITCHBOARD_CARRIER_SILENT_FOR_MS: wholeNumber(1_000, 600_000).default(5_000),
  /** How long a carrier may take to open the stream that it was told to, in milliseconds. */
  SWITCHBOARD_CARRIER_TOKEN_MS: wholeNumber(1_000, 600_000).default(30_000),
  /** Calls known of one carrier: announced, held, or over within the last minute. */
  SWITCHBOARD_CARRIER_MAX_CALLS: wholeNumber(1, 100_000).default(2_000),
  /** Frames that make no sense before a connection is closed. */
  SWITCHBOARD_MAX_MALFORMED_FRAMES: wholeNumber(1, 10_000).default(20),
  /** Bytes that may wait for a page or carrier that does not read. */
  SWITCHBOARD_MAX_BUFFERED_BYTES: wholeNumber(65_536, 67_108_864).default(524_288),
} as const;

/** The bounds, as they were set. */
export function limitSettings(
  values: z.infer<z.ZodObject<typeof limitEnvironment>>,
): LimitSettings {
  const malformedFrames = values.SWITCHBOARD_MAX_MALFORMED_FRAMES;
  const bufferedBytes = values.SWITCHBOARD_MAX_BUFFERED_BYTES;
  return Object.freeze<LimitSettings>({
    webrtc: {
      peers: values.SWITCHBOARD_WEBRTC_MAX_PEERS,
      openWithinMs: values.SWITCHBOARD_WEBRTC_OPEN_WITHIN_MS,
    },
    page: {
      startWithinMs: values.SWITCHBOARD_PAGE_START_WITHIN_MS,
      silentForMs: values.SWITCHBOARD_PAGE_SILENT_FOR_MS,
      pendingPeers: values.SWITCHBOARD_WEBRTC_MAX_PENDING,
      ...{ malformedFrames, bufferedBytes },
    },
    direct: {
      connectWithinMs: values.SWITCHBOARD_DIRECT_OPEN_WITHIN_MS,
      silentForMs: values.SWITCHBOARD_PAGE_SILENT_FOR_MS,
      ...{ malformedFrames, bufferedBytes },
    },
    carrier: {
      startWithinMs: values.SWITCHBOARD_CARRIER_START_WITHIN_MS,
      silentForMs: values.SWITCHBOARD_CARRIER_SILENT_FOR_MS,
      tokenMs: values.SWITCHBOARD_CARRIER_TOKEN_MS,
      known: values.SWITCHBOARD_CARRIER_MAX_CALLS,
      ...{ malformedFrames, bufferedBytes },
    },
  });
}
